import { connect } from './database.mjs';

let price;

export const handler = async (event) => {
  if (price === undefined) {
    const database = await connect();
    price = await database.priceOf(event.product);
  }
  return { product: event.product, price };
};
