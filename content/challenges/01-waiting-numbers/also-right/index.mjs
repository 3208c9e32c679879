import { read, replace } from './board.mjs';

// Takes the next number only if nobody else has taken it meanwhile, and looks again otherwise.
const next = async () => {
  for (;;) {
    const last = await read('last');
    if (await replace('last', last, last + 1)) return last + 1;
  }
};

export const handler = async ({ patient }) => {
  const number = await next();
  console.log(`number ${number}: ${patient}`);
  return { patient, number };
};
