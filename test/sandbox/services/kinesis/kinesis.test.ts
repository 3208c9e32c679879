/** Data streams on the virtual clock: where records go, what a shard takes, how long it keeps it, how it is read. */
import { expect, test } from 'vitest';
import { Kinesis } from '../../../../sandbox/services/kinesis/kinesis.ts';
import { call, newHost, refusal, startTime } from '../host.ts';

function begin(shards = 2) {
  const host = newHost();
  const { operations } = new Kinesis(host);
  call(operations.CreateStream, { StreamName: 'clicks', ShardCount: shards });
  const put = (key: string, data = 'x', more: { ExplicitHashKey?: string } = {}) =>
    call(operations.PutRecord, {
      StreamName: 'clicks',
      PartitionKey: key,
      Data: new TextEncoder().encode(data),
      ...more,
    });
  const shards_ = () => call(operations.ListShards, { StreamName: 'clicks' }).Shards;
  const iterator = (shard: number, type: string, more: { StartingSequenceNumber?: string; Timestamp?: Date } = {}) =>
    call(operations.GetShardIterator, {
      StreamName: 'clicks',
      ShardId: `shardId-00000000000${shard}`,
      ShardIteratorType: type,
      ...more,
    }).ShardIterator;
  const get = (ShardIterator: string | undefined, Limit?: number) => {
    const { Records, ...rest } = call(operations.GetRecords, { ShardIterator: ShardIterator ?? '', Limit });
    return { ...rest, keys: Records.map(({ PartitionKey }) => PartitionKey), Records };
  };
  return { host, operations, put, shards: shards_, iterator, get };
}

test('a record goes to the shard that its partition key hashes to', () => {
  const { shards, put } = begin(2);
  expect(shards().map(({ HashKeyRange }) => HashKeyRange)).toEqual([
    { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' },
    {
      StartingHashKey: '170141183460469231731687303715884105728',
      EndingHashKey: '340282366920938463463374607431768211455',
    },
  ]);
  // md5('a') = 0cc1…, md5('b') = 92eb…
  expect(put('a').ShardId).toBe('shardId-000000000000');
  expect(put('b').ShardId).toBe('shardId-000000000001');
  expect(put('a', 'x', { ExplicitHashKey: '340282366920938463463374607431768211455' }).ShardId).toBe(
    'shardId-000000000001',
  );
});

test('sequence numbers grow', () => {
  const { put } = begin(1);
  const [first, second] = [put('a'), put('b')];
  expect(first.SequenceNumber).toMatch(/^\d{56}$/);
  expect(BigInt(second.SequenceNumber) > BigInt(first.SequenceNumber)).toBe(true);
});

test('a consumer reads on with the next iterator, and hears how far it is behind', () => {
  const { host, put, iterator, get } = begin(1);
  put('a', 'one');
  host.clock.advance({ seconds: 2 });
  put('b');
  put('c');
  host.clock.advance({ seconds: 3 });
  const first = get(iterator(0, 'TRIM_HORIZON'), 1);
  expect(first.keys).toEqual(['a']);
  expect(first.MillisBehindLatest).toBe(3000);
  expect(first.Records[0]?.ApproximateArrivalTimestamp.getTime()).toBe(startTime);
  expect(new TextDecoder().decode(first.Records[0]?.Data)).toBe('one');
  const second = get(first.NextShardIterator);
  expect(second).toMatchObject({ keys: ['b', 'c'], MillisBehindLatest: 0 });
  put('d');
  expect(get(second.NextShardIterator).keys).toEqual(['d']);
});

test('iterators begin where they are told', () => {
  const { host, put, iterator, get } = begin(1);
  put('a');
  const { SequenceNumber } = put('b');
  host.clock.advance({ seconds: 1 });
  put('c');
  expect(get(iterator(0, 'AT_SEQUENCE_NUMBER', { StartingSequenceNumber: SequenceNumber })).keys).toEqual(['b', 'c']);
  expect(get(iterator(0, 'AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: SequenceNumber })).keys).toEqual(['c']);
  expect(get(iterator(0, 'AT_TIMESTAMP', { Timestamp: new Date(startTime + 1) })).keys).toEqual(['c']);
  const latest = iterator(0, 'LATEST');
  put('d');
  expect(get(latest).keys).toEqual(['d']);
});

test('an iterator is good for five minutes', () => {
  const { host, iterator, get } = begin(1);
  const old = iterator(0, 'LATEST');
  host.clock.advance({ minutes: 5 });
  expect(get(old).keys).toEqual([]);
  host.clock.advance({ milliseconds: 1 });
  expect(refusal(() => get(old))).toBe(
    'ExpiredIteratorException: Iterator expired. The iterator was created at time 2026-01-05T09:00:00.000Z while right ' +
      'now it is 2026-01-05T09:05:00.001Z which is further in the future than the tolerated delay of 300000 milliseconds.',
  );
  expect(refusal(() => get('nonsense'))).toBe('InvalidArgumentException: Invalid ShardIterator.');
});

test('a shard takes 1,000 records a second', () => {
  const { host, put } = begin(2);
  for (let count = 0; count < 1000; count += 1) put('a');
  expect(refusal(() => put('a'))).toBe(
    'ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream clicks under account 123456789012.',
  );
  expect(put('b').ShardId).toBe('shardId-000000000001');
  host.clock.advance({ milliseconds: 2 });
  put('a');
  put('a');
  expect(refusal(() => put('a'))).toContain('ProvisionedThroughputExceededException');
});

test('a shard takes 1 MiB a second, and PutRecords says which records were too much', () => {
  const { host, operations } = begin(1);
  const half = 'x'.repeat(524_287);
  const result = call(operations.PutRecords, {
    StreamName: 'clicks',
    Records: ['a', 'b', 'c'].map((PartitionKey) => ({ PartitionKey, Data: half })),
  });
  expect(result.FailedRecordCount).toBe(1);
  expect(result.Records[2]).toEqual({
    ErrorCode: 'ProvisionedThroughputExceededException',
    ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream clicks under account 123456789012.',
  });
  expect(host.story('partitionKey')).toEqual(['recordPut a', 'recordPut b', 'recordRefused c']);
});

test('records go after the retention, 24 hours unless it is changed', () => {
  const { host, operations, put, iterator, get } = begin(1);
  put('a');
  host.clock.advance({ hours: 23 });
  call(operations.IncreaseStreamRetentionPeriod, { StreamName: 'clicks', RetentionPeriodHours: 48 });
  host.clock.advance({ hours: 24 });
  expect(get(iterator(0, 'TRIM_HORIZON')).keys).toEqual(['a']);
  host.clock.advance({ hours: 1 });
  expect(get(iterator(0, 'TRIM_HORIZON')).keys).toEqual([]);
  expect(
    refusal(() => call(operations.IncreaseStreamRetentionPeriod, { StreamName: 'clicks', RetentionPeriodHours: 24 })),
  ).toContain('can not be shorter than existing retention period (48 hours)');
});

test('a shard is split in two, and its reader comes to its end', () => {
  const { operations, put, shards, iterator, get } = begin(1);
  put('a');
  call(operations.SplitShard, {
    StreamName: 'clicks',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: '170141183460469231731687303715884105728',
  });
  expect(shards().map(({ ShardId, ParentShardId }) => [ShardId, ParentShardId])).toEqual([
    ['shardId-000000000000', undefined],
    ['shardId-000000000001', 'shardId-000000000000'],
    ['shardId-000000000002', 'shardId-000000000000'],
  ]);
  expect(put('a').ShardId).toBe('shardId-000000000001');
  expect(put('b').ShardId).toBe('shardId-000000000002');
  expect(get(iterator(0, 'TRIM_HORIZON'))).toMatchObject({ keys: ['a'], MillisBehindLatest: 0 });
  expect(get(iterator(0, 'TRIM_HORIZON')).NextShardIterator).toBeUndefined();
  call(operations.MergeShards, {
    StreamName: 'clicks',
    ShardToMerge: 'shardId-000000000001',
    AdjacentShardToMerge: 'shardId-000000000002',
  });
  expect(put('b').ShardId).toBe('shardId-000000000003');
});

test('Lambda gets this of a record', () => {
  const host = newHost();
  const kinesis = new Kinesis(host);
  call(kinesis.operations.CreateStream, { StreamName: 'clicks', ShardCount: 1 });
  const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks';
  host.clock.advance({ milliseconds: 1500 });
  const { SequenceNumber } = call(kinesis.operations.PutRecord, {
    StreamARN: streamArn,
    PartitionKey: '1',
    Data: new TextEncoder().encode('Hello, this is a test.'),
  });
  const [record] = kinesis.streamReader(streamArn)?.read('shardId-000000000000', 0, 10).records ?? [];
  expect(record?.toEventRecord('arn:aws:iam::123456789012:role/lambda-role')).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: '1',
      sequenceNumber: SequenceNumber,
      data: 'SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==',
      approximateArrivalTimestamp: 1767603601.5,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'us-east-1',
    eventSourceARN: streamArn,
  });
});

test.each<[string, (begun: ReturnType<typeof begin>) => unknown, string]>([
  [
    'an unknown stream',
    ({ operations }) => call(operations.ListShards, { StreamName: 'other' }),
    'ResourceNotFoundException: Stream other under account 123456789012 not found.',
  ],
  [
    'the same name again',
    ({ operations }) => call(operations.CreateStream, { StreamName: 'clicks', ShardCount: 1 }),
    'ResourceInUseException: Stream clicks under account 123456789012 already exists.',
  ],
  [
    'no shards',
    ({ operations }) => call(operations.CreateStream, { StreamName: 'other', ShardCount: 0 }),
    'InvalidArgumentException: ShardCount must be a whole number from 1 to 500.',
  ],
  [
    'an unknown shard',
    ({ iterator }) => iterator(7, 'LATEST'),
    'ResourceNotFoundException: Shard shardId-000000000007 in stream clicks under account 123456789012 does not exist',
  ],
  [
    'a record above 1 MiB',
    ({ put }) => put('a', 'x'.repeat(1_048_576)),
    "ValidationException: 1 validation error detected: Value at 'data'",
  ],
  [
    'no partition key',
    ({ put }) => put(''),
    "ValidationException: 1 validation error detected: Value at 'partitionKey'",
  ],
  [
    '501 records',
    ({ operations }) =>
      call(operations.PutRecords, {
        StreamName: 'clicks',
        Records: Array.from({ length: 501 }, () => ({ PartitionKey: 'a', Data: 'x' })),
      }),
    "Value at 'records' failed to satisfy constraint: Member must have length from 1 to 500",
  ],
])('refuses %s', (_, action, message) => {
  expect(refusal(() => action(begin()))).toContain(message);
});
