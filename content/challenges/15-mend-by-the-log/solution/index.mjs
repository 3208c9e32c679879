import { ask } from './suppliers.mjs';

export const handler = async ({ suppliers }) => {
  const outcomes = await Promise.allSettled(suppliers.map((supplier) => ask(supplier, AbortSignal.timeout(2000))));
  const stock = {};
  suppliers.forEach((supplier, index) => {
    const { status, value } = outcomes[index];
    if (status === 'rejected') console.warn(`no answer from ${supplier}`);
    stock[supplier] = value?.pieces ?? null;
  });
  if (outcomes.every(({ status }) => status === 'rejected')) throw new Error('no supplier answers');
  return stock;
};
