/** Trace events of data streams. */
import type { At } from '../trace.ts';

/** A shard took a record. */
export interface RecordPut extends At {
  readonly type: 'recordPut';
  readonly streamName: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Data and partition key. */
  readonly bytes: number;
}

/** A shard had no throughput left for a record. */
export interface RecordRefused extends At {
  readonly type: 'recordRefused';
  readonly streamName: string;
  readonly shardId: string;
  readonly partitionKey: string;
}

export type StreamEvent = RecordPut | RecordRefused;
