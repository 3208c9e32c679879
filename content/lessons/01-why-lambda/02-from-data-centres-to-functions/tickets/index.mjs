import { pay } from './payment.mjs';

export const handler = async ({ buyer }) => {
  const receipt = await pay(buyer);
  return { buyer, receipt };
};
