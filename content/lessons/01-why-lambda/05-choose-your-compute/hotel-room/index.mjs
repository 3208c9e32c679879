import { readFile, writeFile } from 'node:fs/promises';

const outcome = (work) =>
  work.then(
    () => 'done',
    ({ code }) => code,
  );

export const handler = async ({ guest }) => {
  const found = await readFile('/tmp/luggage.txt', 'utf8').catch(() => 'nothing');
  await writeFile('/tmp/luggage.txt', `the bag of ${guest}`);
  const repaint = await outcome(writeFile('/etc/wallpaper', 'blue'));
  return { found, repaint };
};
