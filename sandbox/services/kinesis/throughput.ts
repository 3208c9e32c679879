/** What a shard can still take: a second's worth of records and bytes, filled up all the time. */
import type { Clock } from '../../kernel/clock.ts';

export interface ThroughputLimit {
  readonly records: number;
  readonly bytes: number;
}

export class Throughput {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #perSecond: ThroughputLimit;
  #records: number;
  #bytes: number;
  #at: number;

  constructor(clock: Pick<Clock, 'now'>, perSecond: ThroughputLimit) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#records = perSecond.records;
    this.#bytes = perSecond.bytes;
    this.#at = clock.now;
  }

  /** Takes one record of so many bytes, or refuses it. */
  take(bytes: number): boolean {
    const { records: recordLimit, bytes: byteLimit } = this.#perSecond;
    const seconds = (this.#clock.now - this.#at) / 1000;
    this.#at = this.#clock.now;
    this.#records = Math.min(recordLimit, this.#records + seconds * recordLimit);
    this.#bytes = Math.min(byteLimit, this.#bytes + seconds * byteLimit);
    if (this.#records < 1 || this.#bytes < bytes) return false;
    this.#records -= 1;
    this.#bytes -= bytes;
    return true;
  }
}
