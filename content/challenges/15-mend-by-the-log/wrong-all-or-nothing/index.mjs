import { ask } from './suppliers.mjs';

export const handler = async ({ suppliers }) => {
  const answers = await Promise.all(suppliers.map((supplier) => ask(supplier, AbortSignal.timeout(2000))));
  return Object.fromEntries(suppliers.map((supplier, index) => [supplier, answers[index].pieces]));
};
