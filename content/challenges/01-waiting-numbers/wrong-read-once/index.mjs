import { increase, read } from './board.mjs';

// Reads the number when the environment starts, and counts on from there.
let last = await read('last');

export const handler = async ({ patient }) => {
  last += 1;
  await increase('last');
  console.log(`number ${last}: ${patient}`);
  return { patient, number: last };
};
