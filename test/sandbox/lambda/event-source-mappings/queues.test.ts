/** Mappings of queues on the virtual clock: batches, windows, failures, throttles, scaling, filters. */
import { describe, expect, test } from 'vitest';
import { begin, queueArn } from './story.ts';

const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const redrive = (maxReceiveCount: number, queue = 'failed') => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(queue), maxReceiveCount }),
});

describe('a batch', () => {
  test('reaches the function as soon as its messages arrive, and they are deleted when it succeeds', () => {
    const { createQueue, map, send, seconds, told, counts, host } = begin();
    createQueue();
    map({});
    seconds(5);
    send('one');
    seconds(0);
    expect(told()).toEqual(['5.0 one']);
    expect(counts()).toBe('0 1 0');
    seconds(0.1);
    expect(counts()).toBe('0 0 0');
    expect(host.story('state', 'outcome', 'size', 'attempt', 'cause')).toEqual([
      'mappingChanged Creating',
      'mappingChanged Enabled',
      'messageSent',
      'messageReceived',
      'batchStarted 1 1',
      'messageDeleted deleted',
      'batchEnded success 1',
    ]);
  });

  test('has at most ten messages unless it is set otherwise', () => {
    const { createQueue, map, send, seconds, invocations } = begin();
    createQueue();
    map({});
    words.forEach((word) => send(word));
    seconds(0);
    expect(invocations.map(({ event }) => event.Records.length)).toEqual([10, 2]);
  });

  test('has the shape of an SQS event', () => {
    const { createQueue, map, send, seconds, invocations, host } = begin();
    createQueue();
    map({});
    const messageId = send('one', { MessageAttributes: { shop: { DataType: 'String', StringValue: 'north' } } });
    seconds(0);
    const sent = String(host.clock.now);
    expect(invocations[0]?.event).toEqual({
      Records: [
        {
          messageId,
          receiptHandle: expect.stringMatching(/^AQEB/) as unknown,
          body: 'one',
          attributes: {
            SenderId: '123456789012',
            ApproximateFirstReceiveTimestamp: sent,
            ApproximateReceiveCount: '1',
            SentTimestamp: sent,
          },
          messageAttributes: {
            shop: { stringValue: 'north', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
          md5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
          eventSource: 'aws:sqs',
          eventSourceARN: queueArn(),
          awsRegion: 'us-east-1',
        },
      ],
    });
  });

  test('is invoked by Lambda for the mapping, with the X-Ray header of what it passes on', () => {
    const { createQueue, map, send, seconds, invocations } = begin();
    createQueue();
    const { EventSourceMappingArn: sourceArn } = map({});
    const header = 'Root=1-695b7a10-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0';
    send('one', { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: header } } });
    seconds(0);
    expect(invocations[0]).toMatchObject({
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:worker',
      caller: { kind: 'service', principal: 'lambda.amazonaws.com', sourceArn, traceId: header },
    });
  });

  test('waits for its window to pass or to be full', () => {
    const { createQueue, map, send, seconds, told } = begin();
    createQueue();
    map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 20 });
    send('one');
    seconds(8);
    send('two');
    seconds(12);
    expect(told()).toEqual(['20.0 one two']);
    send('three');
    seconds(5);
    send('four');
    send('five');
    send('six');
    seconds(20);
    expect(told().slice(1)).toEqual(['25.0 three four five', '45.0 six']);
  });

  test('has at most 6 MB', () => {
    const { createQueue, map, send, seconds, invocations } = begin();
    createQueue();
    map({});
    const large = 'x'.repeat(1_000_000);
    for (let count = 0; count < 8; count += 1) send(large);
    seconds(0);
    expect(invocations.map(({ event }) => event.Records.length)).toEqual([6, 2]);
  });
});

describe('a failed batch', () => {
  test('comes again after the visibility timeout, with the receive counted', () => {
    const { createQueue, map, send, seconds, told, answer, invocations } = begin();
    createQueue('orders', { VisibilityTimeout: '18' });
    map({});
    answer((_, count) => ({ error: count === 1 }));
    send('one');
    seconds(60);
    expect(told()).toEqual(['0.0 one', '18.0 one']);
    expect(invocations[1]?.event.Records[0]?.attributes).toMatchObject({ ApproximateReceiveCount: '2' });
  });

  test('ends in the dead-letter queue when it was received too often', () => {
    const { createQueue, map, send, seconds, told, answer, counts } = begin();
    createQueue('failed');
    createQueue('orders', { VisibilityTimeout: '18', ...redrive(3) });
    map({});
    answer(() => ({ error: true }));
    send('poison');
    seconds(53);
    expect(told()).toEqual(['0.0 poison', '18.0 poison', '36.0 poison']);
    expect(counts('failed')).toBe('0 0 0');
    seconds(1);
    expect(counts('failed')).toBe('1 0 0');
    expect(counts()).toBe('0 0 0');
    seconds(600);
    expect(told()).toHaveLength(3);
  });

  test('comes again as a whole when the function does not say which messages failed', () => {
    const { createQueue, map, send, seconds, told, answer } = begin();
    createQueue('orders', { VisibilityTimeout: '18' });
    map({});
    answer((event, count) => ({
      error: count === 1,
      result: { batchItemFailures: [{ itemIdentifier: event.Records[0]?.messageId }] },
    }));
    send('one');
    send('two');
    seconds(60);
    expect(told()).toEqual(['0.0 one two', '18.0 one two']);
  });
});

describe('ReportBatchItemFailures', () => {
  const report = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

  test('only the messages named come again', () => {
    const { createQueue, map, send, seconds, told, answer, eventsOf } = begin();
    createQueue('orders', { VisibilityTimeout: '18' });
    map(report);
    answer((event, count) => ({
      result: count === 1 ? { batchItemFailures: [{ itemIdentifier: event.Records[1]?.messageId }] } : null,
    }));
    ['one', 'two', 'three'].forEach((word) => send(word));
    seconds(60);
    expect(told()).toEqual(['0.0 one two three', '18.0 two']);
    expect(eventsOf('batchEnded').map(({ outcome, failed }) => [outcome, failed])).toEqual([
      ['partial-failure', 1],
      ['success', 0],
    ]);
  });

  test.each([
    ['no failures', '{"batchItemFailures":[]}'],
    ['a null list', '{"batchItemFailures":null}'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('%s is complete success', (_, payload) => {
    const { createQueue, map, send, seconds, answer, counts } = begin();
    createQueue();
    map(report);
    answer(() => ({ payload }));
    send('one');
    seconds(1);
    expect(counts()).toBe('0 0 0');
  });

  test.each([
    ['bad JSON', 'batchItemFailures'],
    ['an empty identifier', '{"batchItemFailures":[{"itemIdentifier":""}]}'],
    ['a null identifier', '{"batchItemFailures":[{"itemIdentifier":null}]}'],
    ['another key', '{"batchItemFailures":[{"id":"1"}]}'],
    ['an unknown message', '{"batchItemFailures":[{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975830a7d"}]}'],
    ['no list', '{"batchItemFailures":{}}'],
    ['a text', '"ok"'],
  ])('%s is complete failure', (_, payload) => {
    const { createQueue, map, send, seconds, answer, counts, eventsOf } = begin();
    createQueue();
    map(report);
    answer(() => ({ payload }));
    send('one');
    seconds(1);
    expect(counts()).toBe('0 1 0');
    expect(eventsOf('batchEnded').map(({ outcome }) => outcome)).toEqual(['malformed-response']);
  });
});

describe('a throttled batch', () => {
  test('is tried again while its messages are hidden', () => {
    const { createQueue, map, send, seconds, told, answer, counts, eventsOf, host } = begin();
    createQueue();
    map({});
    answer(() => ({ throttle: host.clock.now < Date.parse('2026-01-05T09:00:12Z') }));
    send('one');
    seconds(10);
    // Tried at 0, 1 and 3 seconds: the third time there is room.
    expect(told()).toEqual(['3.0 one']);
    expect(counts()).toBe('0 0 0');
    expect(eventsOf('batchEnded').map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['throttled', 1],
      ['throttled', 2],
      ['success', 3],
    ]);
  });

  test('returns to the queue when they are not hidden any more, and the receive is counted', () => {
    const { createQueue, map, send, seconds, answer, counts, invocations } = begin();
    createQueue('failed');
    createQueue('orders', { VisibilityTimeout: '30', ...redrive(2) });
    map({});
    answer(() => ({ throttle: true }));
    send('one');
    seconds(29);
    expect(counts()).toBe('0 1 0');
    seconds(30);
    expect(counts('failed')).toBe('0 0 0');
    seconds(1);
    expect(counts('failed')).toBe('1 0 0');
    expect(invocations).toEqual([]);
  });
});

describe('scaling', () => {
  const fill = (story: ReturnType<typeof begin>, messages: number): void => {
    for (let count = 0; count < messages; count += 1) story.send('x');
  };
  /** The most invocations that ran at the same time. */
  const most = (story: ReturnType<typeof begin>): number => {
    let running = 0;
    let highest = 0;
    for (const { type } of story.host.events) {
      if (type === 'batchStarted') running += 1;
      if (type === 'batchEnded') running -= 1;
      highest = Math.max(highest, running);
    }
    return highest;
  };

  test('begins with five batches at a time', () => {
    const story = begin();
    story.createQueue('orders', { VisibilityTimeout: '600' });
    story.answer(() => ({ ms: 60_000 }));
    story.map({});
    fill(story, 200);
    story.seconds(0);
    expect(story.told()).toHaveLength(5);
  });

  test('adds up to 300 a minute while messages wait', () => {
    const story = begin();
    story.createQueue('orders', { VisibilityTimeout: '600' });
    story.answer(() => ({ ms: 120_000 }));
    story.map({ BatchSize: 1 });
    fill(story, 400);
    story.seconds(20);
    expect(story.told()).toHaveLength(105);
    story.seconds(40);
    expect(story.told()).toHaveLength(305);
  });

  test('stops at MaximumConcurrency', () => {
    const story = begin();
    story.createQueue('orders', { VisibilityTimeout: '600' });
    story.answer(() => ({ ms: 1000 }));
    story.map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    fill(story, 20);
    story.seconds(30);
    expect(most(story)).toBe(2);
    expect(story.counts()).toBe('0 0 0');
  });

  test('keeps MaximumConcurrency when a batch has to be divided for its size', () => {
    const story = begin();
    story.createQueue('orders', { VisibilityTimeout: '600' });
    story.map({ ScalingConfig: { MaximumConcurrency: 2 } });
    const large = 'x'.repeat(1_000_000);
    for (let count = 0; count < 20; count += 1) story.send(large);
    story.seconds(30);
    expect(most(story)).toBe(2);
    expect(story.counts()).toBe('0 0 0');
  });

  test('goes back to five when the queue is empty', () => {
    const story = begin();
    story.createQueue('orders', { VisibilityTimeout: '600' });
    story.answer(() => ({ ms: 30_000 }));
    story.map({ BatchSize: 1 });
    fill(story, 100);
    story.seconds(300);
    const before = story.told().length;
    fill(story, 100);
    story.seconds(0);
    expect(story.told().length - before).toBe(5);
  });
});

describe('FIFO', () => {
  test('batches keep the order of each group, one of a group at a time', () => {
    const { createQueue, map, send, seconds, told, answer } = begin();
    createQueue('orders.fifo');
    map({ EventSourceArn: queueArn('orders.fifo'), BatchSize: 2 });
    answer(() => ({ ms: 1000 }));
    ['a1', 'a2', 'a3', 'b1'].forEach((body) => send(body, { queue: 'orders.fifo', MessageGroupId: body.charAt(0) }));
    seconds(5);
    expect(told()).toEqual(['0.0 a1 a2', '0.0 b1', '1.0 a3']);
  });

  test('a failed batch stops its group, not the others', () => {
    const { createQueue, map, send, seconds, told, answer } = begin();
    createQueue('orders.fifo', { VisibilityTimeout: '10' });
    map({ EventSourceArn: queueArn('orders.fifo'), BatchSize: 1 });
    answer(({ Records: [record] }, count) => ({ error: record?.body === 'a1' && count < 4 }));
    ['a1', 'a2', 'b1', 'b2'].forEach((body) => send(body, { queue: 'orders.fifo', MessageGroupId: body.charAt(0) }));
    seconds(30);
    expect(told()).toEqual(['0.0 a1', '0.0 b1', '0.1 b2', '10.0 a1', '10.1 a2']);
  });
});

describe('filter criteria', () => {
  const filter = (...patterns: unknown[]) => ({
    FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
  });

  test('messages that no pattern wants are deleted and never reach the function', () => {
    const { createQueue, map, send, seconds, told, counts, eventsOf } = begin();
    createQueue();
    map(filter({ body: { kind: ['order'] } }, { body: { price: [{ numeric: ['>', 100] }] } }));
    send('{"kind":"order"}');
    send('{"kind":"visit"}');
    send('{"kind":"visit","price":101}');
    send('order');
    seconds(1);
    expect(told()).toEqual(['0.0 {"kind":"order"} {"kind":"visit","price":101}']);
    expect(counts()).toBe('0 0 0');
    expect(eventsOf('itemsFiltered').map(({ count }) => count)).toEqual([2]);
  });

  test('a batch that is filtered out as a whole invokes nothing', () => {
    const { createQueue, map, send, seconds, told, counts } = begin();
    createQueue();
    map(filter({ body: { kind: ['order'] } }));
    send('{"kind":"visit"}');
    seconds(1);
    expect(told()).toEqual([]);
    expect(counts()).toBe('0 0 0');
  });

  test('a pattern about a text wants texts, one about JSON wants JSON, and others do not mind', () => {
    const wanted = (pattern: unknown, body: string): boolean => {
      const { createQueue, map, send, seconds, told } = begin();
      createQueue();
      map(filter(pattern));
      send(body);
      seconds(1);
      return told().length === 1;
    };
    expect(wanted({ body: ['hello'] }, 'hello')).toBe(true);
    expect(wanted({ body: [{ prefix: '{' }] }, '{"a":1}')).toBe(false);
    expect(wanted({ body: { a: [1] } }, 'a')).toBe(false);
    expect(wanted({ eventSource: ['aws:sqs'] }, 'a')).toBe(true);
    expect(wanted({ eventSource: ['aws:sqs'] }, '{"a":1}')).toBe(true);
  });
});

describe('costs nothing while nothing happens', () => {
  test('an idle month is a handful of events', () => {
    const { createQueue, map, host, send, told } = begin();
    createQueue('orders', { MessageRetentionPeriod: '1209600' });
    map({});
    expect(host.clock.pending).toBe(0);
    let steps = 0;
    host.clock.advance({ days: 30 });
    send('one');
    while (host.clock.runNext()) steps += 1;
    expect(told()).toEqual(['2592000.0 one']);
    expect(steps).toBeLessThan(6);
  });
});

describe('state', () => {
  test('a mapping that is disabled reads nothing, and goes on when it is enabled', () => {
    const { createQueue, map, mappings, send, seconds, told, counts } = begin();
    createQueue();
    const { UUID, State } = map({});
    expect(State).toBe('Enabled');
    expect(mappings.update({ UUID, Enabled: false }).State).toBe('Disabling');
    send('one');
    seconds(10);
    expect(mappings.get({ UUID }).State).toBe('Disabled');
    expect([told(), counts()]).toEqual([[], '1 0 0']);
    expect(mappings.update({ UUID, Enabled: true }).State).toBe('Enabling');
    seconds(10);
    expect(told()).toEqual(['20.0 one']);
  });

  test('what runs when it is deleted is finished', () => {
    const { createQueue, map, mappings, send, seconds, answer, counts } = begin();
    createQueue();
    const { UUID } = map({});
    answer(() => ({ ms: 5000 }));
    send('one');
    seconds(1);
    expect(mappings.delete({ UUID }).State).toBe('Deleting');
    seconds(9);
    expect(counts()).toBe('0 0 0');
    seconds(1);
    expect(() => mappings.get({ UUID })).toThrow('The resource you requested does not exist.');
    send('two');
    seconds(100);
    expect(counts()).toBe('1 0 0');
  });

  test('a poller whose role may not read any more stops, and goes on within a minute of getting it back', () => {
    const { createQueue, map, send, seconds, denied, told } = begin();
    createQueue();
    map({});
    denied.add('sqs:ReceiveMessage');
    send('one');
    seconds(50);
    denied.clear();
    seconds(20);
    expect(told()).toEqual(['60.0 one']);
  });
});
