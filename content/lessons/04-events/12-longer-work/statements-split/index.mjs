import { writeStatement } from './printer.mjs';

export const handler = async (event) => {
  const { from, to } = JSON.parse(event.Records[0].body);
  console.log(`statements ${from} to ${to}`);
  for (let customer = from; customer <= to; customer += 1) {
    await writeStatement(customer);
  }
  console.log(`written up to ${to}`);
};
