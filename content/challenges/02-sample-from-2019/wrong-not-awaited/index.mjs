import { save } from './subscribers.mjs';

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

export const handler = async (event) => {
  let email;
  try {
    email = JSON.parse(event.body ?? '{}')?.email;
  } catch {
    email = undefined;
  }
  if (!email) return answer(400, {});
  save(email).then((number) => {
    console.log('subscribed', number);
    return answer(200, { number });
  });
};
