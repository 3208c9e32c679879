import { save } from './subscribers.mjs';

export function handler({ body }) {
  let email;
  try {
    ({ email } = JSON.parse(body) ?? {});
  } catch {
    console.log('no JSON');
  }
  if (typeof email !== 'string') return Promise.resolve({ statusCode: 400, body: '' });
  return save(email).then((number) => {
    console.log(`subscribed ${number}`);
    return { statusCode: 200, body: `{"number":${number}}` };
  });
}
