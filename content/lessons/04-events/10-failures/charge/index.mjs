import { pay } from './payments.mjs';

export const handler = async ({ order, amount }) => {
  console.log(`charging ${amount} for order ${order}`);
  const receipt = await pay(order, amount);
  console.log(`order ${order} is paid`);
  return { order, receipt };
};
