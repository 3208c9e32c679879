/**
 * `npm run keep-edition`: remembers the edition in `dist/`, the one that was published, in content/earlier-editions.yaml,
 * so that progress codes made with it can be read question by question after the content has changed.
 */
import './node-version.mjs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { earlierEditionsSchema } from '../content/editions-schema.ts';
import { parseContent } from '../content/mistakes.ts';
import { withEdition } from './progress/code/editions.ts';

const file = 'content/earlier-editions.yaml';
const pathOf = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const index = await readFile(pathOf('dist/course-index.json'), 'utf8').catch(() => undefined);

if (index === undefined) {
  console.error('There is no built course in dist/. Build the edition that is published with "npm run build" first.');
  process.exitCode = 1;
} else {
  const text = await readFile(pathOf(file), 'utf8');
  const remembered = parseContent(earlierEditionsSchema, { file, text });
  const groups = withEdition(remembered, JSON.parse(index));
  const [comment = ''] = /^#.*\n/.exec(text) ?? [];
  await writeFile(pathOf(file), comment + stringify(groups));
  console.log(`${file} remembers ${groups.length} groups, ${groups.length - remembered.length} of them new.`);
}
