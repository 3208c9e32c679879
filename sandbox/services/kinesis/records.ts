/** Putting records into a stream and getting them out again. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError, type ServiceHost } from '../service.ts';
import type { StreamPosition } from '../stream-reader.ts';
import type { DataStream, Shard } from './data-stream.ts';
import { hashOfPartitionKey, lastHashKey } from './hash-keys.ts';
import type * as api from './kinesis.types.ts';
import { ShardIterators } from './shard-iterators.ts';

interface CheckedRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
  readonly bytes: number;
  readonly hashKey: bigint;
}

export class Records {
  readonly #host: ServiceHost;
  readonly #iterators: ShardIterators;
  readonly #find: (name: string) => DataStream;

  /** `find` gives a stream by name, or throws. */
  constructor(host: ServiceHost, find: (name: string) => DataStream) {
    const { facts, clock, random } = host;
    this.#host = host;
    this.#find = find;
    this.#iterators = new ShardIterators(facts, clock, random.stream('kinesis iterators'));
  }

  /** @throws {ApiError} */
  put(stream: DataStream, entry: api.PutRecordsEntry): { readonly ShardId: string; readonly SequenceNumber: string } {
    return this.#add(stream, this.#check(entry));
  }

  /** Every record on its own: those that a shard refuses are told in the answer. @throws {ApiError} */
  putAll(stream: DataStream, entries: readonly api.PutRecordsEntry[]) {
    const { facts } = this.#host;
    const limit = factNumber(facts, 'kinesis-put-records', 'records');
    if (!Array.isArray(entries) || entries.length === 0 || entries.length > limit) {
      throw this.#validation(
        `Value at 'records' failed to satisfy constraint: Member must have length from 1 to ${limit}`,
      );
    }
    const checked = entries.map((entry: api.PutRecordsEntry) => this.#check(entry));
    const bytes = checked.reduce((sum, record) => sum + record.bytes, 0);
    const byteLimit = factNumber(facts, 'kinesis-put-records', 'bytes');
    if (bytes > byteLimit) throw this.#invalid(`Records size exceeds ${byteLimit} bytes: ${bytes}.`);
    const results = checked.map((record): api.PutRecordsResultEntry => {
      try {
        return this.#add(stream, record);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { ErrorCode: error.name, ErrorMessage: error.message };
      }
    });
    return { FailedRecordCount: results.filter((result) => 'ErrorCode' in result).length, Records: results };
  }

  iterator(stream: DataStream, input: api.GetShardIteratorInput): { readonly ShardIterator: string } {
    const shard = this.shard(stream, input.ShardId);
    const position = this.#startPosition(shard, input);
    return { ShardIterator: this.#iterators.write({ stream: stream.name, shard: shard.shardId, position }) };
  }

  get({ ShardIterator: iterator, Limit: limit }: api.GetRecordsInput): api.GetRecordsOutput {
    const { facts, clock } = this.#host;
    const most = factNumber(facts, 'kinesis-get-records', 'records');
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= most)) {
      throw this.#validation(
        `Value '${limit}' at 'limit' failed to satisfy constraint: Member must be from 1 to ${most}`,
      );
    }
    const place = this.#iterators.read(iterator);
    const stream = this.#find(place.stream);
    const shard = this.shard(stream, place.shard);
    const { records, next } = shard.log.read(place.position, limit ?? most);
    const isAtEnd = shard.closedAt !== undefined && next >= shard.log.end;
    const [following] = shard.log.read(next, 1).records;
    return {
      Records: records.map(({ sequenceNumber, approximateArrival, data, partitionKey }) => ({
        SequenceNumber: sequenceNumber,
        ApproximateArrivalTimestamp: new Date(approximateArrival),
        Data: data,
        PartitionKey: partitionKey,
      })),
      ...(isAtEnd ? {} : { NextShardIterator: this.#iterators.write({ ...place, position: next }) }),
      MillisBehindLatest: following === undefined ? 0 : Math.round(clock.now - following.approximateArrival),
    };
  }

  /** @throws {ApiError} ResourceNotFoundException */
  shard(stream: DataStream, shardId: string): Shard {
    const shard = stream.shard(shardId);
    if (shard !== undefined) return shard;
    const { accountId } = this.#host.location;
    throw factError(this.#host.facts, 'err-kinesis', 'noShard', { shard: shardId, stream: stream.name, accountId });
  }

  #startPosition({ log }: Shard, input: api.GetShardIteratorInput): StreamPosition {
    const { ShardIteratorType: type, StartingSequenceNumber: sequenceNumber, Timestamp: timestamp } = input;
    switch (type) {
      case 'TRIM_HORIZON':
      case 'LATEST':
        return log.position({ type });
      case 'AT_TIMESTAMP':
        if (timestamp === undefined)
          throw this.#invalid('Must specify timestampMillis parameter for iterator of type AT_TIMESTAMP.');
        return log.position({ type, timestamp: new Date(timestamp).getTime() });
      case 'AT_SEQUENCE_NUMBER':
      case 'AFTER_SEQUENCE_NUMBER': {
        if (sequenceNumber === undefined || !/^\d+$/.test(sequenceNumber)) {
          throw this.#invalid(`Must specify startingSequenceNumber parameter for iterator of type ${type}.`);
        }
        const at = log.positionOf(sequenceNumber);
        const isThere = log.read(at, 1).records[0]?.sequenceNumber === sequenceNumber;
        return type === 'AFTER_SEQUENCE_NUMBER' && isThere ? at + 1 : at;
      }
      default:
        throw this.#validation(
          `Value '${type}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
        );
    }
  }

  #check({ Data: given, PartitionKey: partitionKey, ExplicitHashKey: explicit }: api.PutRecordsEntry): CheckedRecord {
    const data = typeof given === 'string' ? new TextEncoder().encode(given) : given;
    if (!(data instanceof Uint8Array))
      throw this.#validation("Value null at 'data' failed to satisfy constraint: Member must not be null");
    if (typeof partitionKey !== 'string' || partitionKey.length < 1 || partitionKey.length > 256) {
      throw this.#validation(
        "Value at 'partitionKey' failed to satisfy constraint: Member must have length from 1 to 256",
      );
    }
    const bytes = data.length + new TextEncoder().encode(partitionKey).length;
    const limit = factNumber(this.#host.facts, 'kinesis-record-size');
    if (bytes > limit)
      throw this.#validation(
        `Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
      );
    return { partitionKey, data, bytes, hashKey: this.#hashKey(partitionKey, explicit) };
  }

  #hashKey(partitionKey: string, explicit: string | undefined): bigint {
    if (explicit === undefined) return hashOfPartitionKey(partitionKey);
    const key = /^(0|[1-9]\d{0,38})$/.test(explicit) ? BigInt(explicit) : undefined;
    if (key === undefined || key > lastHashKey)
      throw this.#invalid(
        `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicit}`,
      );
    return key;
  }

  #add(stream: DataStream, record: CheckedRecord): { readonly ShardId: string; readonly SequenceNumber: string } {
    const { clock, trace, facts, location } = this.#host;
    const { partitionKey, data, bytes, hashKey } = record;
    const shard = stream.shardOf(hashKey);
    if (shard === undefined) throw new Error(`No shard of ${stream.name} has the hash key ${hashKey}.`);
    const { shardId } = shard;
    if (!shard.throughput.take(bytes)) {
      trace.emit({ type: 'recordRefused', time: clock.now, streamName: stream.name, shardId, partitionKey });
      throw factError(facts, 'err-kinesis', 'throughput', {
        shard: shardId,
        stream: stream.name,
        accountId: location.accountId,
      });
    }
    const { sequenceNumber } = stream.append(shard, partitionKey, data);
    trace.emit({
      type: 'recordPut',
      time: clock.now,
      streamName: stream.name,
      shardId,
      sequenceNumber,
      partitionKey,
      bytes,
    });
    return { ShardId: shardId, SequenceNumber: sequenceNumber };
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-kinesis', 'invalidArgument', { reason });
  }

  #validation(reason: string): Error {
    return factError(this.#host.facts, 'err-kinesis', 'validation', { reason });
  }
}
