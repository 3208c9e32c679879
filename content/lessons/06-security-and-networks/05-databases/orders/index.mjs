import { connect } from './database.mjs';

let database;

export const handler = async ({ order }) => {
  database ??= await connect();
  await database.save(order);
  return order;
};
