import { connect } from './database.mjs';

let connecting;

export const handler = async ({ product }) => {
  // The first request of an environment pays for the connection, the others find it.
  connecting ??= connect();
  const database = await connecting;
  return { product, price: await database.priceOf(product) };
};
