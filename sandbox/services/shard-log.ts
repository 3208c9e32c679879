/** The records of one shard: added at the end, gone at the start when they expire, read from any place between. */
import type { Clock } from '../kernel/clock.ts';
import {
  compareSequenceNumbers,
  type StreamPage,
  type StreamPosition,
  type StreamRecord,
  type StreamStart,
} from './stream-reader.ts';

export class ShardLog<Entry extends StreamRecord = StreamRecord> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #retentionMs: () => number;
  #records: Entry[] = [];
  /** The first of `#records` that has not expired; what stands before it is thrown away now and then. */
  #head = 0;
  /** Records that were thrown away: the position before the first of `#records`. */
  #thrownAway = 0;

  /** `retentionMs`: how long a record is kept, in virtual ms; asked each time, as it can be changed. */
  constructor(clock: Pick<Clock, 'now'>, retentionMs: () => number) {
    this.#clock = clock;
    this.#retentionMs = retentionMs;
  }

  /** Before the oldest record that can still be read. */
  get start(): StreamPosition {
    this.#expire();
    return this.#thrownAway + this.#head;
  }

  /** After the newest record. */
  get end(): StreamPosition {
    return this.#thrownAway + this.#records.length;
  }

  /** Adds a record; its sequence number is above all before, and its arrival not earlier. */
  append(record: Entry): void {
    this.#expire();
    this.#records.push(record);
  }

  position(start: StreamStart): StreamPosition {
    switch (start.type) {
      case 'LATEST':
        return this.end;
      case 'TRIM_HORIZON':
        return this.start;
      case 'AT_TIMESTAMP':
        return this.#firstThat(({ approximateArrival }) => approximateArrival >= start.timestamp);
    }
  }

  /** Before the record with that sequence number, or before the first one above it. */
  positionOf(sequenceNumber: string): StreamPosition {
    return this.#firstThat((record) => compareSequenceNumbers(record.sequenceNumber, sequenceNumber) >= 0);
  }

  read(position: StreamPosition, limit: number): StreamPage<Entry> {
    const from = Math.min(Math.max(position, this.start), this.end);
    const index = from - this.#thrownAway;
    const records = this.#records.slice(index, index + limit);
    return { records, from, next: from + records.length };
  }

  /** Before the first record for which `holds` is true; it is false for all before and true for all after that one. */
  #firstThat(holds: (record: Entry) => boolean): StreamPosition {
    this.#expire();
    let low = this.#head;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && holds(record)) high = middle;
      else low = middle + 1;
    }
    return this.#thrownAway + low;
  }

  #expire(): void {
    const oldest = this.#clock.now - this.#retentionMs();
    for (let record = this.#records[this.#head]; record !== undefined; record = this.#records[this.#head]) {
      if (record.approximateArrival > oldest) break;
      this.#head += 1;
    }
    // Half of the list at a time, so that a record is moved a constant number of times.
    if (this.#head * 2 <= this.#records.length || this.#head === 0) return;
    this.#thrownAway += this.#head;
    this.#records = this.#records.slice(this.#head);
    this.#head = 0;
  }
}
