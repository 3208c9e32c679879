import { readdir, rm } from 'node:fs/promises';
import { download } from './photos.mjs';

export const handler = async (event) => {
  // An environment works on one request at a time, so whatever is here was left by an earlier one.
  for (const name of await readdir('/tmp')) await rm(`/tmp/${name}`, { recursive: true, force: true });
  for (const photo of event.photos) await download(photo, `/tmp/${event.album}-${photo}`);
  const photos = (await readdir('/tmp')).sort();
  console.log(`contact sheet of album ${event.album}: ${photos.join(', ')}`);
  return { album: event.album, photos };
};
