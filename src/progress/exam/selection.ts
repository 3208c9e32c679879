/** Which questions an exam asks: drawn from a seed, spread over the chosen topics. */
import { orderOf } from '../../quiz/random.ts';
import type { IndexedQuestion } from '../course-index.ts';

/** The lengths on offer. */
export const examLengths = [5, 10, 20, 40, 65] as const;

/** Minutes for each question, as in AWS's own exams: 65 questions in 130 minutes. */
export const minutesPerQuestion = 2;

/**
 * At most `count` of these questions. Topics take turns, so that none has two questions more than another that still had
 * some to offer; then the order is mixed. The same seed gives the same exam.
 */
export function selectQuestions(
  questions: readonly IndexedQuestion[],
  count: number,
  seed: number,
): readonly IndexedQuestion[] {
  const topics = mixed([...Map.groupBy(questions, ({ topic }) => topic).values()], seed);
  const stacks = topics.map((stack, at) => mixed(stack, seed + at + 1));
  const longest = Math.max(0, ...stacks.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, round) => stacks.flatMap((stack) => stack[round] ?? [])).flat();
  return mixed(inTurn.slice(0, count), seed);
}

const mixed = <Item>(items: readonly Item[], seed: number): readonly Item[] =>
  orderOf(items.length, seed).flatMap((at) => items.slice(at, at + 1));
