/** Records of a shard on their way through a function, and what a destination is told when they are given up. */
import type { InvokeOutcome } from '../../services/service.ts';
import type { StreamPosition, StreamRecord } from '../../services/stream-reader.ts';
import type { SourceKind } from './event-source.ts';

/** A record with its place, and how it stands in the event. */
export interface PlacedRecord {
  readonly record: StreamRecord;
  readonly position: StreamPosition;
  readonly eventRecord: Readonly<Record<string, unknown>>;
  /** The event record as text, in bytes. */
  readonly bytes: number;
}

export interface StreamBatch {
  readonly number: number;
  records: readonly PlacedRecord[];
  /** How often the function failed it; splitting it does not count. */
  failures: number;
  /** How often it was handed to the function. */
  invocations: number;
  /** Tries in a row that came to nothing, for the wait before the next one. */
  tries: number;
  /** The last invocation of a tumbling window: it has no records. */
  readonly isFinal: boolean;
}

/** Why records were given up. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface Discarded {
  readonly batch: StreamBatch;
  readonly records: readonly PlacedRecord[];
  readonly condition: DiscardCondition;
  /** What the function said last. */
  readonly last: InvokeOutcome | undefined;
}

export interface DiscardPlace {
  readonly kind: SourceKind;
  readonly streamArn: string;
  readonly shardId: string;
  readonly functionArn: string;
  /** Virtual ms since the epoch. */
  readonly now: number;
}

/**
 * The record for an on-failure destination: where the records are, not what they hold.
 * Source: Lambda developer guide, retaining discarded batches of Kinesis and DynamoDB mappings.
 */
export function describeDiscarded(discarded: Discarded, place: DiscardPlace): Readonly<Record<string, unknown>> {
  const { batch, records, condition, last } = discarded;
  const first = records[0]?.record;
  const end = records.at(-1)?.record;
  const info = {
    shardId: place.shardId,
    startSequenceNumber: first?.sequenceNumber,
    endSequenceNumber: end?.sequenceNumber,
    approximateArrivalOfFirstRecord: first && isoTime(first.approximateArrival),
    approximateArrivalOfLastRecord: end && isoTime(end.approximateArrival),
    batchSize: records.length,
    streamArn: place.streamArn,
  };
  return {
    requestContext: {
      requestId: last?.ok === true ? last.requestId : null,
      functionArn: place.functionArn,
      condition,
      approximateInvokeCount: batch.invocations,
    },
    responseContext:
      last?.ok === true
        ? {
            statusCode: 200,
            executedVersion: last.executedVersion,
            functionError: last.functionError ? 'Unhandled' : null,
          }
        : null,
    version: '1.0',
    timestamp: isoTime(place.now),
    [place.kind === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: info,
  };
}

const isoTime = (time: number): string => new Date(time).toISOString();
