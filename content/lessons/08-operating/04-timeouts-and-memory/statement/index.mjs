import { readAll } from './ledger.mjs';

export const handler = async ({ months }) => {
  const lines = await readAll(months);
  let total = 0;
  for (const line of lines) total += Number(line.split(';')[1]);
  return { lines: lines.length, total };
};
