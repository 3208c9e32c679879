import { openMailbox } from './mail.mjs';

const mailbox = await openMailbox();

export const handler = async ({ order, to }) => {
  try {
    await mailbox.send({ to, text: `Your order ${order} is on its way.` });
    console.info('confirmation sent', { order });
  } catch (error) {
    console.error('confirmation failed', { order, reason: error.message });
    throw error;
  }
};
