/** What one lane of a shard has read: the records of its share that the filter wants, up to a batch of them. */
import { factNumber } from '../../facts.ts';
import type { StreamPosition, StreamReader, StreamRecord } from '../../services/stream-reader.ts';
import { utf8Length } from '../text-bytes.ts';
import { emit, type MappingContext } from './mapping-context.ts';
import type { PlacedRecord } from './stream-batch.ts';

/** Records that are looked at in one go. */
const pageSize = 1000;

export interface Share {
  readonly shardId: string;
  /** Records whose key falls to this lane: lane `index` of `count`. */
  readonly index: number;
  readonly count: number;
}

export class LaneReader {
  readonly #context: MappingContext;
  readonly #stream: StreamReader;
  readonly #share: Share;
  readonly #roleArn: () => string;
  readonly #expired: (count: number) => void;
  #gathered: PlacedRecord[] = [];
  #bytes = 0;
  #scanned: StreamPosition;
  /** Whether a record waits that the batch has no room for. */
  #isFull = false;

  constructor(
    context: MappingContext,
    stream: StreamReader,
    share: Share,
    position: StreamPosition,
    hooks: { readonly roleArn: () => string; readonly expired: (count: number) => void },
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#share = share;
    this.#scanned = position;
    this.#roleArn = hooks.roleArn;
    this.#expired = hooks.expired;
  }

  /** Up to where everything was looked at. */
  get scanned(): StreamPosition {
    return this.#scanned;
  }

  get gathered(): readonly PlacedRecord[] {
    return this.#gathered;
  }

  /** Whether no more records go into this batch: it has enough, or the next one does not belong to it. */
  get isFull(): boolean {
    return this.#isFull || this.#gathered.length >= this.#context.settings.batchSize;
  }

  /** Reads until there is a full batch or nothing more. `belongs` says whether a record may follow those gathered. */
  fill(belongs: (record: StreamRecord) => boolean): void {
    let filtered = 0;
    while (!this.isFull) {
      const page = this.#stream.read(this.#share.shardId, this.#scanned, pageSize);
      // Of the records that are gone, so many were this lane's, more or less.
      if (page.from > this.#scanned) this.#expired(Math.ceil((page.from - this.#scanned) / this.#share.count));
      this.#scanned = page.from;
      if (page.records.length === 0) break;
      for (const record of page.records) {
        if (this.#isMine(record)) {
          const placed = this.#place(record);
          if (!this.#isWanted(placed)) filtered += 1;
          else if (!this.#takes(placed, belongs)) break;
        }
        this.#scanned += 1;
        if (this.#gathered.length >= this.#context.settings.batchSize) break;
      }
    }
    if (filtered > 0) emit(this.#context, { type: 'itemsFiltered', count: filtered, shardId: this.#share.shardId });
  }

  /** The gathered records; reading goes on behind them. */
  take(): readonly PlacedRecord[] {
    const records = this.#gathered;
    this.#gathered = [];
    this.#bytes = 0;
    this.#isFull = false;
    return records;
  }

  /** Whether there is a record that could not follow those gathered. */
  get hasMore(): boolean {
    return this.#isFull;
  }

  #place(record: StreamRecord): PlacedRecord {
    const eventRecord = record.toEventRecord(this.#roleArn());
    return { record, position: this.#scanned, eventRecord, bytes: utf8Length(JSON.stringify(eventRecord)) };
  }

  #isWanted({ eventRecord }: PlacedRecord): boolean {
    const { filter } = this.#context.settings;
    return filter === undefined || filter(eventRecord);
  }

  #takes(placed: PlacedRecord, belongs: (record: StreamRecord) => boolean): boolean {
    const limit = factNumber(this.#context.host.facts, 'esm-batching', 'bytes');
    const isTooMuch = this.#gathered.length > 0 && this.#bytes + placed.bytes > limit;
    if (isTooMuch || !belongs(placed.record)) {
      this.#isFull = true;
      return false;
    }
    this.#gathered.push(placed);
    this.#bytes += placed.bytes;
    return true;
  }

  #isMine({ orderingKey }: StreamRecord): boolean {
    const { index, count } = this.#share;
    return count === 1 || laneOf(orderingKey, count) === index;
  }
}

/** Records with the same key go to the same lane. FNV-1a. */
function laneOf(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % count;
}
