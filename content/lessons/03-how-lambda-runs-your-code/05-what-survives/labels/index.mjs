import { readdir, writeFile } from 'node:fs/promises';

export const handler = async (event) => {
  const found = await readdir('/tmp');
  console.log(`${found.length} files in /tmp`);
  const sheet = Buffer.alloc(event.megabytes * 1024 * 1024);
  await writeFile(`/tmp/label-${event.parcel}-${found.length}.pdf`, sheet);
  return { parcel: event.parcel, found: found.length };
};
