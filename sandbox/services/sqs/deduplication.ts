/** Which deduplication IDs a FIFO queue has seen lately, and with which message. */
import type { Clock } from '../../kernel/clock.ts';

interface Seen {
  readonly at: number;
  readonly messageId: string;
  readonly sequenceNumber: string;
}

export class Deduplication {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #intervalMs: number;
  /** In the order of their times. */
  readonly #seen = new Map<string, Seen>();

  constructor(clock: Pick<Clock, 'now'>, intervalMs: number) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  /** The message that came with this ID in the last interval. */
  find(id: string): Omit<Seen, 'at'> | undefined {
    for (const [key, { at }] of this.#seen) {
      if (at + this.#intervalMs > this.#clock.now) break;
      this.#seen.delete(key);
    }
    return this.#seen.get(id);
  }

  remember(id: string, messageId: string, sequenceNumber: string): void {
    this.#seen.set(id, { at: this.#clock.now, messageId, sequenceNumber });
  }
}
