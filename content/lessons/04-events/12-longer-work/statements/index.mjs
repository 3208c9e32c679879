import { writeStatement } from './printer.mjs';

export const handler = async ({ from, to }) => {
  console.log(`statements ${from} to ${to}`);
  for (let customer = from; customer <= to; customer += 1) {
    await writeStatement(customer);
    if (customer % 100 === 0) console.log(`${customer} written`);
  }
  console.log('all written');
  return { written: to - from + 1 };
};
