import { rm } from 'node:fs/promises';
import { download } from './photos.mjs';

export const handler = async (event) => {
  const files = event.photos.map((photo) => `/tmp/${event.album}-${photo}`);
  try {
    for (const [index, photo] of event.photos.entries()) await download(photo, files[index]);
    const photos = event.photos.map((photo) => `${event.album}-${photo}`).sort();
    console.log(`contact sheet of album ${event.album}: ${photos.join(', ')}`);
    return { album: event.album, photos };
  } finally {
    await Promise.all(files.map((file) => rm(file, { force: true })));
  }
};
