/** The facts a page may quote. How their values read in a sentence is in `format-fact.ts`. */
import type { Fact } from '../../sandbox/facts.ts';
import { factFileSchema } from '../../content/schema.ts';
import { parseContent } from '../../content/mistakes.ts';

export { factValues, formatChecked, formatDay, formatDollars, formatFact, formatSince } from './format-fact.ts';

const files = import.meta.glob<string>('/content/facts/*.yaml', { query: '?raw', import: 'default', eager: true });

/** All facts by id. */
export const facts: ReadonlyMap<string, Fact> = new Map(
  Object.entries(files)
    .flatMap(([path, text]): Fact[] => parseContent(factFileSchema, { file: path.slice(1), text }))
    .map((fact) => [fact.id, fact]),
);

/** All facts, in the order of their files. */
export const readFacts = (): readonly Fact[] => [...facts.values()];

/**
 * The fact with this id. `askedBy` is the file that quotes it, for the author.
 * @throws when there is no such fact
 */
export function findFact(id: string, askedBy: string): Fact {
  const fact = facts.get(id);
  if (!fact) throw new Error(`${askedBy}: there is no fact "${id}" in content/facts/. Correct the id or add the fact.`);
  return fact;
}
