import { sendMail } from './mail.mjs';

console.log('init');

export const handler = async (event) => {
  sendMail(event.order);
  return { order: event.order, confirmed: true };
};
