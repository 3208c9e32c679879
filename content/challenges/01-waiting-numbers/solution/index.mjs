import { increase } from './board.mjs';

export const handler = async ({ patient }) => {
  const number = await increase('last');
  console.log(`number ${number}: ${patient}`);
  return { patient, number };
};
