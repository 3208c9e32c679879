import { openMailbox } from './mail.mjs';

export const handler = async ({ order, to }) => {
  const mailbox = await openMailbox();
  try {
    await mailbox.send({ to, text: `Your order ${order} is on its way.` });
  } catch {
    console.log('something went wrong');
  }
};
