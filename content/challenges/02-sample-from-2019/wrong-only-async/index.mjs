import { save } from './subscribers.mjs';

export const handler = async (event) => {
  const { email } = JSON.parse(event.body);
  const number = await save(email);
  console.log('subscribed', number);
  return { statusCode: 200, body: JSON.stringify({ number }) };
};
