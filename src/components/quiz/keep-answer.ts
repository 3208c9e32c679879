/** Answers and the learner's record: what is written after one, and what an earlier one is told as. Pure. */
import type { AnswerGiven, AnswerPlace, Entry, LearnerRecord } from '../../progress/entry.ts';
import type { GradedAnswer } from './question-options.ts';

/**
 * Writes an answer. One that follows on the same page after the answer was told is practice: it says less, and moves no
 * due date.
 */
export async function keepAnswer(record: LearnerRecord, answer: GradedAnswer, place: AnswerPlace): Promise<Entry> {
  const { question, hash, correct, given, confidence, seed, redrawable, attempt } = answer;
  return record.add({
    kind: 'answer-given',
    question,
    hash,
    correct,
    given,
    place: attempt > 1 ? 'practice' : place,
    ...(confidence && { confidence }),
    ...(redrawable && { seed }),
  });
}

/** The latest answers to questions as they are asked now, by question. An answer to another wording is none. */
export function latestAnswers(
  entries: readonly Entry[],
  hashes: ReadonlyMap<string, string>,
): ReadonlyMap<string, AnswerGiven> {
  const latest = new Map<string, AnswerGiven>();
  for (const entry of entries) {
    if (entry.kind !== 'answer-given' || hashes.get(entry.question) !== entry.hash) continue;
    const known = latest.get(entry.question);
    if (!known || known.at <= entry.at) latest.set(entry.question, entry);
  }
  return latest;
}

/** Says that and when a question was answered, not how. */
export function tellAnswer({ correct, at }: AnswerGiven, now: number): string {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const [when, today] = [day.format(at), day.format(now)];
  return `Answered ${correct ? 'right' : 'wrong'} ${when === today ? 'today' : `on ${when}`}`;
}
