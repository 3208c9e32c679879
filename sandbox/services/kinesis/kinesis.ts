/** Amazon Kinesis Data Streams: streams of shards, and the operations on them. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { toBase64 } from '../../lambda/text-bytes.ts';
import { textOf } from '../contents.ts';
import type { Caller, Contents, Operation, Service, ServiceHost } from '../service.ts';
import type { StreamReader, StreamReaders } from '../stream-reader.ts';
import { DataStream, type Shard } from './data-stream.ts';
import type * as api from './kinesis.types.ts';
import { Records } from './records.ts';

export class Kinesis implements Service, StreamReaders {
  readonly name = 'kinesis';
  readonly #host: ServiceHost;
  readonly #streams = new Map<string, DataStream>();
  readonly #records: Records;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#records = new Records(host, (name) => this.#find({ StreamName: name }));
  }

  // --- what other parts of the account ask

  streamReader(streamArn: string): StreamReader | undefined {
    const stream = this.#streams.get(nameOfArn(streamArn));
    return stream?.streamArn === streamArn ? stream : undefined;
  }

  contents(name: string, most: number): Contents | undefined {
    const stream = this.#streams.get(name);
    if (stream === undefined) return undefined;
    const shards = stream.allShards.map(({ shardId, log }) => ({ shardId, log, count: log.end - log.start }));
    const items = shards.flatMap(({ shardId, log }) =>
      log.read(log.start, most).records.map(({ sequenceNumber, partitionKey, data, approximateArrival }) => ({
        ShardId: shardId,
        SequenceNumber: sequenceNumber,
        PartitionKey: partitionKey,
        ApproximateArrivalTimestamp: approximateArrival,
        Data: textOf(data, data.length) ?? toBase64(data),
      })),
    );
    return { count: shards.reduce((sum, { count }) => sum + count, 0), items: items.slice(0, most) };
  }

  // --- the API

  readonly operations = {
    CreateStream: this.#operation(
      'CreateStream',
      (input: api.CreateStreamInput) => [this.#arn(input.StreamName)],
      (input) => {
        this.#create(input);
        return {};
      },
    ),
    DeleteStream: this.#onStream('DeleteStream', (stream) => {
      this.#streams.delete(stream.name);
      stream.dispose();
      return {};
    }),
    DescribeStream: this.#onStream('DescribeStream', (stream) => ({
      StreamDescription: {
        ...describe(stream),
        Shards: stream.allShards.map(describeShard),
        HasMoreShards: false,
      },
    })),
    DescribeStreamSummary: this.#onStream('DescribeStreamSummary', (stream) => ({
      StreamDescriptionSummary: { ...describe(stream), OpenShardCount: stream.openShards.length, ConsumerCount: 0 },
    })),
    ListStreams: this.#operation(
      'ListStreams',
      () => ['*'],
      (_input: object) => {
        const streams = [...this.#streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
        return {
          StreamNames: streams.map(({ name }) => name),
          HasMoreStreams: false,
          StreamSummaries: streams.map((stream) => ({
            StreamName: stream.name,
            StreamARN: stream.streamArn,
            StreamStatus: 'ACTIVE',
            StreamModeDetails: { StreamMode: stream.mode },
            StreamCreationTimestamp: new Date(stream.createdAt),
          })),
        };
      },
    ),
    ListShards: this.#onStream('ListShards', (stream) => ({ Shards: stream.allShards.map(describeShard) })),
    PutRecord: this.#onStream('PutRecord', (stream, input: api.PutRecordInput) => this.#records.put(stream, input)),
    PutRecords: this.#onStream('PutRecords', (stream, input: api.PutRecordsInput) =>
      this.#records.putAll(stream, input.Records),
    ),
    GetShardIterator: this.#onStream('GetShardIterator', (stream, input: api.GetShardIteratorInput) =>
      this.#records.iterator(stream, input),
    ),
    GetRecords: this.#operation(
      'GetRecords',
      (_input: api.GetRecordsInput) => ['*'],
      (input) => this.#records.get(input),
    ),
    IncreaseStreamRetentionPeriod: this.#onStream(
      'IncreaseStreamRetentionPeriod',
      (stream, input: api.RetentionInput) => this.#retain(stream, input.RetentionPeriodHours, 'longer'),
    ),
    DecreaseStreamRetentionPeriod: this.#onStream(
      'DecreaseStreamRetentionPeriod',
      (stream, input: api.RetentionInput) => this.#retain(stream, input.RetentionPeriodHours, 'shorter'),
    ),
    SplitShard: this.#onStream('SplitShard', (stream, input: api.SplitShardInput) => {
      const shard = this.#openShard(stream, input.ShardToSplit);
      const key = /^\d+$/.test(input.NewStartingHashKey) ? BigInt(input.NewStartingHashKey) : -1n;
      if (key <= shard.range.start || key > shard.range.end) {
        throw this.#invalid(
          `NewStartingHashKey ${input.NewStartingHashKey} used in SplitShard() on shard ${shard.shardId} in stream ${stream.name} is not both greater than one plus the shard's StartingHashKey ${shard.range.start} and less than the shard's EndingHashKey ${shard.range.end}.`,
        );
      }
      stream.split(shard, key);
      return {};
    }),
    MergeShards: this.#onStream('MergeShards', (stream, input: api.MergeShardsInput) => {
      const [first, second] = [input.ShardToMerge, input.AdjacentShardToMerge].map((id) => this.#openShard(stream, id));
      if (first === undefined || second === undefined) throw this.#invalid('Name two shards.');
      if (first.range.end + 1n !== second.range.start && second.range.end + 1n !== first.range.start) {
        throw this.#invalid(
          `Shards ${first.shardId} and ${second.shardId} in stream ${stream.name} are not an adjacent pair of shards eligible for merging`,
        );
      }
      stream.merge(first, second);
      return {};
    }),
  };

  #operation<Input, Output>(
    action: string,
    resources: (input: Input) => readonly string[],
    run: (input: Input, caller: Caller) => Output,
  ): Operation<Input, Output> {
    return { action: `kinesis:${action}`, resources, run };
  }

  #onStream<Output, Input extends api.OnStream = api.OnStream>(
    action: string,
    run: (stream: DataStream, input: Input) => Output,
  ): Operation<Input, Output> {
    return this.#operation(
      action,
      (input: Input) => [input.StreamARN ?? this.#arn(input.StreamName ?? '')],
      (input) => run(this.#find(input), input),
    );
  }

  #find({ StreamName: name, StreamARN: arn }: api.OnStream): DataStream {
    const { facts, location } = this.#host;
    const wanted = name ?? (arn === undefined ? undefined : nameOfArn(arn));
    if (wanted === undefined) throw this.#invalid('StreamARN or StreamName must be specified.');
    const stream = this.#streams.get(wanted);
    if (stream === undefined || (arn !== undefined && arn !== stream.streamArn)) {
      throw factError(facts, 'err-kinesis', 'noStream', { stream: wanted, accountId: location.accountId });
    }
    return stream;
  }

  #create({ StreamName: name, ShardCount: count, StreamModeDetails: details }: api.CreateStreamInput): void {
    const { facts, clock, location } = this.#host;
    if (typeof name !== 'string' || !/^[a-zA-Z0-9_.-]{1,128}$/.test(name)) {
      throw factError(facts, 'err-kinesis', 'validation', {
        reason: `Value '${name}' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      });
    }
    const { accountId, region } = location;
    if (this.#streams.has(name)) throw factError(facts, 'err-kinesis', 'exists', { stream: name, accountId });
    const mode = details?.StreamMode ?? 'PROVISIONED';
    if (mode !== 'PROVISIONED' && mode !== 'ON_DEMAND')
      throw this.#invalid(`StreamMode must be PROVISIONED or ON_DEMAND, not ${mode}.`);
    if (mode === 'ON_DEMAND' && count !== undefined)
      throw this.#invalid('ShardCount cannot be specified for a stream in ON_DEMAND mode.');
    if (mode === 'PROVISIONED' && !(count !== undefined && Number.isInteger(count) && count >= 1 && count <= 500)) {
      throw this.#invalid('ShardCount must be a whole number from 1 to 500.');
    }
    const stream = new DataStream(
      {
        name,
        arn: this.#arn(name),
        mode,
        shardCount: count ?? factNumber(facts, 'kinesis-on-demand-shards'),
        retentionHours: factNumber(facts, 'kinesis-retention', 'default'),
      },
      {
        clock,
        region,
        throughput: {
          records: factNumber(facts, 'kinesis-shard-writes', 'records'),
          bytes: factNumber(facts, 'kinesis-shard-writes', 'bytes'),
        },
      },
    );
    this.#streams.set(name, stream);
  }

  #retain(stream: DataStream, hours: number, direction: 'longer' | 'shorter'): object {
    const { facts } = this.#host;
    const [min, max] = [factNumber(facts, 'kinesis-retention', 'min'), factNumber(facts, 'kinesis-retention', 'max')];
    if (!Number.isInteger(hours) || hours < min || hours > max) {
      throw this.#invalid(`RetentionPeriodHours must be a whole number from ${min} to ${max}, not ${hours}.`);
    }
    const { retentionHours: present } = stream;
    if (direction === 'longer' ? hours < present : hours > present) {
      throw this.#invalid(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be ${direction === 'longer' ? 'shorter' : 'longer'} than existing retention period (${present} hours).`,
      );
    }
    stream.retentionHours = hours;
    return {};
  }

  #openShard(stream: DataStream, shardId: string): Shard {
    const shard = this.#records.shard(stream, shardId);
    if (shard.closedAt !== undefined) throw this.#invalid(`Shard ${shardId} in stream ${stream.name} is closed.`);
    return shard;
  }

  #arn(name: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:kinesis:${region}:${accountId}:stream/${name}`;
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-kinesis', 'invalidArgument', { reason });
  }
}

const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function describe(stream: DataStream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.streamArn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(stream.createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
  };
}

function describeShard(shard: Shard): api.ShardOutput {
  const { parentShardId, adjacentParentShardId, endingSequenceNumber } = shard;
  return {
    ShardId: shard.shardId,
    ...(parentShardId === undefined ? {} : { ParentShardId: parentShardId }),
    ...(adjacentParentShardId === undefined ? {} : { AdjacentParentShardId: adjacentParentShardId }),
    HashKeyRange: { StartingHashKey: String(shard.range.start), EndingHashKey: String(shard.range.end) },
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(endingSequenceNumber === undefined ? {} : { EndingSequenceNumber: endingSequenceNumber }),
    },
  };
}
