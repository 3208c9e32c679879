import { ask } from './suppliers.mjs';

const answers = [];

export const handler = async ({ suppliers }) => {
  const stock = {};
  for (const supplier of suppliers) {
    console.log(`asking ${supplier}`);
    const answer = await ask(supplier);
    answers.push(answer);
    stock[supplier] = answer.pieces;
  }
  return stock;
};
