import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { download } from './photos.mjs';

export const handler = async (event) => {
  const directory = await mkdtemp('/tmp/album-');
  try {
    for (const photo of event.photos) await download(photo, `${directory}/${event.album}-${photo}`);
    const photos = (await readdir(directory)).sort();
    console.log(`contact sheet of album ${event.album}: ${photos.join(', ')}`);
    return { album: event.album, photos };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
