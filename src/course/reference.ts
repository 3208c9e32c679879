/** The course's reference files: glossary, corrections and topics, read and checked once. */
import {
  correctionFileSchema,
  glossarySchema,
  topicFileSchema,
  type Correction,
  type Term,
  type Topic,
} from '../../content/course-files.ts';
import { parseContent } from '../../content/mistakes.ts';
import glossary from '../../content/glossary.yaml?raw';
import topics from '../../content/topics.yaml?raw';

const correctionFiles = import.meta.glob<string>('/content/corrections/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const byTerm = (a: Term, b: Term): number => a.term.localeCompare(b.term, 'en', { sensitivity: 'base' });

/** All terms, by the alphabet. */
export const readGlossary = (): readonly Term[] =>
  parseContent(glossarySchema, { file: 'content/glossary.yaml', text: glossary }).sort(byTerm);

/** All corrections, unit by unit, in the order of their files. */
export const readCorrections = (): readonly Correction[] =>
  Object.entries(correctionFiles)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]): Correction[] => parseContent(correctionFileSchema, { file: path.slice(1), text }));

/** In the order of the course. */
export const readTopics = (): readonly Topic[] =>
  parseContent(topicFileSchema, { file: 'content/topics.yaml', text: topics });

/**
 * The term with this id. `askedBy` is the file that uses it, for the author.
 * @throws when the glossary has none
 */
export function findTerm(id: string, askedBy: string): Term {
  const term = readGlossary().find((one) => one.id === id);
  if (term === undefined) {
    throw new Error(`${askedBy}: the glossary has no term "${id}". Correct the id or add it to content/glossary.yaml.`);
  }
  return term;
}

/**
 * The correction with this id. `askedBy` is the file that uses it, for the author.
 * @throws when there is none
 */
export function findCorrection(id: string, askedBy: string): Correction {
  const correction = readCorrections().find((one) => one.id === id);
  if (correction === undefined) {
    throw new Error(`${askedBy}: there is no correction "${id}". Correct the id or add it to content/corrections/.`);
  }
  return correction;
}
