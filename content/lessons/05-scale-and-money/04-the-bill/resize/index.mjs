import { setTimeout as wait } from 'node:timers/promises';
import { readLibrary } from './library.mjs';

await readLibrary();

export const handler = async ({ photo, megapixels }) => {
  await wait(100); // S3 answers
  if (megapixels === 0) throw new Error(`${photo} is not a photo`);
  await wait(megapixels * 20);
  return { photo, small: `small/${photo}` };
};
