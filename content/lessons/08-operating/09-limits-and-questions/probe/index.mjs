import { setTimeout as sleep } from 'node:timers/promises';

export const handler = async ({ megabytes = 0, seconds = 0 }) => {
  await sleep(seconds * 1000);
  return 'x'.repeat(megabytes * 1024 * 1024);
};
