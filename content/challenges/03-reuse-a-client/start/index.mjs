import { connect } from './database.mjs';

export const handler = async (event) => {
  const database = await connect();
  const price = await database.priceOf(event.product);
  return { product: event.product, price };
};
