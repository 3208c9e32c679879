import { read, write } from './board.mjs';

export const handler = async ({ patient }) => {
  const number = (await read('last')) + 1;
  await write('last', number);
  console.log(`number ${number}: ${patient}`);
  return { patient, number };
};
