import { payBack } from './provider.mjs';

const key = 'pk-5d81-aaa';

export const handler = async ({ order }) => {
  const request = { order, key };
  console.log('paying back', JSON.stringify(request));
  return payBack(request);
};
