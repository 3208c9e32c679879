import { setTimeout as wait } from 'node:timers/promises';
import { checksum } from './checksum.mjs';

export const handler = async (event) => {
  // An archive somewhere else that takes its time to answer.
  if (event.archiveMs) await wait(event.archiveMs);
  return { seal: checksum(event.pages) };
};
