import { readFile, writeFile } from 'node:fs/promises';

export const handler = async ({ patient }) => {
  const last = Number(await readFile('/tmp/last', 'utf8').catch(() => '0'));
  const number = last + 1;
  await writeFile('/tmp/last', String(number));
  console.log(`number ${number}: ${patient}`);
  return { patient, number };
};
