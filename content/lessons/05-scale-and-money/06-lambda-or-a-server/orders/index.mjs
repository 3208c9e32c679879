import { setTimeout as wait } from 'node:timers/promises';

export const handler = async ({ order }) => {
  await wait(198); // tables and a payment service answer
  return { order, accepted: true };
};
