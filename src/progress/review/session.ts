/**
 * A review session: some questions in turn; what was not known is asked once more at the end. Each step keeps the
 * session before it, so that undo is exact. Pure.
 */
import type { ReviewRating } from './schedule.ts';

export interface ReviewSession {
  /** Ids of the questions still to ask, the present one first. */
  readonly queue: readonly string[];
  /** What was rated so far, in order. */
  readonly rated: readonly RatedQuestion[];
  /** The session before the last rating. */
  readonly before: ReviewSession | undefined;
}

export interface RatedQuestion {
  readonly question: string;
  readonly rating: ReviewRating;
  /** It was asked for the second time in this session. */
  readonly again: boolean;
}

export const startSession = (questions: readonly string[]): ReviewSession => ({
  queue: questions,
  rated: [],
  before: undefined,
});

/** The question to ask; nothing when the session is over. */
export const currentQuestion = ({ queue }: ReviewSession): string | undefined => queue[0];

/** Rates the present question and goes on. What was wrong for the second time waits for its day. */
export function rate(session: ReviewSession, rating: ReviewRating): ReviewSession {
  const [question, ...rest] = session.queue;
  if (question === undefined) return session;
  const again = session.rated.some((rated) => rated.question === question);
  const queue = rating === 'again' && !again ? [...rest, question] : rest;
  return { queue, rated: [...session.rated, { question, rating, again }], before: session };
}

/** Leaves out questions that were answered elsewhere meanwhile, such as in another tab. */
export const leaveOut = (session: ReviewSession, questions: ReadonlySet<string>): ReviewSession => ({
  ...session,
  queue: session.queue.filter((question) => !questions.has(question)),
});

/** Takes the last rating back. */
export const undo = (session: ReviewSession): ReviewSession => session.before ?? session;

/** Which question of how many, both counted from 1; a question asked again counts again. */
export function placeIn(session: ReviewSession): { readonly at: number; readonly of: number } {
  return { at: session.rated.length + 1, of: session.rated.length + session.queue.length };
}

/** Different questions rated, and how many of these were right at once. */
export function resultOf({ rated }: ReviewSession): { readonly questions: number; readonly right: number } {
  const first = rated.filter(({ again }) => !again);
  return { questions: first.length, right: first.filter(({ rating }) => rating !== 'again').length };
}
