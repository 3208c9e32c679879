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
  const email = addressIn(event.body);
  if (!email) return answer(400, { message: 'Send JSON with an email.' });
  try {
    const number = await save(email);
    console.log('subscribed', number);
    return answer(200, { number });
  } catch (error) {
    return answer(500, { message: error.message });
  }
};
