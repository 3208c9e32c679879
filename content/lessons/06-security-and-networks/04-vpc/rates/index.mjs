import { connect } from './network.mjs';

export const handler = async ({ to }) => {
  await connect(to);
  console.log(`connected to the ${to}`);
  return to;
};
