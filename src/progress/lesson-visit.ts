/** One visit to a lesson's page, as facts: that it was opened, the time spent, and that its text was read to the end. */
import { Attention } from './attention.ts';
import type { Entry, LearnerRecord } from './entry.ts';

/** A lesson opened again within this time, in ms, with nothing else opened between, is the same visit. */
const sameVisit = 30 * 60 * 1000;
/** Time goes to the record in pieces of this many seconds, and a last one that is not too small to count. */
const piece = 60;
const smallestPiece = 5;
/** Whoever sees the end of a text has read it only after this many seconds with the lesson, of all visits. */
export const leastReading = 30;

export class LessonVisit {
  readonly #record: LearnerRecord;
  readonly #lesson: string;
  readonly #now: () => number;
  readonly #attention = new Attention();
  #endSeen = false;

  /** `now` is real time, ms since the Unix epoch. */
  constructor(record: LearnerRecord, lesson: string, now: () => number = Date.now) {
    this.#record = record;
    this.#lesson = lesson;
    this.#now = now;
  }

  /** The page is in view for the first time. */
  begin(): void {
    this.#attention.see(true, this.#now());
    const last = this.#record.entries.findLast((entry) => entry.kind === 'lesson-opened');
    if (last?.lesson === this.#lesson && this.#now() - last.at < sameVisit) return;
    void this.#record.add({ kind: 'lesson-opened', lesson: this.#lesson });
  }

  /** Somebody did something on the page. */
  sign(): void {
    this.#attention.sign(this.#now());
  }

  /** The page came into view or went out of it; when it goes, it may not come back. */
  see(visible: boolean): void {
    this.#attention.see(visible, this.#now());
    if (!visible) this.#keepTime(smallestPiece);
  }

  /** The end of the text is in view. */
  seeEnd(): void {
    this.#endSeen = true;
    this.#keepRead();
  }

  /** Some time has passed. */
  tick(): void {
    this.#keepTime(piece);
    this.#keepRead();
  }

  #keepTime(least: number): void {
    if (this.#attention.seconds(this.#now()) < least) return;
    const seconds = this.#attention.take(this.#now());
    void this.#record.add({ kind: 'time-spent', lesson: this.#lesson, seconds });
  }

  #keepRead(): void {
    if (!this.#endSeen || this.#record.entries.some((entry) => isOf('lesson-read', entry, this.#lesson))) return;
    const before = this.#record.entries.reduce(
      (sum, entry) => sum + (isOf('time-spent', entry, this.#lesson) ? entry.seconds : 0),
      0,
    );
    if (before + this.#attention.seconds(this.#now()) < leastReading) return;
    void this.#record.add({ kind: 'lesson-read', lesson: this.#lesson });
  }
}

function isOf<Kind extends 'lesson-read' | 'time-spent'>(
  kind: Kind,
  entry: Entry,
  lesson: string,
): entry is Extract<Entry, { kind: Kind }> {
  return entry.kind === kind && entry.lesson === lesson;
}
