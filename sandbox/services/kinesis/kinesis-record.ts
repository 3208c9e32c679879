/** One record of a data stream, and how Lambda's event shows it. */
import { toBase64 } from '../../lambda/text-bytes.ts';
import type { StreamRecord } from '../stream-reader.ts';

/** What every record of a shard has in common. */
export interface RecordSource {
  readonly streamArn: string;
  readonly shardId: string;
  readonly region: string;
}

export class KinesisRecord implements StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  readonly approximateArrival: number;
  readonly #source: RecordSource;

  constructor(
    source: RecordSource,
    record: {
      readonly sequenceNumber: string;
      readonly partitionKey: string;
      readonly data: Uint8Array;
      readonly approximateArrival: number;
    },
  ) {
    this.#source = source;
    this.sequenceNumber = record.sequenceNumber;
    this.partitionKey = record.partitionKey;
    this.data = record.data;
    this.approximateArrival = record.approximateArrival;
  }

  get orderingKey(): string {
    return this.partitionKey;
  }

  toEventRecord(invokeIdentityArn: string): Readonly<Record<string, unknown>> {
    const { streamArn, shardId, region } = this.#source;
    return {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: this.partitionKey,
        sequenceNumber: this.sequenceNumber,
        data: toBase64(this.data),
        approximateArrivalTimestamp: Math.round(this.approximateArrival) / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${this.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn,
      awsRegion: region,
      eventSourceARN: streamArn,
    };
  }
}
