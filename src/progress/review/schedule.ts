/**
 * When each question is asked again, by replaying its reviews through FSRS.
 *
 * The memory of a card knows the time between reviews in days of 24 hours, as it passed, so neither midnight nor a time
 * zone changes it; reviews of one sitting are no time apart. Only the question "today?" goes by the learner's calendar:
 * a card is due on the day that lies its interval after the day of its last review.
 */
import { FSRSAlgorithm, generatorParameters, Rating, type FSRSState, type Grade } from 'ts-fsrs';
import { type CourseIndex, questionsOf } from '../course-index.ts';
import { addDays, type DayOf } from '../day.ts';
import type { CardReviewed, Entry } from '../entry.ts';
import { countingFacts, sittingMs, wordingKey } from '../facts.ts';
import { fsrsParameters } from './parameters.ts';

export type ReviewRating = CardReviewed['rating'];

/** What is known about one question that has been reviewed in its present wording. */
export interface Card {
  readonly question: string;
  readonly hash: string;
  readonly memory: FSRSState;
  /** ms since the Unix epoch. */
  readonly firstReview: number;
  readonly lastReview: number;
  /** Whole days from the last review to the next. */
  readonly interval: number;
  readonly reviews: number;
}

const algorithm = new FSRSAlgorithm(generatorParameters(fsrsParameters));
const grades = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
} as const satisfies Record<ReviewRating, Grade>;
const dayMs = 24 * 60 * 60 * 1000;

/** All cards by the id of their question. Reviews of another wording do not count. */
export function schedule(entries: readonly Entry[], index: CourseIndex): ReadonlyMap<string, Card> {
  const asked = new Set(questionsOf(index).map(({ id, hash }) => wordingKey(id, hash)));
  const cards = new Map<string, Card>();
  for (const fact of countingFacts(entries)) {
    if (fact.kind !== 'card-reviewed' || !asked.has(wordingKey(fact.question, fact.hash))) continue;
    cards.set(fact.question, review(cards.get(fact.question), fact, fact.rating, fact.at));
  }
  return cards;
}

/** The card after a review; `card` is what it was before, nothing at the first. */
export function review(
  card: Card | undefined,
  { question, hash }: Pick<Card, 'question' | 'hash'>,
  rating: ReviewRating,
  at: number,
): Card {
  const memory = algorithm.next_state(card?.memory ?? null, card ? elapsedDays(card, at) : 0, grades[rating]);
  return {
    question,
    hash,
    memory,
    firstReview: card?.firstReview ?? at,
    lastReview: at,
    interval: algorithm.next_interval(memory.stability, 0),
    reviews: (card?.reviews ?? 0) + 1,
  };
}

/** In days, fractions included; none within a sitting. */
function elapsedDays(card: Card, at: number): number {
  const elapsed = at - card.lastReview;
  return elapsed < sittingMs ? 0 : elapsed / dayMs;
}

/** The day on which a card is asked again. */
export const dueDay = (card: Card, dayOf: DayOf): string => addDays(dayOf(card.lastReview), card.interval);

/** The chance of a right answer now, 0 to 1, as FSRS estimates it. */
export const recallNow = (card: Card, now: number): number =>
  algorithm.forgetting_curve(Math.max(0, now - card.lastReview) / dayMs, card.memory.stability);
