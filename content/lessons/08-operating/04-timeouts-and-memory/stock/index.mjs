import { ask } from './suppliers.mjs';

export const handler = async ({ suppliers }) => {
  const stock = {};
  for (const supplier of suppliers) {
    console.log(`asking ${supplier}`);
    stock[supplier] = await ask(supplier);
  }
  return stock;
};
