/** The facts of a record as derivations read them: in one order, each once, without those that were taken back. */
import type { AnswerGiven, Entry } from './entry.ts';

/** Two answers to one question, or two reviews of one card, less than this apart belong to one sitting. */
export const sittingMs = 12 * 60 * 60 * 1000;

/** Facts in the order in which they happened; those of one moment in the order of their ids. */
const byTime = (a: Entry, b: Entry): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Sorts, drops repeated ids and what an undo took back. An undo reaches reviews and the answers given in them, and
 * nothing else. The result is the same for the same set of facts, in whatever order and number they come.
 */
export function countingFacts(entries: readonly Entry[]): readonly Entry[] {
  const undone = new Set(entries.filter((entry) => entry.kind === 'review-undone').map(({ review }) => review));
  const seen = new Set<string>();
  return [...entries].sort(byTime).filter((entry) => {
    if (seen.has(entry.id)) return false;
    seen.add(entry.id);
    return !(undone.has(entry.id) && isReview(entry));
  });
}

const isReview = (entry: Entry): boolean =>
  entry.kind === 'card-reviewed' || (entry.kind === 'answer-given' && entry.place === 'review');

/** Which wording of a question an answer, a review or an index entry is about. */
export const wordingKey = (question: string, hash: string): string => `${question}@${hash}`;

/** Answers by the wording they were given to, in order. */
export function answersByWording(facts: readonly Entry[]): ReadonlyMap<string, readonly AnswerGiven[]> {
  const answers = new Map<string, AnswerGiven[]>();
  for (const fact of facts) {
    if (fact.kind !== 'answer-given') continue;
    const key = wordingKey(fact.question, fact.hash);
    const given = answers.get(key);
    if (given) given.push(fact);
    else answers.set(key, [fact]);
  }
  return answers;
}
