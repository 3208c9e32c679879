/** The virtual clock: an event queue whose events are the only thing that moves time. */
import { EventHeap } from './event-heap.ts';

/** A length of virtual time; the parts add up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** Takes an event back; does nothing when it has already run. */
export type Cancel = () => void;

/** What a participant of the simulation may ask of time. */
export interface Clock {
  /** Virtual milliseconds since the Unix epoch, with microsecond resolution. */
  readonly now: number;
  /**
   * Runs `callback` when the clock reaches `at` (virtual ms since the epoch). A time in the past means now, after
   * everything else that is due now. Events of the same time run in the order in which they were scheduled.
   */
  schedule(at: number, callback: () => void): Cancel;
}

/** Rounds a time or a duration in milliseconds to whole microseconds. */
export function roundToMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** The sum of a duration's parts in milliseconds. Throws `RangeError` when it is negative or not finite. */
export function toMilliseconds(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = duration;
  const sum = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  if (!Number.isFinite(sum) || sum < 0) throw new RangeError(`A duration must be 0 or more, not ${sum} ms.`);
  return sum;
}

export class VirtualClock implements Clock {
  #now: number;
  #sequence = 0;
  readonly #heap = new EventHeap();

  /** `start` in virtual ms since the epoch. */
  constructor(start: number) {
    if (!Number.isFinite(start)) throw new RangeError('A clock must start at a time.');
    this.#now = roundToMicroseconds(start);
  }

  get now(): number {
    return this.#now;
  }

  /** Events that have not run yet. */
  get pending(): number {
    return this.#heap.size;
  }

  /** When the next event is due; undefined when there is none. */
  get nextAt(): number | undefined {
    return this.#heap.peek()?.time;
  }

  schedule(at: number, callback: () => void): Cancel {
    if (Number.isNaN(at)) throw new RangeError('An event must have a time.');
    const time = Math.max(roundToMicroseconds(at), this.#now);
    const event = { time, sequence: this.#sequence++, callback, index: -1 };
    this.#heap.push(event);
    return () => this.#heap.remove(event);
  }

  /** Moves to the next event and runs it. False when there is none. */
  runNext(): boolean {
    const event = this.#heap.pop();
    if (event === undefined) return false;
    this.#now = event.time;
    event.callback();
    return true;
  }

  /** Runs everything that is due in the next `duration`, then stands exactly that much later. */
  advance(duration: Duration): void {
    this.advanceTo(this.#now + toMilliseconds(duration));
  }

  /** Runs everything due up to and including `time`, then stands there. A time in the past changes nothing. */
  advanceTo(time: number): void {
    const target = roundToMicroseconds(time);
    for (let next = this.#heap.peek(); next !== undefined && next.time <= target; next = this.#heap.peek()) {
      this.runNext();
    }
    if (target > this.#now) this.#now = target;
  }
}
