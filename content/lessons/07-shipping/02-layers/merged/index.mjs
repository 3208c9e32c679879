import { readdirSync, readFileSync } from 'node:fs';

export const handler = async () => ({
  files: readdirSync('/opt', { recursive: true }).filter((path) => path.endsWith('.txt')),
  greeting: readFileSync('/opt/texts/greeting.txt', 'utf8'),
});
