/**
 * How many batches of a queue Lambda processes at a time: a few at first, more the longer messages wait, fewer again
 * when the function fails or is throttled. Source: Lambda developer guide, scaling behaviour of SQS mappings.
 */
import type { Clock } from '../../kernel/clock.ts';

export interface RampLimits {
  readonly start: number;
  readonly perMinute: number;
  readonly max: number;
}

export class ConcurrencyRamp {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #limits: RampLimits;
  #value: number;
  /** Since when it grows; undefined while it does not. */
  #growingSince: number | undefined;

  constructor(clock: Pick<Clock, 'now'>, limits: RampLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#value = Math.min(limits.start, limits.max);
  }

  /** Batches that may run now. */
  get limit(): number {
    return Math.floor(this.#present + 1e-9);
  }

  /** Messages wait although all batches run: from now on it grows. */
  grow(): void {
    this.#growingSince ??= this.#clock.now;
  }

  /** It stays where it is. */
  hold(): void {
    this.#value = this.#present;
    this.#growingSince = undefined;
  }

  /** The queue is empty and nothing runs: it begins anew. */
  reset(): void {
    this.#value = Math.min(this.#limits.start, this.#limits.max);
    this.#growingSince = undefined;
  }

  /** The function failed or was throttled: half as many, but not fewer than at the start. */
  backOff(): void {
    const { start, max } = this.#limits;
    this.#value = Math.max(this.#present / 2, Math.min(start, max));
    if (this.#growingSince !== undefined) this.#growingSince = this.#clock.now;
  }

  /** When one more batch may run; undefined when it does not grow. Virtual ms since the epoch. */
  nextStep(): number | undefined {
    const { perMinute, max } = this.#limits;
    if (this.#growingSince === undefined || this.limit >= max) return undefined;
    return this.#growingSince + ((this.limit + 1 - this.#value) / perMinute) * 60_000;
  }

  get #present(): number {
    const { perMinute, max } = this.#limits;
    if (this.#growingSince === undefined) return this.#value;
    return Math.min(max, this.#value + ((this.#clock.now - this.#growingSince) / 60_000) * perMinute);
  }
}
