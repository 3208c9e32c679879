/** Event buses on the virtual clock: rules, targets, what they get, retries, schedules, refusals. */
import { describe, expect, test } from 'vitest';
import type {
  PutEventsEntry,
  PutRuleInput,
  Target,
} from '../../../../sandbox/services/eventbridge/eventbridge.types.ts';
import { EventBridge } from '../../../../sandbox/services/eventbridge/eventbridge.ts';
import { call, newHost, owner, refusal } from '../host.ts';
import { functionArn, newNeighbours, queueArn } from '../neighbours.ts';

const worker = functionArn('worker');
const defaultBus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const ruleArn = (name: string): string => `arn:aws:events:us-east-1:123456789012:rule/${name}`;

function begin() {
  const host = newHost();
  const neighbours = newNeighbours(host);
  const bridge = new EventBridge(host, neighbours);
  const { operations } = bridge;
  const rule = (Name: string, input: Partial<PutRuleInput>, ...targets: Partial<Target>[]): void => {
    call(operations.PutRule, { Name, ...input });
    const { EventBusName } = input;
    if (targets.length === 0) return;
    const Targets = targets.map((target, index) => ({ Id: `${index}`, Arn: worker, ...target }));
    call(operations.PutTargets, { Rule: Name, EventBusName, Targets });
  };
  const put = (entry: PutEventsEntry = {}) => {
    const given = { Source: 'shop', DetailType: 'Order placed', Detail: '{"id":1,"total":120}', ...entry };
    const result = call(operations.PutEvents, { Entries: [given] });
    host.clock.advance({ seconds: 0 });
    return result;
  };
  return { host, bridge, operations, rule, put, ...neighbours };
}

const orders = { EventPattern: '{"source":["shop"],"detail":{"total":[{"numeric":[">",100]}]}}' };

describe('a rule', () => {
  test('gives the events that it matches to its targets', () => {
    const { rule, put, invoked, host } = begin();
    rule('large', orders, {});
    const { Entries } = put({ Resources: ['arn:aws:s3:::orders'] });
    put({ Detail: '{"total":99}' });
    const [entry] = Entries;
    expect(invoked).toEqual([
      {
        arn: worker,
        caller: { kind: 'service', principal: 'events.amazonaws.com', sourceArn: ruleArn('large') },
        event: {
          version: '0',
          id: entry && 'EventId' in entry ? entry.EventId : '',
          'detail-type': 'Order placed',
          source: 'shop',
          account: '123456789012',
          time: '2026-01-05T09:00:00Z',
          region: 'us-east-1',
          resources: ['arn:aws:s3:::orders'],
          detail: { id: 1, total: 120 },
        },
      },
    ]);
    expect(host.story('rules', 'name', 'attempt')).toEqual([
      'busEventPut ["large"]',
      'targetReached large 1',
      'busEventPut []',
    ]);
  });

  test('that is disabled gives nothing', () => {
    const { operations, rule, put, invoked } = begin();
    rule('large', orders, {});
    call(operations.DisableRule, { Name: 'large' });
    put();
    call(operations.EnableRule, { Name: 'large' });
    put();
    expect(invoked).toHaveLength(1);
  });

  test('of another bus sees the events of that bus', () => {
    const { operations, rule, put, invoked } = begin();
    call(operations.CreateEventBus, { Name: 'shop' });
    rule('large', { ...orders, EventBusName: 'shop' }, {});
    put();
    expect(invoked).toEqual([]);
    put({ EventBusName: 'shop' });
    put({ EventBusName: 'arn:aws:events:us-east-1:123456789012:event-bus/shop' });
    expect(invoked.map(({ caller }) => caller)).toMatchObject([
      { sourceArn: ruleArn('shop/large') },
      { sourceArn: ruleArn('shop/large') },
    ]);
  });

  test('passes events on to another bus, but not to a third', () => {
    const { operations, rule, put, invoked, host } = begin();
    for (const Name of ['second', 'third']) call(operations.CreateEventBus, { Name });
    const bus = (name: string) => ({ Arn: `arn:aws:events:us-east-1:123456789012:event-bus/${name}` });
    rule('on', orders, bus('second'));
    rule('further', { ...orders, EventBusName: 'second' }, bus('third'), {});
    rule('end', { ...orders, EventBusName: 'third' }, {});
    put();
    expect(host.story('busName', 'rules').filter((line) => line.startsWith('busEventPut'))).toEqual([
      'busEventPut default ["on"]',
      'busEventPut second ["further"]',
    ]);
    expect(invoked).toHaveLength(1);
  });
});

describe('a target gets', () => {
  const got = (target: Partial<Target>, entry?: PutEventsEntry): unknown => {
    const { rule, put, invoked } = begin();
    rule('large', { EventPattern: '{"source":["shop"]}' }, target);
    put(entry);
    return invoked[0]?.event;
  };

  test('a constant', () => {
    expect(got({ Input: '{"a":1}' })).toEqual({ a: 1 });
  });

  test('a part', () => {
    expect(got({ InputPath: '$.detail' })).toEqual({ id: 1, total: 120 });
    expect(got({ InputPath: '$.detail.items[1].name' }, { Detail: '{"items":[{"name":"a"},{"name":"b"}]}' })).toBe('b');
    expect(got({ InputPath: "$['detail-type']" })).toBe('Order placed');
  });

  test('a template with parts filled in', () => {
    const InputPathsMap = { id: '$.detail.id', type: '$.detail-type', tags: '$.detail.tags' };
    const Detail = '{"id":7,"tags":["a","\\"b\\""]}';
    const filled = (InputTemplate: string): unknown =>
      got({ InputTransformer: { InputPathsMap, InputTemplate } }, { Detail });
    expect(filled('{"order": <id>, "type": <type>, "tags": <tags>}')).toEqual({
      order: 7,
      type: 'Order placed',
      tags: ['a', '"b"'],
    });
    expect(filled('"Order <id> was <type>"')).toBe('Order 7 was Order placed');
    expect(filled('{"text": "tags <tags>", "rule": <aws.events.rule-name>}')).toEqual({
      text: 'tags ["a","\\"b\\""]',
      rule: 'large',
    });
    expect(filled('{"event": <aws.events.event>}')).toMatchObject({ event: { source: 'shop', detail: { id: 7 } } });
  });

  test('a message in a queue, in a group if the queue is FIFO', () => {
    const { rule, put, createQueue, bodies, sqs } = begin();
    createQueue('orders');
    createQueue('orders.fifo', { ContentBasedDeduplication: 'true' });
    rule(
      'large',
      orders,
      { Arn: queueArn('orders'), InputPath: '$.detail' },
      { Arn: queueArn('orders.fifo'), SqsParameters: { MessageGroupId: 'shop' } },
    );
    put();
    expect(bodies('orders')).toEqual(['{"id":1,"total":120}']);
    expect([...(sqs.queue(queueArn('orders.fifo'))?.visibleMessages() ?? [])][0]?.content.groupId).toBe('shop');
  });
});

describe('delivery', () => {
  test('that is not allowed fails silently, and is not tried again', () => {
    const { rule, put, broken, host } = begin();
    rule('large', orders, {});
    broken.set(worker, 'denied');
    expect(put().FailedEntryCount).toBe(0);
    host.clock.advance({ days: 1 });
    expect(host.story('error', 'then').slice(1)).toEqual([`targetFailed Not allowed: ${worker} lost`]);
  });

  test('goes to the dead-letter queue, with the reason in its attributes', () => {
    const { rule, put, broken, createQueue, sqs } = begin();
    createQueue('dead');
    rule('large', orders, { DeadLetterConfig: { Arn: queueArn('dead') } });
    broken.set(worker, 'denied');
    put();
    const [message] = [...(sqs.queue(queueArn('dead'))?.visibleMessages() ?? [])];
    expect(JSON.parse(message?.content.body ?? '')).toMatchObject({ source: 'shop' });
    expect(message?.content.attributes).toEqual({
      RULE_ARN: { DataType: 'String', StringValue: ruleArn('large') },
      TARGET_ARN: { DataType: 'String', StringValue: worker },
      ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' },
      ERROR_MESSAGE: { DataType: 'String', StringValue: `Not allowed: ${worker}` },
    });
  });

  test('is tried for a day while the target is not available', () => {
    const { rule, put, broken, host, createQueue, sqs } = begin();
    createQueue('dead');
    rule('large', orders, { DeadLetterConfig: { Arn: queueArn('dead') } });
    broken.set(worker, 'unavailable');
    put();
    host.clock.advance({ hours: 23 });
    expect(sqs.queue(queueArn('dead'))?.counts.visible).toBe(0);
    host.clock.advance({ hours: 1 });
    const [message] = [...(sqs.queue(queueArn('dead'))?.visibleMessages() ?? [])];
    expect(message?.content.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '185' },
    });
  });

  test('is tried no more often and no longer than its retry policy says', () => {
    const failures = (RetryPolicy: Target['RetryPolicy']): number[] => {
      const { rule, put, broken, host } = begin();
      rule('large', orders, { RetryPolicy });
      broken.set(worker, 'unavailable');
      put();
      host.clock.advance({ hours: 24 });
      return host.events
        .filter(({ type }) => type === 'targetFailed')
        .map(({ time }) => (time - Date.parse('2026-01-05T09:00:00Z')) / 1000);
    };
    expect(failures({ MaximumRetryAttempts: 2 })).toEqual([0, 1, 3]);
    expect(failures({ MaximumRetryAttempts: 0 })).toEqual([0]);
    expect(failures({ MaximumEventAgeInSeconds: 60 })).toEqual([0, 1, 3, 7, 15, 31]);
  });

  test('reaches the target when it is available again', () => {
    const { rule, put, broken, host, invoked } = begin();
    rule('large', orders, {});
    broken.set(worker, 'unavailable');
    put();
    broken.clear();
    host.clock.advance({ seconds: 1 });
    expect(invoked).toHaveLength(1);
  });
});

describe('a schedule', () => {
  const times = (expression: string, hours: number): string[] => {
    const { rule, host } = begin();
    host.clock.advance({ minutes: 3, seconds: 20 });
    rule('nightly', { ScheduleExpression: expression }, {});
    host.clock.advance({ hours });
    return host.events
      .filter(({ type }) => type === 'targetReached')
      .map(({ time }) => new Date(time).toISOString().slice(5, 19));
  };

  test('at a rate counts from when the rule was created', () => {
    expect(times('rate(20 minutes)', 1)).toEqual(['01-05T09:23:20', '01-05T09:43:20', '01-05T10:03:20']);
    expect(times('rate(1 day)', 50)).toEqual(['01-06T09:03:20', '01-07T09:03:20']);
  });

  test('by cron is due at its minutes', () => {
    expect(times('cron(0 2 * * ? *)', 48)).toEqual(['01-06T02:00:00', '01-07T02:00:00']);
    expect(times('cron(0/30 17 ? * MON-FRI *)', 24)).toEqual(['01-05T17:00:00', '01-05T17:30:00']);
  });

  test('sends this event', () => {
    const { rule, host, invoked } = begin();
    rule('nightly', { ScheduleExpression: 'rate(1 hour)' }, {});
    host.clock.advance({ hours: 1 });
    expect(invoked[0]?.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-01-05T10:00:00Z',
      region: 'us-east-1',
      resources: [ruleArn('nightly')],
      detail: {},
    });
    expect(host.story('kind', 'name', 'expression').slice(0, 1)).toEqual(['scheduleFired rule nightly rate(1 hour)']);
  });

  test('stops when the rule is disabled, and begins to count when it is enabled', () => {
    const { operations, rule, host, invoked } = begin();
    rule('nightly', { ScheduleExpression: 'rate(1 hour)' }, {});
    host.clock.advance({ minutes: 30 });
    call(operations.DisableRule, { Name: 'nightly' });
    host.clock.advance({ hours: 2 });
    expect(invoked).toEqual([]);
    call(operations.EnableRule, { Name: 'nightly' });
    host.clock.advance({ minutes: 59 });
    expect(invoked).toEqual([]);
    host.clock.advance({ minutes: 1 });
    expect(invoked).toHaveLength(1);
  });

  test('without targets costs nothing', () => {
    const { rule, host } = begin();
    rule('nightly', { ScheduleExpression: 'rate(1 minute)' });
    expect(host.clock.pending).toBe(0);
  });

  test('of a rule that is changed goes by the new one', () => {
    const { rule, host, invoked } = begin();
    rule('nightly', { ScheduleExpression: 'rate(1 hour)' }, {});
    host.clock.advance({ minutes: 30 });
    rule('nightly', { ScheduleExpression: 'rate(2 hours)' });
    host.clock.advance({ minutes: 119 });
    expect(invoked).toEqual([]);
    host.clock.advance({ minutes: 1 });
    expect(invoked).toHaveLength(1);
  });
});

describe('events', () => {
  test('of AWS services reach the rules of the default bus', () => {
    const { bridge, rule, host, invoked } = begin();
    rule('images', { EventPattern: '{"source":["aws.s3"],"detail":{"object":{"key":[{"suffix":".png"}]}}}' }, {});
    for (const key of ['cat.png', 'cat.txt']) {
      const Detail = JSON.stringify({ bucket: { name: 'images' }, object: { key } });
      const entry = {
        Source: 'aws.s3',
        DetailType: 'Object Created',
        Resources: ['arn:aws:s3:::images'],
        Time: '2026-01-05T08:59:59.500Z',
        Detail,
      };
      bridge.delivery.receive(defaultBus, JSON.stringify(entry), owner, {});
    }
    host.clock.advance({ seconds: 0 });
    expect(invoked.map(({ event }) => event)).toMatchObject([
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        time: '2026-01-05T08:59:59Z',
        resources: ['arn:aws:s3:::images'],
        detail: { object: { key: 'cat.png' } },
      },
    ]);
  });

  test('that are delivered must be an entry of PutEvents', () => {
    const { bridge } = begin();
    expect(refusal(() => bridge.delivery.receive(defaultBus, 'hello', owner, {}))).toBe(
      'ValidationException: The event is not the JSON of an entry of PutEvents.',
    );
  });

  test('for a bus that is not there are lost without an error', () => {
    const { put, host } = begin();
    const { FailedEntryCount } = put({ EventBusName: 'missing' });
    expect(FailedEntryCount).toBe(0);
    expect(host.events).toMatchObject([{ type: 'busEventPut', busName: 'missing', rules: [], noSuchBus: true }]);
  });

  test('that are badly formed are refused one by one', () => {
    const { put } = begin();
    const error = (entry: PutEventsEntry): unknown => put(entry).Entries[0];
    expect(error({ Detail: 'hello' })).toEqual({ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' });
    expect(error({ Detail: '[1]' })).toEqual({ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' });
    expect(error({ Source: '' })).toEqual({
      ErrorCode: 'InvalidArgument',
      ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
    });
    expect(error({ Source: 'aws.ec2' })).toEqual({
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    });
  });
});

describe('refuses', () => {
  type Begun = ReturnType<typeof begin>;
  const putRule =
    (input: Partial<PutRuleInput>) =>
    ({ operations }: Begun) =>
      call(operations.PutRule, { Name: 'a', ...input });
  const putTarget =
    (target: Partial<Target>) =>
    ({ rule }: Begun) =>
      rule('a', orders, target);
  test.each<[string, (begun: Begun) => unknown, string]>([
    [
      'eleven events',
      ({ operations }) => call(operations.PutEvents, { Entries: Array.from({ length: 11 }, () => ({})) }),
      'Member must have length less than or equal to 10',
    ],
    [
      'events of 1 MB',
      ({ put }) => put({ Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) }),
      'ValidationException: Total size of the entries in the request is over the limit.',
    ],
    [
      'a rule of nothing',
      putRule({}),
      'ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      'a pattern that is none',
      putRule({ EventPattern: '{"a":"x"}' }),
      'InvalidEventPatternException: Event pattern is not valid. Reason: "a" must be an object or an array at a',
    ],
    [
      'a schedule that is none',
      putRule({ ScheduleExpression: 'cron(0 2 * * *)' }),
      'ValidationException: Parameter ScheduleExpression is not valid. cron(0 2 * * *) has 5 fields',
    ],
    ['one time', putRule({ ScheduleExpression: 'at(2026-02-01T00:00:00)' }), 'at() is for EventBridge Scheduler.'],
    [
      'a schedule on another bus',
      ({ operations, rule }) => {
        call(operations.CreateEventBus, { Name: 'shop' });
        rule('a', { ScheduleExpression: 'rate(1 day)', EventBusName: 'shop' });
      },
      'ScheduleExpression is supported only on the default event bus.',
    ],
    [
      'an unknown bus',
      putRule({ ...orders, EventBusName: 'shop' }),
      'ResourceNotFoundException: Event bus shop does not exist.',
    ],
    [
      'targets of an unknown rule',
      ({ operations }) => call(operations.PutTargets, { Rule: 'b', Targets: [{ Id: '1', Arn: worker }] }),
      'ResourceNotFoundException: Rule b does not exist on EventBus default.',
    ],
    [
      'a sixth target',
      ({ rule }) => rule('a', orders, {}, {}, {}, {}, {}, {}),
      'LimitExceededException: The requested resource exceeds the maximum number allowed.',
    ],
    [
      'a target of another kind',
      putTarget({ Arn: 'arn:aws:ec2:us-east-1:123456789012:instance/i-1' }),
      'Provided Arn is not in correct format',
    ],
    [
      'two inputs',
      putTarget({ Input: '{}', InputPath: '$' }),
      'Only one of Input, InputPath, or InputTransformer must be provided.',
    ],
    ['an input that is no JSON', putTarget({ Input: 'hello' }), 'Invalid JSON in Input.'],
    [
      'a path that is none',
      putTarget({ InputPath: 'detail' }),
      'Invalid JSON path detail: write $.detail or $.detail.name.',
    ],
    [
      'a name that the template does not have',
      putTarget({ InputTransformer: { InputTemplate: '{"a": <b>}' } }),
      'there is no <b> in InputPathsMap.',
    ],
    [
      '186 retries',
      putTarget({ RetryPolicy: { MaximumRetryAttempts: 186 } }),
      'MaximumRetryAttempts must be from 0 to 185.',
    ],
    [
      'to delete a rule that has targets',
      ({ operations, rule }) => {
        rule('a', orders, {});
        call(operations.DeleteRule, { Name: 'a' });
      },
      "ValidationException: Rule can't be deleted since it has targets.",
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(() => action(begin()))).toContain(message);
  });
});

test('rules and targets are listed', () => {
  const { operations, rule } = begin();
  rule('large', orders, { Id: 'fn' });
  rule('nightly', { ScheduleExpression: 'rate(1 day)', State: 'DISABLED' });
  expect(call(operations.ListRules, {}).Rules).toEqual([
    { Name: 'large', Arn: ruleArn('large'), ...orders, State: 'ENABLED', EventBusName: 'default' },
    {
      Name: 'nightly',
      Arn: ruleArn('nightly'),
      ScheduleExpression: 'rate(1 day)',
      State: 'DISABLED',
      EventBusName: 'default',
    },
  ]);
  expect(call(operations.ListTargetsByRule, { Rule: 'large' }).Targets).toEqual([{ Id: 'fn', Arn: worker }]);
  expect(call(operations.ListRuleNamesByTarget, { TargetArn: worker }).RuleNames).toEqual(['large']);
  expect(call(operations.TestEventPattern, { EventPattern: '{"a":[1]}', Event: '{"a":1}' }).Result).toBe(true);
});

test('calls name buses and rules for IAM', () => {
  const { operations } = begin();
  const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/';
  expect(operations.PutEvents.resources({ Entries: [{}, { EventBusName: 'shop' }, {}] })).toEqual([
    `${bus}default`,
    `${bus}shop`,
  ]);
  expect(operations.DisableRule.resources({ Name: 'a' })).toEqual([ruleArn('a')]);
});
