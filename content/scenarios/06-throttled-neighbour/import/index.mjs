import { setTimeout as sleep } from 'node:timers/promises';

export const handler = async ({ file }) => {
  await sleep(20_000); // reading and writing rows
  return `file ${file} imported`;
};
