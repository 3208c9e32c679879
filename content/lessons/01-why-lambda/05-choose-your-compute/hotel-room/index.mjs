import { readFile, writeFile } from 'node:fs/promises';

const bag = '/tmp/luggage.txt';

export const handler = async ({ guest }) => {
  const found = await readFile(bag, 'utf8').catch(() => 'nothing');
  await writeFile(bag, `the bag of ${guest}`);
  let repaint = 'done';
  try {
    await writeFile('/etc/wallpaper', 'blue');
  } catch (error) {
    repaint = error.code;
  }
  return { found, repaint };
};
