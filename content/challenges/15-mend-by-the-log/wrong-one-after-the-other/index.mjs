import { ask } from './suppliers.mjs';

export const handler = async ({ suppliers }) => {
  const stock = {};
  for (const supplier of suppliers) {
    try {
      stock[supplier] = (await ask(supplier, AbortSignal.timeout(1400))).pieces;
    } catch {
      console.warn(`no answer from ${supplier}`);
      stock[supplier] = null;
    }
  }
  if (Object.values(stock).every((pieces) => pieces === null)) throw new Error('no supplier answers');
  return stock;
};
