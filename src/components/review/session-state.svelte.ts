/** A running session: what is asked, what was answered, and the facts that every step writes and undo takes back. */
import type { CourseIndex } from '../../progress/course-index.ts';
import type { LearnerRecord, NewEntry } from '../../progress/entry.ts';
import { reviewedSince } from '../../progress/review/queue.ts';
import { type ReviewRating, review, schedule } from '../../progress/review/schedule.ts';
import { currentQuestion, leaveOut, rate, startSession, undo } from '../../progress/review/session.ts';
import type { QuestionData } from '../../quiz/question.ts';
import { newSeed } from '../../quiz/random.ts';
import { keepAnswer } from '../quiz/keep-answer.ts';
import type { GradedAnswer } from '../quiz/question-options.ts';

export type SessionKind = 'review' | 'practice';

export interface SessionParts {
  readonly kind: SessionKind;
  readonly record: LearnerRecord;
  readonly index: CourseIndex;
  readonly questions: ReadonlyMap<string, QuestionData>;
  /** Real time, ms since the Unix epoch. */
  readonly now: () => number;
}

export class SessionState {
  readonly kind: SessionKind;
  readonly #parts: SessionParts;
  /** The facts written by each rating, and by the answer that is not rated yet. */
  readonly #written: (readonly Promise<string>[])[] = [];
  #unrated: Promise<string> | undefined;
  readonly #startedAt: number;

  session = $state.raw(startSession([]));
  /** The answer to the present question, once it is graded. */
  answer = $state.raw<GradedAnswer | undefined>(undefined);
  ended = $state(false);
  /** Changes whenever a question is asked, the same one again included. */
  turn = $state(0);

  readonly data = $derived.by(() => this.#parts.questions.get(currentQuestion(this.session) ?? ''));
  readonly over = $derived(this.ended || this.data === undefined);

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.kind = parts.kind;
    this.session = startSession([...parts.questions.keys()]);
    this.#startedAt = parts.now();
  }

  /** Other numbers each time. */
  get seed(): number {
    return newSeed();
  }

  /** What the learner is offered to say after a right answer; a wrong one is `again`. */
  get suggested(): ReviewRating {
    if (!this.answer?.correct) return 'again';
    return this.answer.confidence === 'guess' ? 'hard' : 'good';
  }

  /** In how many days the question would come back. */
  daysAfter(rating: ReviewRating): number {
    const { data } = this;
    if (!data) return 0;
    const card = schedule(this.#parts.record.entries, this.#parts.index).get(data.id);
    return review(card, { question: data.id, hash: data.hash }, rating, this.#parts.now()).interval;
  }

  /** The answer was graded. */
  answered(answer: GradedAnswer): void {
    if (this.answer || this.over) return;
    this.answer = answer;
    this.#unrated = keepAnswer(this.#parts.record, answer, this.kind).then(({ id }) => id);
  }

  /** Goes on to the next question; in a review the rating sets the day on which this one comes back. */
  async go(rating: ReviewRating = this.suggested): Promise<void> {
    const { answer } = this;
    if (!answer || !this.#unrated) return;
    const { question, hash } = answer;
    const facts = [this.#unrated];
    if (this.kind === 'review') facts.push(this.#write({ kind: 'card-reviewed', question, hash, rating }));
    this.#written.push(facts);
    this.#unrated = undefined;
    this.answer = undefined;
    this.session = leaveOut(rate(this.session, rating), this.#elsewhere());
    this.turn += 1;
    await Promise.all(facts);
  }

  async #write(entry: NewEntry): Promise<string> {
    return (await this.#parts.record.add(entry)).id;
  }

  get canUndo(): boolean {
    return this.kind === 'review' && (this.answer !== undefined || this.session.before !== undefined);
  }

  /** Takes back the answer that is not rated yet; without one the last rating with its answer. */
  async undo(): Promise<void> {
    this.ended = false;
    const facts = this.#unrated ? [this.#unrated] : (this.#written.pop() ?? []);
    if (!this.#unrated) this.session = undo(this.session);
    this.#unrated = undefined;
    this.answer = undefined;
    this.turn += 1;
    for (const fact of facts) await this.#write({ kind: 'review-undone', review: await fact });
  }

  /** Enough for today: an answer that was given counts as what it looks like. */
  async end(): Promise<void> {
    this.ended = true;
    await this.go();
  }

  /** Questions that another tab has asked since this session began. */
  #elsewhere(): ReadonlySet<string> {
    const own = this.session.rated.map(({ question }) => question);
    const entries = this.kind === 'review' ? this.#parts.record.entries : [];
    return reviewedSince(entries, this.#startedAt, [...own, currentQuestion(this.session) ?? '']);
  }
}
