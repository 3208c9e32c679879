/** Topics on the virtual clock: fan-out, envelopes, filters, retries, dead letters, refusals. */
import { describe, expect, test } from 'vitest';
import type { PublishFields } from '../../../../sandbox/services/sns/sns.types.ts';
import { Sns } from '../../../../sandbox/services/sns/sns.ts';
import { call, newHost, owner, refusal } from '../host.ts';
import { functionArn, newNeighbours, queueArn } from '../neighbours.ts';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:orders';

function begin() {
  const host = newHost();
  const neighbours = newNeighbours(host);
  const sns = new Sns(host, neighbours);
  const { operations } = sns;
  call(operations.CreateTopic, { Name: 'orders' });
  const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}): string =>
    call(operations.Subscribe, { TopicArn: topicArn, Protocol, Endpoint, Attributes }).SubscriptionArn;
  const publish = (Message: string, fields: Partial<PublishFields> = {}): string => {
    const { MessageId } = call(operations.Publish, { TopicArn: topicArn, Message, ...fields });
    host.clock.advance({ seconds: 0 });
    return MessageId;
  };
  return { host, sns, operations, subscribe, publish, ...neighbours };
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('fan-out', () => {
  test('every subscriber gets a message, in its own form', () => {
    const { createQueue, subscribe, publish, bodies, invoked, host } = begin();
    createQueue('billing');
    createQueue('stock');
    const billing = subscribe('sqs', queueArn('billing'));
    subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
    const worker = subscribe('lambda', functionArn('worker'));
    const MessageId = publish('{"id":1}', { Subject: 'order', MessageAttributes: { shop: text('north') } });
    const common = { Type: 'Notification', MessageId, TopicArn: topicArn, Subject: 'order', Message: '{"id":1}' };
    const more = {
      Timestamp: '2026-01-05T09:00:00.000Z',
      SignatureVersion: '1',
      MessageAttributes: { shop: { Type: 'String', Value: 'north' } },
    };
    const [envelope = ''] = bodies('billing');
    expect(JSON.parse(envelope)).toEqual({
      ...common,
      ...more,
      Signature: expect.stringMatching(/^[\w+/]{342}==$/) as unknown,
      SigningCertURL:
        'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem',
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${billing}`,
    });
    expect(envelope.split('\n').slice(0, 3)).toEqual([
      '{',
      '  "Type" : "Notification",',
      `  "MessageId" : "${MessageId}",`,
    ]);
    expect(bodies('stock')).toEqual(['{"id":1}']);
    expect(invoked).toEqual([
      {
        arn: functionArn('worker'),
        caller: { kind: 'service', principal: 'sns.amazonaws.com', sourceArn: topicArn },
        event: {
          Records: [
            {
              EventSource: 'aws:sns',
              EventVersion: '1.0',
              EventSubscriptionArn: worker,
              Sns: {
                ...common,
                ...more,
                Signature: expect.any(String) as unknown,
                SigningCertUrl: expect.stringContaining('https://sns.us-east-1.amazonaws.com/') as unknown,
                UnsubscribeUrl: expect.stringContaining(worker) as unknown,
              },
            },
          ],
        },
      },
    ]);
    expect(host.story('delivered', 'filtered', 'endpoint').filter((line) => !line.startsWith('messageSent'))).toEqual([
      'messagePublished 3 0',
      `notificationDelivered ${queueArn('billing')}`,
      `notificationDelivered ${queueArn('stock')}`,
      `notificationDelivered ${functionArn('worker')}`,
    ]);
  });

  test('a function without a subject gets null, a queue without one gets none', () => {
    const { createQueue, subscribe, publish, bodies, invoked } = begin();
    createQueue('billing');
    subscribe('sqs', queueArn('billing'));
    subscribe('lambda', functionArn('worker'));
    publish('x');
    expect(JSON.parse(bodies('billing')[0] ?? '')).not.toHaveProperty('Subject');
    expect(invoked[0]?.event).toMatchObject({ Records: [{ Sns: { Subject: null, MessageAttributes: {} } }] });
  });

  test('raw delivery keeps the attributes', () => {
    const { sqs, createQueue, subscribe, publish } = begin();
    createQueue('stock');
    subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
    const MessageAttributes = {
      shop: text('north'),
      count: { DataType: 'Number', StringValue: '3' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
    };
    publish('x', { MessageAttributes });
    const { Messages = [] } = call(sqs.operations.ReceiveMessage, {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/stock',
      MessageAttributeNames: ['All'],
    }) as { Messages?: readonly { MessageAttributes?: unknown }[] };
    expect(Messages[0]?.MessageAttributes).toEqual(MessageAttributes);
  });

  test('a structured message has a text for each protocol', () => {
    const { createQueue, subscribe, publish, bodies, invoked } = begin();
    createQueue('stock');
    subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
    subscribe('lambda', functionArn('worker'));
    publish('{"default":"all","sqs":"queues"}', { MessageStructure: 'json' });
    expect(bodies('stock')).toEqual(['queues']);
    expect(invoked[0]?.event).toMatchObject({ Records: [{ Sns: { Message: 'all' } }] });
  });

  test('web addresses and mail are recorded, and wait for a confirmation that never comes', () => {
    const { operations, subscribe, publish, host } = begin();
    expect(subscribe('https', 'https://example.com/hook')).toBe('pending confirmation');
    publish('x');
    expect(host.story('delivered')).toEqual(['messagePublished 0']);
    expect(call(operations.ListSubscriptionsByTopic, { TopicArn: topicArn }).Subscriptions).toMatchObject([
      { SubscriptionArn: 'PendingConfirmation', Protocol: 'https', Endpoint: 'https://example.com/hook' },
    ]);
  });

  test('what a function publishes carries the X-Ray header of its invocation', () => {
    const { operations, subscribe, invoked, host } = begin();
    subscribe('lambda', functionArn('worker'));
    const role = 'arn:aws:iam::123456789012:role/worker';
    call(
      operations.Publish,
      { TopicArn: topicArn, Message: 'x' },
      { kind: 'role', roleArn: role, sessionArn: role, environmentId: 'e', traceId: 'Root=1-2-3' },
    );
    host.clock.advance({ seconds: 0 });
    expect(invoked[0]?.caller).toMatchObject({ traceId: 'Root=1-2-3' });
  });
});

describe('filter policies', () => {
  const wanted = (policy: unknown, message: Partial<PublishFields>, scope?: string): boolean => {
    const { createQueue, subscribe, publish, bodies } = begin();
    createQueue('stock');
    subscribe('sqs', queueArn('stock'), {
      FilterPolicy: JSON.stringify(policy),
      ...(scope === undefined ? {} : { FilterPolicyScope: scope }),
    });
    publish(message.Message ?? 'x', message);
    return bodies('stock').length === 1;
  };

  test.each<[string, unknown, Partial<PublishFields>, boolean]>([
    ['a text', { shop: ['north'] }, { MessageAttributes: { shop: text('north') } }, true],
    ['another text', { shop: ['north'] }, { MessageAttributes: { shop: text('south') } }, false],
    ['no attribute', { shop: ['north'] }, {}, false],
    ['anything but', { shop: [{ 'anything-but': ['north'] }] }, { MessageAttributes: { shop: text('south') } }, true],
    [
      'a number',
      { price: [{ numeric: ['>=', 100] }] },
      { MessageAttributes: { price: { DataType: 'Number', StringValue: '100.0' } } },
      true,
    ],
    [
      'a number that is a text',
      { price: [{ numeric: ['>=', 100] }] },
      { MessageAttributes: { price: text('100') } },
      false,
    ],
    [
      'a list',
      { tags: ['b'] },
      { MessageAttributes: { tags: { DataType: 'String.Array', StringValue: '["a","b"]' } } },
      true,
    ],
    ['absence', { shop: [{ exists: false }] }, {}, true],
    ['several keys', { shop: ['north'], price: [1] }, { MessageAttributes: { shop: text('north') } }, false],
  ])('by attributes: %s', (_, policy, message, expected) => {
    expect(wanted(policy, message)).toBe(expected);
  });

  test.each<[string, unknown, string, boolean]>([
    ['nested fields', { order: { total: [{ numeric: ['>', 5] }] } }, '{"order":{"total":6}}', true],
    ['other fields', { order: { total: [{ numeric: ['>', 5] }] } }, '{"order":{"total":4}}', false],
    ['a text that is no JSON', { order: [{ exists: false }] }, 'hello', true],
    ['a field of a text that is no JSON', { order: ['x'] }, 'hello', false],
  ])('by body: %s', (_, policy, Message, expected) => {
    expect(wanted(policy, { Message }, 'MessageBody')).toBe(expected);
  });

  test('what is filtered is told', () => {
    const { createQueue, subscribe, publish, host } = begin();
    createQueue('stock');
    subscribe('sqs', queueArn('stock'), { FilterPolicy: '{"shop":["north"]}' });
    publish('x');
    expect(host.story('delivered', 'filtered')).toEqual(['messagePublished 0 1']);
  });

  test('can be changed and taken away', () => {
    const { operations, createQueue, subscribe, publish, bodies } = begin();
    createQueue('stock');
    const SubscriptionArn = subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
    const set = (AttributeValue: string): unknown =>
      call(operations.SetSubscriptionAttributes, { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue });
    set('{"shop":["north"]}');
    publish('one');
    set('{}');
    publish('two');
    expect(bodies('stock')).toEqual(['two']);
    expect(call(operations.GetSubscriptionAttributes, { SubscriptionArn }).Attributes).not.toHaveProperty(
      'FilterPolicy',
    );
  });
});

describe('delivery', () => {
  test('is not tried again when the subscriber does not allow it', () => {
    const { createQueue, subscribe, publish, broken, host } = begin();
    createQueue('stock');
    subscribe('sqs', queueArn('stock'));
    broken.set(queueArn('stock'), 'denied');
    publish('x');
    host.clock.advance({ days: 1 });
    expect(host.story('error', 'then')).toEqual([
      'messagePublished',
      `notificationFailed Not allowed: ${queueArn('stock')} lost`,
    ]);
  });

  test("goes to the subscription's dead-letter queue instead of being lost", () => {
    const { createQueue, subscribe, publish, broken, bodies } = begin();
    createQueue('stock');
    createQueue('dead');
    subscribe('sqs', queueArn('stock'), { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }) });
    broken.set(queueArn('stock'), 'denied');
    publish('hello');
    expect(JSON.parse(bodies('dead')[0] ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello' });
  });

  test('is tried again while the subscriber is not available', () => {
    const { subscribe, publish, broken, invoked, host } = begin();
    subscribe('lambda', functionArn('worker'));
    broken.set(functionArn('worker'), 'unavailable');
    publish('x');
    host.clock.advance({ minutes: 3 });
    const failures = host.events.filter(({ type }) => type === 'notificationFailed');
    // At once and three times more, twice a second apart, then after 1, 2, 4, 8, 16 and 20 seconds and so on.
    const seconds = failures.map(({ time }) => (time - Date.parse('2026-01-05T09:00:00Z')) / 1000);
    expect(seconds).toEqual([0, 0, 0, 0, 1, 2, 3, 5, 9, 17, 33, 53, 73, 93, 113, 133, 153, 173]);
    broken.clear();
    host.clock.advance({ seconds: 20 });
    expect(invoked).toHaveLength(1);
  });

  test('ends after 23 days', () => {
    const { createQueue, subscribe, publish, broken, bodies, host } = begin();
    createQueue('dead');
    subscribe('lambda', functionArn('worker'), {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
    });
    broken.set(functionArn('worker'), 'unavailable');
    publish('x');
    host.clock.advance({ days: 23 });
    expect(bodies('dead')).toEqual([]);
    host.clock.advance({ days: 1 });
    expect(bodies('dead')).toHaveLength(1);
    expect(host.events.filter(({ type }) => type === 'notificationFailed')).toHaveLength(100_016);
  });
});

test('a batch answers entry by entry', () => {
  const { operations, createQueue, subscribe, bodies, host } = begin();
  createQueue('stock');
  subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
  const result = call(operations.PublishBatch, {
    TopicArn: topicArn,
    PublishBatchRequestEntries: [
      { Id: 'a', Message: 'one' },
      { Id: 'b', Message: '' },
    ],
  });
  host.clock.advance({ seconds: 0 });
  expect(result.Successful.map(({ Id }) => Id)).toEqual(['a']);
  expect(result.Failed).toEqual([
    { Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true },
  ]);
  expect(bodies('stock')).toEqual(['one']);
});

test('creating and subscribing again give the same', () => {
  const { operations, subscribe, createQueue } = begin();
  createQueue('stock');
  expect(call(operations.CreateTopic, { Name: 'orders' }).TopicArn).toBe(topicArn);
  expect(subscribe('sqs', queueArn('stock'))).toBe(subscribe('sqs', queueArn('stock')));
});

test('others deliver to a topic', () => {
  const { sns, createQueue, subscribe, bodies, host } = begin();
  createQueue('stock');
  subscribe('sqs', queueArn('stock'), { RawMessageDelivery: 'true' });
  sns.delivery.receive(topicArn, 'from Lambda', owner, { ErrorCode: { dataType: 'Number', value: '200' } });
  host.clock.advance({ seconds: 0 });
  expect(bodies('stock')).toEqual(['from Lambda']);
});

describe('refuses', () => {
  type Begun = ReturnType<typeof begin>;
  const policy =
    (FilterPolicy: unknown, FilterPolicyScope = 'MessageAttributes') =>
    ({ subscribe }: Begun) =>
      subscribe('sqs', queueArn('stock'), { FilterPolicy: JSON.stringify(FilterPolicy), FilterPolicyScope });
  test.each<[string, (begun: Begun) => unknown, string]>([
    [
      'an unknown topic',
      ({ operations }) => call(operations.Publish, { TopicArn: `${topicArn}2`, Message: 'x' }),
      'NotFoundException: Topic does not exist',
    ],
    [
      'no topic',
      ({ operations }) => call(operations.Publish, { Message: 'x' }),
      'InvalidParameterException: Invalid parameter: TopicArn',
    ],
    ['an empty message', ({ publish }) => publish(''), 'InvalidParameterException: Invalid parameter: Empty message'],
    [
      'a message above 256 KiB',
      ({ publish }) => publish('x'.repeat(262_145)),
      'InvalidParameterException: Invalid parameter: Message too long',
    ],
    ['a long subject', ({ publish }) => publish('x', { Subject: 'x'.repeat(101) }), 'Invalid parameter: Subject'],
    [
      'a structured message without a default',
      ({ publish }) => publish('{"sqs":"x"}', { MessageStructure: 'json' }),
      'No default entry in JSON message body',
    ],
    [
      'a name with other characters',
      ({ operations }) => call(operations.CreateTopic, { Name: 'a b' }),
      'Invalid parameter: Topic Name',
    ],
    [
      'FIFO topics',
      ({ operations }) => call(operations.CreateTopic, { Name: 'orders.fifo' }),
      'FIFO topics are not available in this simulator.',
    ],
    [
      'an unknown protocol',
      ({ subscribe }) => subscribe('pigeon', 'x'),
      'Invalid parameter: Does not support this protocol string: pigeon',
    ],
    [
      'an endpoint that is no queue',
      ({ subscribe }) => subscribe('sqs', 'https://example.com'),
      'Invalid parameter: SQS endpoint ARN',
    ],
    [
      'raw delivery to functions',
      ({ subscribe }) => subscribe('lambda', functionArn('worker'), { RawMessageDelivery: 'true' }),
      'does not support raw message delivery',
    ],
    [
      'a policy that is no pattern',
      policy({ a: 'x' }),
      'Invalid parameter: FilterPolicy: "a" must be an object or an array at a',
    ],
    ['a nested policy about attributes', policy({ a: { b: ['x'] } }), 'does not support nested filter policy'],
    [
      'six keys',
      policy({ a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] }),
      'Filter policy can not have more than 5 keys',
    ],
    [
      'more than 150 combinations',
      policy({ a: { b: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, c: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 'MessageBody'),
      'Filter policy is too complex',
    ],
    [
      'an empty batch',
      ({ operations }) => call(operations.PublishBatch, { TopicArn: topicArn, PublishBatchRequestEntries: [] }),
      "EmptyBatchRequestException: The batch request doesn't contain any entries.",
    ],
    [
      'an unknown subscription',
      ({ operations }) => call(operations.Unsubscribe, { SubscriptionArn: `${topicArn}:x` }),
      'NotFoundException: Subscription does not exist',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(() => action(begin()))).toContain(message);
  });

  test('but takes up to 1 MiB when the topic is set to', () => {
    const { operations, publish } = begin();
    call(operations.SetTopicAttributes, {
      TopicArn: topicArn,
      AttributeName: 'MaximumMessageSize',
      AttributeValue: '1048576',
    });
    expect(publish('x'.repeat(1_048_576))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
