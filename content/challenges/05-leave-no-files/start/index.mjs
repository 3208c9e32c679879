import { readdir } from 'node:fs/promises';
import { download } from './photos.mjs';

export const handler = async (event) => {
  for (const photo of event.photos) await download(photo, `/tmp/${event.album}-${photo}`);
  const photos = (await readdir('/tmp')).sort();
  console.log(`contact sheet of album ${event.album}: ${photos.join(', ')}`);
  return { album: event.album, photos };
};
