/** Requests and answers of the Kinesis Data Streams API, in the shapes of the AWS SDK for JavaScript v3. */

/** A stream is named by one of the two. */
export interface OnStream {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

export interface CreateStreamInput {
  readonly StreamName: string;
  readonly ShardCount?: number | undefined;
  readonly StreamModeDetails?: { readonly StreamMode: string } | undefined;
}

export interface PutRecordInput extends OnStream {
  /** A text is taken as UTF-8. */
  readonly Data: Uint8Array | string;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

export type PutRecordsEntry = Omit<PutRecordInput, keyof OnStream>;

export interface PutRecordsInput extends OnStream {
  readonly Records: readonly PutRecordsEntry[];
}

export type PutRecordsResultEntry =
  | { readonly SequenceNumber: string; readonly ShardId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface GetShardIteratorInput extends OnStream {
  readonly ShardId: string;
  readonly ShardIteratorType: string;
  readonly StartingSequenceNumber?: string | undefined;
  readonly Timestamp?: Date | undefined;
}

export interface GetRecordsInput {
  readonly ShardIterator: string;
  readonly Limit?: number | undefined;
}

export interface RecordOutput {
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: Date;
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
}

export interface GetRecordsOutput {
  readonly Records: readonly RecordOutput[];
  /** Absent at the end of a closed shard. */
  readonly NextShardIterator?: string;
  readonly MillisBehindLatest: number;
}

export interface ShardOutput {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string };
}

export interface RetentionInput extends OnStream {
  readonly RetentionPeriodHours: number;
}

export interface SplitShardInput extends OnStream {
  readonly ShardToSplit: string;
  readonly NewStartingHashKey: string;
}

export interface MergeShardsInput extends OnStream {
  readonly ShardToMerge: string;
  readonly AdjacentShardToMerge: string;
}
