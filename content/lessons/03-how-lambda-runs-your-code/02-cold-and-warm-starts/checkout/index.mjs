import { connect } from './database.mjs';

const database = await connect();
console.log('connected');
let served = 0;

export const handler = async (event) => {
  served += 1;
  await database.save(event.order);
  return { order: event.order, served };
};
