/** What can be read shard by shard, in order, from a place of the reader's own: Kinesis data streams and DynamoDB streams. */
import type { Cancel } from '../kernel/clock.ts';

/** A place between two records of a shard: how many records the shard ever took before it. */
export type StreamPosition = number;

/** Where a new reader begins. `timestamp` in virtual ms: at the first record that arrived then or later. */
export type StreamStart =
  | { readonly type: 'TRIM_HORIZON' }
  | { readonly type: 'LATEST' }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestamp: number };

/** One record of a shard. */
export interface StreamRecord {
  /** Decimal digits, growing within a shard; compare with `compareSequenceNumbers`. */
  readonly sequenceNumber: string;
  /** Whose order is kept when batches of one shard run side by side: the partition key, or an item's primary key as text. */
  readonly orderingKey: string;
  /** Virtual ms. */
  readonly approximateArrival: number;
  /**
   * The record as it stands in the `Records` of Lambda's event.
   * @param invokeIdentityArn the function's execution role, which Kinesis names in it
   */
  toEventRecord(invokeIdentityArn: string): Readonly<Record<string, unknown>>;
}

export interface StreamShard {
  readonly shardId: string;
  /** Read the parents to their ends first; a shard that two were merged into has two. */
  readonly parentShardId?: string;
  readonly adjacentParentShardId?: string;
  /** True when nothing will be added any more: after a split, a merge, or a stream that was switched off. */
  readonly closed: boolean;
}

/** Some records of a shard, oldest first. */
export interface StreamPage<Entry extends StreamRecord = StreamRecord> {
  readonly records: readonly Entry[];
  /** Where the first of the records stands: the position asked for, or later when records expired. */
  readonly from: StreamPosition;
  /** After the last of the records. */
  readonly next: StreamPosition;
}

/** A stream as its readers see it. */
export interface StreamReader {
  readonly streamArn: string;
  readonly source: 'kinesis' | 'dynamodb';
  /** Virtual ms after its arrival at which a record expires. */
  readonly retentionMs: number;
  /** All shards that hold records or take some, parents before their children. */
  shards(): readonly StreamShard[];
  /** The position of a reader that begins there now. */
  position(shardId: string, start: StreamStart): StreamPosition;
  /** At most `limit` records after the position. */
  read(shardId: string, position: StreamPosition, limit: number): StreamPage;
  /** Calls `listener` after each arrival in a shard, and when a shard is opened or closed. */
  subscribe(listener: (shardId: string) => void): Cancel;
}

/** Where a stream is found by its ARN: Kinesis and DynamoDB are this. */
export interface StreamReaders {
  /** Undefined when there is no such stream. */
  streamReader(streamArn: string): StreamReader | undefined;
}

/** Below 0 when `a` stands before `b` in their shard, 0 when they are the same. */
export function compareSequenceNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
