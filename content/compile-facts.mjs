/** Checks `content/facts/*.yaml` and writes them as one list, sorted by id, to `sandbox/facts.generated.json`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { ContentMistakeError, parseContent } from './mistakes.ts';
import { factFileSchema } from './schema.ts';

const folder = new URL('facts/', import.meta.url);
const output = new URL('../sandbox/facts.generated.json', import.meta.url);

/** @returns {Promise<{ facts: import('../sandbox/facts.ts').Fact[], mistakes: string[] }>} */
async function readFacts() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const facts = [];
  const mistakes = [];
  const fileOfId = new Map();
  for (const name of names) {
    const file = `content/facts/${name}`;
    try {
      for (const fact of parseContent(factFileSchema, { file, text: await readFile(new URL(name, folder), 'utf8') })) {
        const other = fileOfId.get(fact.id);
        if (other !== undefined) mistakes.push(`${file}: ${fact.id} is already defined in ${other}. Keep one of them.`);
        fileOfId.set(fact.id, file);
        facts.push(fact);
      }
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
      mistakes.push(error.message.trim());
    }
  }
  facts.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { facts, mistakes };
}

const { facts, mistakes } = await readFacts();
if (mistakes.length > 0) {
  console.error(`The facts were not compiled:\n${mistakes.join('\n')}`);
  process.exitCode = 1;
} else {
  await writeFile(output, `${JSON.stringify(facts)}\n`);
}
