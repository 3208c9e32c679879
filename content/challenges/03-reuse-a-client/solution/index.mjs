import { connect } from './database.mjs';

const database = await connect();

export const handler = async (event) => {
  const price = await database.priceOf(event.product);
  return { product: event.product, price };
};
