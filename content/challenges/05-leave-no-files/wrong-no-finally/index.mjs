import { rm } from 'node:fs/promises';
import { download } from './photos.mjs';

export const handler = async (event) => {
  for (const photo of event.photos) await download(photo, `/tmp/${event.album}-${photo}`);
  const photos = event.photos.map((photo) => `${event.album}-${photo}`).sort();
  console.log(`contact sheet of album ${event.album}: ${photos.join(', ')}`);
  for (const photo of event.photos) await rm(`/tmp/${event.album}-${photo}`);
  return { album: event.album, photos };
};
