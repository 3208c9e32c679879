import { setTimeout as wait } from 'node:timers/promises';
import { writeFile } from 'node:fs/promises';

// Stands in for a bucket of photos: puts one of them, 60 MB, into a file.
export const download = async (photo, file) => {
  await wait(20);
  if (photo.startsWith('broken')) throw new Error(`${photo} cannot be read`);
  await writeFile(file, Buffer.alloc(60 * 1024 * 1024));
};
