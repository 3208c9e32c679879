/** One data stream: its shards, what they hold, and how they are split and merged. */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import { ShardLog } from '../shard-log.ts';
import type { StreamPage, StreamPosition, StreamReader, StreamShard, StreamStart } from '../stream-reader.ts';
import { evenRanges, type HashKeyRange } from './hash-keys.ts';
import { KinesisRecord } from './kinesis-record.ts';
import { Throughput, type ThroughputLimit } from './throughput.ts';

export interface DataStreamHost {
  readonly clock: Clock;
  readonly region: string;
  readonly throughput: ThroughputLimit;
}

export interface Shard {
  readonly shardId: string;
  readonly range: HashKeyRange;
  readonly parentShardId: string | undefined;
  readonly adjacentParentShardId: string | undefined;
  /** Below the numbers of all its records. */
  readonly startingSequenceNumber: string;
  /** Set when it was closed. */
  endingSequenceNumber: string | undefined;
  closedAt: number | undefined;
  readonly log: ShardLog<KinesisRecord>;
  readonly throughput: Throughput;
}

export interface StreamSettings {
  readonly name: string;
  readonly arn: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly shardCount: number;
  readonly retentionHours: number;
}

/** Sequence numbers have 56 digits and grow with every record of the stream. */
const firstSequenceNumber = 4966n * 10n ** 52n;
const sequenceStep = 2n ** 80n;

export class DataStream implements StreamReader {
  readonly source = 'kinesis';
  readonly name: string;
  readonly streamArn: string;
  readonly mode: StreamSettings['mode'];
  readonly createdAt: number;
  retentionHours: number;
  readonly #host: DataStreamHost;
  readonly #shards: Shard[] = [];
  readonly #listeners = new Set<(shardId: string) => void>();
  #sequence = 0n;

  constructor({ name, arn, mode, shardCount, retentionHours }: StreamSettings, host: DataStreamHost) {
    this.#host = host;
    this.name = name;
    this.streamArn = arn;
    this.mode = mode;
    this.createdAt = host.clock.now;
    this.retentionHours = retentionHours;
    for (const range of evenRanges(shardCount)) this.#open(range);
  }

  get retentionMs(): number {
    return this.retentionHours * 3_600_000;
  }

  /** Every shard that was not thrown away, in the order in which they were opened. */
  get allShards(): readonly Shard[] {
    this.#dropExpired();
    return this.#shards;
  }

  get openShards(): readonly Shard[] {
    return this.#shards.filter(({ closedAt }) => closedAt === undefined);
  }

  shards(): readonly StreamShard[] {
    return this.allShards.map(({ shardId, parentShardId, adjacentParentShardId, closedAt }) => ({
      shardId,
      ...(parentShardId === undefined ? {} : { parentShardId }),
      ...(adjacentParentShardId === undefined ? {} : { adjacentParentShardId }),
      closed: closedAt !== undefined,
    }));
  }

  shard(shardId: string): Shard | undefined {
    return this.#shards.find((shard) => shard.shardId === shardId);
  }

  /** The open shard whose share has the hash key. */
  shardOf(hashKey: bigint): Shard | undefined {
    return this.openShards.find(({ range }) => hashKey >= range.start && hashKey <= range.end);
  }

  position(shardId: string, start: StreamStart): StreamPosition {
    return this.shard(shardId)?.log.position(start) ?? 0;
  }

  read(shardId: string, position: StreamPosition, limit: number): StreamPage<KinesisRecord> {
    return this.shard(shardId)?.log.read(position, limit) ?? { records: [], from: position, next: position };
  }

  subscribe(listener: (shardId: string) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a record to a shard, whether it has throughput left or not. */
  append({ shardId, log }: Shard, partitionKey: string, data: Uint8Array): KinesisRecord {
    const { clock, region } = this.#host;
    const record = new KinesisRecord(
      { streamArn: this.streamArn, shardId, region },
      { sequenceNumber: this.#nextSequenceNumber(), partitionKey, data, approximateArrival: clock.now },
    );
    log.append(record);
    this.#announce(shardId);
    return record;
  }

  /** Two shards take the place of one; the second begins at `newStart`. */
  split(parent: Shard, newStart: bigint): void {
    const { start, end } = parent.range;
    this.#close(parent);
    this.#open({ start, end: newStart - 1n }, parent.shardId);
    this.#open({ start: newStart, end }, parent.shardId);
    this.#announce(parent.shardId);
  }

  /** One shard takes the place of two whose shares lie side by side. */
  merge(first: Shard, second: Shard): void {
    const [low, high] = first.range.start < second.range.start ? [first, second] : [second, first];
    this.#close(first);
    this.#close(second);
    this.#open({ start: low.range.start, end: high.range.end }, first.shardId, second.shardId);
    this.#announce(first.shardId);
  }

  /** The stream is deleted. */
  dispose(): void {
    for (const shard of this.openShards) this.#close(shard);
    this.#listeners.clear();
  }

  #open(range: HashKeyRange, parentShardId?: string, adjacentParentShardId?: string): void {
    const { clock, throughput } = this.#host;
    const number = this.#shards.length === 0 ? 0 : Number(this.#shards.at(-1)?.shardId.slice(-12)) + 1;
    this.#shards.push({
      shardId: `shardId-${String(number).padStart(12, '0')}`,
      range,
      parentShardId,
      adjacentParentShardId,
      startingSequenceNumber: this.#nextSequenceNumber(),
      endingSequenceNumber: undefined,
      closedAt: undefined,
      log: new ShardLog<KinesisRecord>(clock, () => this.retentionMs),
      throughput: new Throughput(clock, throughput),
    });
  }

  #close(shard: Shard): void {
    shard.closedAt = this.#host.clock.now;
    shard.endingSequenceNumber = this.#nextSequenceNumber();
  }

  /** A closed shard is kept as long as a record of it could be. */
  #dropExpired(): void {
    const oldest = this.#host.clock.now - this.retentionMs;
    for (let index = this.#shards.length - 1; index >= 0; index -= 1) {
      const closedAt = this.#shards[index]?.closedAt;
      if (closedAt !== undefined && closedAt <= oldest) this.#shards.splice(index, 1);
    }
  }

  #nextSequenceNumber(): string {
    this.#sequence += 1n;
    return String(firstSequenceNumber + this.#sequence * sequenceStep);
  }

  #announce(shardId: string): void {
    for (const listener of [...this.#listeners]) listener(shardId);
  }
}
