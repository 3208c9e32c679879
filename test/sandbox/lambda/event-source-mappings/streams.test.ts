/** Mappings of streams on the virtual clock: polling, order, retries, bisecting, destinations, windows, shards. */
import { describe, expect, test } from 'vitest';
import type { CreateEventSourceMappingRequest } from '../../../../sandbox/lambda/event-source-mappings/mapping.types.ts';
import { call } from '../../services/host.ts';
import { begin, contentOf, streamArn, type FunctionEvent, type MappingStory } from './story.ts';

const dead = 'arn:aws:sqs:us-east-1:123456789012:dead';

/** A stream that is mapped from its beginning. */
function beginStream(request: Partial<CreateEventSourceMappingRequest> = {}, shards = 1): MappingStory {
  const story = begin();
  story.createStream(shards);
  story.map({ EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON', ...request });
  return story;
}

const has = (event: FunctionEvent, data: string): boolean => event.Records.some((record) => contentOf(record) === data);
const sequence = (event: FunctionEvent, data: string): unknown =>
  event.Records.find((record) => contentOf(record) === data)?.kinesis?.sequenceNumber;

describe('polling', () => {
  test('Lambda looks once a second, and passes on what there is', () => {
    const { seconds, put, told, eventsOf } = beginStream();
    seconds(4.3);
    put(['a', 'one'], ['b', 'two']);
    seconds(0.2);
    put(['a', 'three']);
    seconds(2);
    expect(told()).toEqual(['5.0 one two three']);
    expect(eventsOf('batchStarted').map(({ iteratorAgeMs, shardId }) => [iteratorAgeMs, shardId])).toEqual([
      [500, 'shardId-000000000000'],
    ]);
  });

  test('more batches follow at once while there are records', () => {
    const { seconds, put, told } = beginStream({ BatchSize: 2 });
    put(['a', '1'], ['a', '2'], ['a', '3'], ['a', '4'], ['a', '5']);
    seconds(3);
    expect(told()).toEqual(['0.0 1 2', '0.1 3 4', '0.2 5']);
  });

  test('a window gathers records', () => {
    const { seconds, put, told } = beginStream({ BatchSize: 3, MaximumBatchingWindowInSeconds: 10 });
    put(['a', '1']);
    seconds(4.5);
    put(['a', '2']);
    seconds(10);
    put(['a', '3'], ['a', '4'], ['a', '5'], ['a', '6']);
    seconds(20);
    expect(told()).toEqual(['10.0 1 2', '15.0 3 4 5', '25.1 6']);
  });

  test('an idle month costs nothing', () => {
    const { host, put, told } = beginStream();
    // The first look finds nothing; then nothing is due.
    host.clock.advance({ seconds: 1 });
    expect(host.clock.pending).toBe(0);
    host.clock.advance({ days: 30 });
    put(['a', 'one']);
    host.clock.advance({ seconds: 1 });
    expect(told()).toEqual(['2592001.0 one']);
  });

  test('a batch has at most 6 MB', () => {
    const { createStream, map, seconds, put, invocations } = begin();
    createStream();
    for (let count = 0; count < 8; count += 1) {
      put(['a', 'x'.repeat(770_000)]);
      seconds(1);
    }
    map({ EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON' });
    seconds(1);
    // In base64 each is 1,026,668 characters long.
    expect(invocations.map(({ event }) => event.Records.length)).toEqual([6, 2]);
  });
});

describe('where it begins', () => {
  test('LATEST misses what came before the mapping was enabled', () => {
    const { createStream, map, put, seconds, told, mappings, host } = begin();
    createStream();
    put(['a', 'before']);
    mappings.create({ EventSourceArn: streamArn, FunctionName: 'worker', StartingPosition: 'LATEST' });
    host.clock.advance({ seconds: 5 });
    put(['a', 'meanwhile']);
    host.clock.advance({ seconds: 5 });
    put(['a', 'after']);
    seconds(1);
    expect(told().map((line) => line.split(' ').slice(1))).toEqual([['after']]);
    expect(() => map({ EventSourceArn: streamArn, StartingPosition: 'LATEST' })).toThrow(
      'provided mapping already exists',
    );
  });

  test('AT_TIMESTAMP begins at a time', () => {
    const { createStream, map, put, seconds, told } = begin();
    createStream();
    put(['a', '1']);
    seconds(60);
    put(['a', '2']);
    map({
      EventSourceArn: streamArn,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: new Date('2026-01-05T09:00:30Z'),
    });
    seconds(1);
    expect(told().map((line) => line.split(' ').slice(1))).toEqual([['2']]);
  });
});

describe('a failed batch', () => {
  test('blocks its shard until it succeeds, and only its shard', () => {
    const { seconds, put, told, answer } = beginStream({ BatchSize: 1 }, 2);
    answer((event, count) => ({ error: has(event, 'bad') && count < 5 }));
    // 'a' hashes to the first shard, 'b' to the second.
    put(['a', 'bad'], ['a', 'next'], ['b', 'other']);
    seconds(20);
    expect(told()).toEqual(['0.0 bad', '0.0 other', '1.1 bad', '3.2 bad', '7.3 bad', '7.4 next']);
  });

  test('is given up after its retries, and the destination is told where the records are', () => {
    const { seconds, put, told, answer, delivered, eventsOf } = beginStream({
      MaximumRetryAttempts: 2,
      BatchSize: 2,
      DestinationConfig: { OnFailure: { Destination: dead } },
    });
    answer((event) => ({ error: has(event, 'bad') }));
    put(['a', 'fine'], ['a', 'bad'], ['a', 'next']);
    const [first, second] = eventsOf('recordPut').map(({ sequenceNumber }) => sequenceNumber);
    seconds(20);
    expect(told()).toEqual(['0.0 fine bad', '1.1 fine bad', '3.2 fine bad', '3.3 next']);
    expect(delivered).toEqual([
      {
        arn: dead,
        caller: expect.objectContaining({
          kind: 'role',
          roleArn: 'arn:aws:iam::123456789012:role/service-role/worker-role',
        }) as unknown,
        body: {
          requestContext: {
            requestId: 'request-3',
            functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:worker',
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 3,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-05T09:00:13.300Z',
          KinesisBatchInfo: {
            shardId: 'shardId-000000000000',
            startSequenceNumber: first,
            endSequenceNumber: second,
            approximateArrivalOfFirstRecord: '2026-01-05T09:00:10.000Z',
            approximateArrivalOfLastRecord: '2026-01-05T09:00:10.000Z',
            batchSize: 2,
            streamArn,
          },
        },
      },
    ]);
    expect(eventsOf('recordsDiscarded')).toMatchObject([
      { count: 2, condition: 'RetryAttemptsExhausted', destinationArn: dead },
    ]);
  });

  test('is told in full to a bucket', () => {
    const { seconds, put, answer, delivered } = beginStream({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
    });
    answer(() => ({ error: true }));
    put(['a', 'bad']);
    seconds(2);
    expect(delivered[0]?.arn).toMatch(
      /^arn:aws:s3:::failures\/aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/2026\/01\/05\/2026-01-05T09\.00\.10-[0-9a-f-]{36}$/,
    );
    const { payload } = delivered[0]?.body as { payload: string };
    expect((JSON.parse(payload) as FunctionEvent).Records.map(contentOf)).toEqual(['bad']);
  });

  test('is given up although its destination cannot be reached', () => {
    const { seconds, put, told, answer, eventsOf } = beginStream({
      MaximumRetryAttempts: 0,
      BatchSize: 1,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:missing' } },
    });
    answer((event) => ({ error: has(event, 'bad') }));
    put(['a', 'bad'], ['a', 'next']);
    seconds(2);
    expect(told()).toEqual(['0.0 bad', '0.1 next']);
    expect(eventsOf('recordsDiscarded')).toMatchObject([{ deliveryError: 'The specified queue does not exist.' }]);
  });

  test('gives up records that are too old', () => {
    const { seconds, put, told, answer, delivered } = beginStream({
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: dead } },
    });
    answer((event) => ({ error: has(event, 'bad') }));
    put(['a', 'bad']);
    seconds(40);
    put(['a', 'young']);
    seconds(60);
    // Tried after 0, 1, 2, 4, 8, 16 and 32 seconds of waiting; the next one comes too late.
    expect(told()).toEqual(['0.0 bad', '1.1 bad', '3.2 bad', '7.3 bad', '15.4 bad', '31.5 bad', '63.6 young']);
    expect(delivered[0]?.body.requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 6,
    });
  });

  test('without limits is tried until its records expire, a day later', () => {
    const { host, put, answer, told, eventsOf } = beginStream({ BatchSize: 1 });
    answer((event) => ({ error: has(event, 'bad') }));
    put(['a', 'bad']);
    host.clock.advance({ hours: 23 });
    put(['a', 'next']);
    host.clock.advance({ hours: 2 });
    expect(told().length).toBeGreaterThan(1400);
    expect(told().at(-1)).toMatch(/^864\d\d\.\d next$/);
    expect(eventsOf('recordsDiscarded').map(({ condition, count }) => [condition, count])).toEqual([['Expired', 1]]);
  });

  test('throttles use up no retry', () => {
    const { host, seconds, put, told, answer, eventsOf } = beginStream({ MaximumRetryAttempts: 0 });
    answer(() => ({ throttle: host.clock.now < Date.parse('2026-01-05T09:00:15Z') }));
    put(['a', 'one']);
    seconds(20);
    expect(told()).toEqual(['7.0 one']);
    expect(eventsOf('batchEnded').map(({ outcome, retryAt }) => [outcome, retryAt === undefined])).toEqual([
      ['throttled', false],
      ['throttled', false],
      ['throttled', false],
      ['success', true],
    ]);
  });
});

describe('BisectBatchOnFunctionError', () => {
  test('finds the poison record, and splitting uses up no retry', () => {
    const { seconds, put, told, answer, delivered } = beginStream({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: dead } },
    });
    answer((event) => ({ error: has(event, 'bad') }));
    put(['a', '1'], ['a', '2'], ['a', 'bad'], ['a', '4']);
    seconds(30);
    expect(told()).toEqual(['0.0 1 2 bad 4', '1.1 1 2', '1.2 bad 4', '2.3 bad', '3.4 bad', '3.5 4']);
    expect(delivered).toHaveLength(1);
    expect(delivered[0]?.body.KinesisBatchInfo).toMatchObject({ batchSize: 1 });
  });

  test('the trace tells into which batches', () => {
    const { seconds, put, answer, eventsOf } = beginStream({ BisectBatchOnFunctionError: true });
    answer((_, count) => ({ error: count === 1 }));
    put(['a', '1'], ['a', '2'], ['a', '3']);
    seconds(5);
    expect(eventsOf('batchSplit')).toMatchObject([
      {
        batch: 1,
        into: [
          [2, 2],
          [3, 1],
        ],
      },
    ]);
  });
});

describe('ReportBatchItemFailures', () => {
  const report = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

  test('goes on from the lowest failed sequence number', () => {
    const { seconds, put, told, answer } = beginStream(report);
    answer((event, count) => ({
      result: {
        batchItemFailures: count === 1 ? ['4', '2'].map((data) => ({ itemIdentifier: sequence(event, data) })) : [],
      },
    }));
    put(['a', '1'], ['a', '2'], ['a', '3'], ['a', '4'], ['a', '5']);
    seconds(5);
    expect(told()).toEqual(['0.0 1 2 3 4 5', '1.1 2 3 4 5']);
  });

  test('with bisecting isolates the poison record', () => {
    const { seconds, put, told, answer, delivered } = beginStream({
      ...report,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: dead } },
    });
    answer((event) => ({
      result: { batchItemFailures: has(event, 'bad') ? [{ itemIdentifier: sequence(event, 'bad') }] : [] },
    }));
    put(['a', '1'], ['a', 'bad'], ['a', '3'], ['a', '4']);
    seconds(30);
    expect(told()).toEqual(['0.0 1 bad 3 4', '1.1 bad 3 4', '3.2 bad 3', '4.3 bad', '4.4 3', '4.5 4']);
    expect(delivered.map(({ body }) => (body.KinesisBatchInfo as { batchSize: number }).batchSize)).toEqual([1]);
  });
});

describe('ParallelizationFactor', () => {
  test('runs several batches of a shard at a time, with the order of each key kept', () => {
    const { seconds, put, invocations, answer, eventsOf } = beginStream({ ParallelizationFactor: 10, BatchSize: 2 });
    answer(() => ({ ms: 1000 }));
    const keys = Array.from({ length: 30 }, (_, index) => `key${index}`);
    put(...keys.flatMap((key) => [1, 2, 3].map((count) => [key, `${key}-${count}`] as const)));
    seconds(0);
    expect(invocations).toHaveLength(10);
    seconds(60);
    const seen = invocations.flatMap(({ event }) => event.Records.map(contentOf));
    expect(seen).toHaveLength(90);
    for (const key of keys) {
      expect(seen.filter((data) => data.startsWith(`${key}-`))).toEqual([1, 2, 3].map((count) => `${key}-${count}`));
    }
    expect(eventsOf('batchStarted').every(({ size }) => size <= 2)).toBe(true);
  });

  test('a poison key does not stop the others', () => {
    const { seconds, put, told, answer } = beginStream({ ParallelizationFactor: 2, BatchSize: 1 });
    answer((event) => ({ error: has(event, 'bad') }));
    // 'a' and 'b' fall to different lanes.
    put(['a', 'bad'], ['a', 'behind'], ['b', 'free'], ['b', 'too']);
    seconds(1);
    expect(told()).toEqual(['0.0 bad', '0.0 free', '0.1 too']);
  });
});

describe('tumbling windows', () => {
  test('pass a state on until the window is over', () => {
    const { seconds, put, invocations, answer } = beginStream({ TumblingWindowInSeconds: 60, BatchSize: 2 });
    answer(({ Records, state }) => ({
      result: { state: { count: ((state as { count?: number }).count ?? 0) + Records.length } },
    }));
    put(['a', '1'], ['a', '2'], ['a', '3']);
    seconds(30);
    put(['a', '4']);
    seconds(30);
    put(['a', '5']);
    seconds(120);
    const windows = invocations.map(({ at, event }) => [
      at,
      event.Records.map(contentOf).join(''),
      event.state,
      event.isFinalInvokeForWindow,
    ]);
    // The mapping began at 09:00:10, windows begin with the minutes.
    expect(windows).toEqual([
      [0, '12', {}, false],
      [0.1, '3', { count: 2 }, false],
      [30, '4', { count: 3 }, false],
      [50, '', { count: 4 }, true],
      [60, '5', {}, false],
      [110, '', { count: 1 }, true],
    ]);
    expect(invocations[3]?.event).toMatchObject({
      Records: [],
      window: { start: '2026-01-05T09:00:00Z', end: '2026-01-05T09:01:00Z' },
      shardId: 'shardId-000000000000',
      eventSourceARN: streamArn,
      isWindowTerminatedEarly: false,
    });
  });

  test('end early when the state is above 1 MB', () => {
    const { seconds, put, invocations, answer } = beginStream({ TumblingWindowInSeconds: 60 });
    answer(({ isFinalInvokeForWindow }) => ({
      result: { state: isFinalInvokeForWindow === true ? {} : 'x'.repeat(1_048_576) },
    }));
    put(['a', '1']);
    seconds(1);
    expect(
      invocations.map(({ event }) => [
        event.Records.length,
        event.isFinalInvokeForWindow,
        event.isWindowTerminatedEarly,
      ]),
    ).toEqual([
      [1, false, false],
      [0, true, true],
    ]);
  });
});

describe('shards', () => {
  test('a parent is done before its children begin', () => {
    const { kinesis, seconds, put, told, answer } = beginStream({ BatchSize: 1 });
    answer((event, count) => ({ error: has(event, 'bad') && count < 3 }));
    put(['a', 'bad'], ['b', 'old']);
    call(kinesis.operations.SplitShard, {
      StreamName: 'clicks',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '170141183460469231731687303715884105728',
    });
    put(['a', 'new a'], ['b', 'new b']);
    seconds(20);
    expect(told()).toEqual(['0.0 bad', '1.1 bad', '3.2 bad', '3.3 old', '4.0 new a', '4.0 new b']);
  });

  test('a mapping goes on where it stopped when it is enabled again or changed', () => {
    const { mappings, seconds, put, told, invocations, answer } = beginStream({ BatchSize: 1 });
    const [mapping] = mappings.list().EventSourceMappings;
    const UUID = mapping?.UUID ?? '';
    answer(() => ({ ms: 5000 }));
    put(['a', '1'], ['a', '2'], ['a', '3']);
    seconds(1);
    mappings.update({ UUID, Enabled: false });
    seconds(60);
    expect(told()).toEqual(['0.0 1']);
    mappings.update({ UUID, Enabled: true, ParallelizationFactor: 2 });
    seconds(60);
    expect(invocations.map(({ event }) => event.Records.map(contentOf).join(''))).toEqual(['1', '2', '3']);
  });
});

test('filters leave records out, and look at the data as JSON', () => {
  const story = begin();
  story.createStream();
  story.map({
    EventSourceArn: streamArn,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 2,
    FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["order"]}}' }, { Pattern: '{"partitionKey":["vip"]}' }] },
  });
  story.put(
    ['a', '{"kind":"visit"}'],
    ['a', '{"kind":"order","id":1}'],
    ['vip', 'hello'],
    ['a', 'order'],
    ['a', '{"kind":"order","id":2}'],
  );
  story.seconds(2);
  expect(story.told()).toEqual(['0.0 {"kind":"order","id":1} hello', '0.1 {"kind":"order","id":2}']);
  expect(story.eventsOf('itemsFiltered').map(({ count }) => count)).toEqual([1, 1]);
});
