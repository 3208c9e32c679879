/** Trace events of event source mappings: batches on their way from a queue or a shard to a function. */
import type { At } from '../trace.ts';

interface OfMapping extends At {
  /** The mapping's UUID. */
  readonly mappingId: string;
  readonly functionName: string;
  readonly eventSourceArn: string;
}

/** The state of a mapping, as GetEventSourceMapping tells it; `Deleted` when it is gone. */
export type MappingState =
  'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting' | 'Deleted';

export interface MappingChanged extends OfMapping {
  readonly type: 'mappingChanged';
  readonly state: MappingState;
}

interface OfBatch extends OfMapping {
  /** The mapping's batches are numbered from 1; a batch that is tried again keeps its number. */
  readonly batch: number;
  /** Only of streams. */
  readonly shardId?: string;
}

/** A batch is handed to the function. */
export interface BatchStarted extends OfBatch {
  readonly type: 'batchStarted';
  /** Messages or records. */
  readonly size: number;
  readonly bytes: number;
  /** From 1. */
  readonly attempt: number;
  /** Message ids or sequence numbers, in order. */
  readonly items: readonly string[];
  /** Of streams: how old its last record is, ms; CloudWatch's IteratorAge. */
  readonly iteratorAgeMs?: number;
}

/** The function answered, or could not be invoked. */
export interface BatchEnded extends OfBatch {
  readonly type: 'batchEnded';
  readonly outcome:
    'success' | 'partial-failure' | 'function-error' | 'malformed-response' | 'throttled' | 'not-invoked';
  readonly attempt: number;
  /** Absent when no function was invoked. */
  readonly requestId?: string;
  /** How many of its messages or records have to be done again. */
  readonly failed: number;
  /** When it is tried again, virtual ms since the epoch; absent when it is not, or a queue gives its messages out again. */
  readonly retryAt?: number;
  readonly error?: string;
}

/** A failed batch of a stream goes on as two. */
export interface BatchSplit extends OfBatch {
  readonly type: 'batchSplit';
  /** The numbers of the two, and their sizes. */
  readonly into: readonly (readonly [batch: number, size: number])[];
}

/** Messages or records that the filter criteria did not want: they never reach the function. */
export interface ItemsFiltered extends OfMapping {
  readonly type: 'itemsFiltered';
  readonly count: number;
  readonly shardId?: string;
}

/** Records of a stream that the mapping gave up. */
export interface RecordsDiscarded extends OfMapping {
  readonly type: 'recordsDiscarded';
  readonly shardId: string;
  readonly count: number;
  /** `Expired`: the stream no longer has them. */
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded' | 'Expired';
  /** Where their metadata went. */
  readonly destinationArn?: string;
  /** Why it did not get there; CloudWatch counts DestinationDeliveryFailures. */
  readonly deliveryError?: string;
}

export type MappingEvent = MappingChanged | BatchStarted | BatchEnded | BatchSplit | ItemsFiltered | RecordsDiscarded;
