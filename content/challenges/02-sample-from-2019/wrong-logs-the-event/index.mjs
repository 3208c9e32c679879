import { save } from './subscribers.mjs';

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

function addressIn(text) {
  try {
    return JSON.parse(text ?? '{}')?.email;
  } catch {
    return undefined;
  }
}

export const handler = async (event) => {
  console.log('event', JSON.stringify(event));
  const email = addressIn(event.body);
  if (!email) return answer(400, { message: 'Send JSON with an email.' });
  const number = await save(email);
  console.log('subscribed', number);
  return answer(200, { number });
};
