import { setTimeout as sleep } from 'node:timers/promises';

await sleep(300);
console.log('connected');
let served = 0;

export const handler = async ({ order, cents }) => {
  served += 1;
  await sleep(80);
  if (cents === undefined) throw new Error(`order ${order} has no amount`);
  return { order, charged: cents, served };
};
