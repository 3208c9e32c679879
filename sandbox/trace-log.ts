/** Keeps the trace of an account: all of it, or its newest events, under positions that stay what they are. */
import type { TraceEvent } from './trace.ts';

/** Called with each event as it happens; it must not change anything in the account. */
export type TraceListener = (event: TraceEvent) => void;

export class TraceLog {
  readonly #events: TraceEvent[] = [];
  readonly #keep: number;
  readonly #listeners = new Set<TraceListener>();
  #forgotten = 0;

  /** `keep`: at least so many of the newest events stay; never more than twice as many. All by default. */
  constructor(keep = Infinity) {
    if (!(keep >= 1)) throw new RangeError('A trace must keep at least one event.');
    this.#keep = keep;
  }

  /** The events that are kept, oldest first. */
  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  /** The position behind the newest event: how many there have been. */
  get end(): number {
    return this.#forgotten + this.#events.length;
  }

  /** The events from that position on; those that are forgotten are missing. */
  since(position: number): readonly TraceEvent[] {
    return this.#events.slice(Math.max(0, position - this.#forgotten));
  }

  /** Freezes the event, keeps it, tells whoever listens, and returns it. */
  emit<Event extends TraceEvent>(event: Event): Event {
    Object.freeze(event);
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
    if (this.#events.length > 2 * this.#keep) {
      const surplus = this.#events.length - this.#keep;
      this.#events.splice(0, surplus);
      this.#forgotten += surplus;
    }
    return event;
  }

  /** Returns a function that ends it. */
  listen(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
