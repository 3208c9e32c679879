/** A lab: actions in order, waits that are cut short, workloads, questions that change nothing, and the same again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabAction, LabControl } from '../../../sandbox/lab/lab.types.ts';
import { call, deploy, invoke, nine, openScripted, openStory, start, wait, type Story } from './lab-story.ts';

const minute = 60_000;

test('a function is deployed, invoked, and left alone until its environment is gone', async () => {
  const story = await openScripted();
  await story.do(deploy('hello'), invoke('hello'));
  expect(story.types()).toEqual(
    expect.arrayContaining([
      'functionChanged',
      'requestArrived',
      'environmentCreated',
      'responseSent',
      'invocationReported',
    ]),
  );
  expect(story.last.done).toEqual([invoke('hello')]);
  await story.do(wait(3 * 60 * minute));
  expect(story.events.at(-1)).toMatchObject({ type: 'environmentGone', reason: 'idle' });
  expect(story.last.now - nine).toBeGreaterThan(3 * 60 * minute);
});

test('what is deployed again and is the same changes nothing; what differs is updated', async () => {
  const story = await openScripted([deploy('hello')]);
  expect((await story.do(deploy('hello'))).calls).toEqual([]);
  const { calls } = await story.do(deploy('hello', undefined, { MemorySize: 256 }));
  expect(calls.map(({ operation }) => operation)).toEqual(['UpdateFunctionConfiguration']);
  const changed = await story.do(deploy('hello', 'export const handler = async () => 2;', { MemorySize: 256 }));
  expect(changed.calls.map(({ operation }) => operation)).toEqual(['UpdateFunctionCode']);
});

test('a held request waits until time passes; a step goes to the next thing that happens', async () => {
  const story = await openScripted([deploy('hello')]);
  await story.do({ ...invoke('hello'), hold: true } as LabAction);
  expect(story.last.now).toBe(nine);
  expect(story.count('requestArrived')).toBe(0);
  story.take(await story.lab.step());
  expect(story.last).toMatchObject({ now: nine, done: [wait(0)] });
  expect(story.count('requestArrived')).toBe(1);
  const { done, now } = story.take(await story.lab.step());
  expect(now).toBeGreaterThan(nine);
  expect(done).toEqual([wait(now - nine)]);
});

test('what an API refuses is told, and belongs to the state', async () => {
  const story = await openScripted();
  const update = await story.do(call('sqs', 'SendMessage', { QueueUrl: 'https://nowhere/', MessageBody: 'x' }));
  expect(update.refusal).toEqual({
    name: 'QueueDoesNotExist',
    message: 'The specified queue does not exist.',
  });
  expect(update.done).toHaveLength(1);
  expect(update.calls).toMatchObject([
    { operation: 'SendMessage', error: expect.stringMatching(/^QueueDoesNotExist: /) as string },
  ]);
  expect((await story.do(invoke('nobody'))).refusal).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a workload sends its requests while time passes, numbered from 1', async () => {
  const story = await openScripted();
  await story.do(call('sqs', 'CreateQueue', { QueueName: 'orders' }));
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
  await story.do({
    kind: 'workload',
    workload: {
      name: 'orders',
      count: 100,
      milliseconds: 10 * minute,
      arrivals: 'even',
      target: { call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody: 'order {n}' } } },
    },
  });
  expect(story.last.workloads).toMatchObject([{ name: 'orders', count: 100, sent: 0 }]);
  await story.do(wait(5 * minute));
  expect(story.last.workloads).toMatchObject([{ sent: 51, refused: 0 }]);
  await story.do({ kind: 'stop', workload: 'orders' }, wait(5 * minute));
  expect(story.count('messageSent')).toBe(51);
  expect(await story.lab.look({ about: 'contents', service: 'sqs', name: 'orders', most: 2 })).toMatchObject({
    count: 51,
    items: [{ Body: 'order 1', State: 'visible' }, { Body: 'order 2' }],
  });
});

test('a workload with nobody to take it says so, and goes on', async () => {
  const story = await openScripted();
  const target = { invoke: 'nobody', payload: '{}' };
  await story.do(
    { kind: 'workload', workload: { name: 'w', count: 5, milliseconds: minute, arrivals: 'random', target } },
    wait(minute),
  );
  expect(story.last.workloads).toEqual([
    {
      name: 'w',
      count: 5,
      sent: 5,
      refused: 5,
      error: expect.stringMatching(/^ResourceNotFoundException: Function not found: /) as string,
    },
  ]);
  await story.do(wait(minute));
  expect(story.last.workloads).toEqual([]);
});

/** Cancels at its `pauses`th pause; is due every time it is asked. */
function cancelAt(pauses: number): LabControl {
  let left = pauses;
  return { isDue: () => true, pause: async () => (left -= 1) <= 0 };
}

test('a wait that is cancelled is as long as it was, and gives the same account again', async () => {
  const target = { invoke: 'hello', payload: '{"n":{n}}' };
  const actions: readonly LabAction[] = [
    deploy('hello'),
    { kind: 'workload', workload: { name: 'w', count: 1000, milliseconds: 5 * minute, arrivals: 'random', target } },
  ];
  // Two pauses are taken to restore the two actions.
  const story = await openScripted(actions, { control: cancelAt(12) });
  const update = await story.do(wait(5 * minute));
  expect(update.cancelled).toBe(true);
  expect(update.done).toMatchObject([{ kind: 'wait' }]);
  expect(update.now).toBeLessThan(nine + 5 * minute);
  expect(update.now).toBeGreaterThan(nine);
  const again = await openScripted(story.done);
  expect(await again.bytes()).toBe(await story.bytes());
});

test('an invocation that is cancelled is only handed over', async () => {
  const story = await openStory(
    [deploy('slow', 'export const handler = () => new Promise((done) => setTimeout(done, 2000));')],
    { control: cancelAt(3) },
  );
  await story.do(deploy('other'), { ...invoke('slow'), count: 40 } as LabAction);
  expect(story.last.cancelled).toBe(true);
  expect(story.last.done).toMatchObject([{ kind: 'invoke', hold: true }, { kind: 'wait' }]);
});

test('asking changes nothing', async () => {
  const actions = [
    deploy('hello'),
    call('s3', 'CreateBucket', { Bucket: 'photos' }),
    call('s3', 'PutObject', { Bucket: 'photos', Key: 'a.txt', Body: 'hello' }),
    call('kinesis', 'CreateStream', { StreamName: 'clicks', ShardCount: 1 }),
    call('kinesis', 'PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: 'hello' }),
    invoke('hello'),
    wait(minute),
    invoke('hello'),
  ];
  const quiet = await openScripted();
  const asked = await openScripted();
  for (const action of actions) {
    await quiet.do(action);
    await asked.do(action);
    await asked.lab.look({ about: 'account' });
    await asked.lab.look({ about: 'logs', logGroupName: '/aws/lambda/hello', filterPattern: 'REPORT', most: 10 });
    await asked.lab.look({ about: 'metrics', functionName: 'hello' });
    await asked.lab.look({ about: 'contents', service: 's3', name: 'photos', most: 5 });
    await asked.lab.look({ about: 'contents', service: 'kinesis', name: 'clicks', most: 5 });
  }
  expect(await asked.bytes()).toBe(await quiet.bytes());
  expect(await asked.lab.look({ about: 'contents', service: 's3', name: 'photos', most: 5 })).toMatchObject({
    count: 1,
    items: [{ Key: 'a.txt', Size: 5, Text: 'hello' }],
  });
  expect(await asked.lab.look({ about: 'contents', service: 'kinesis', name: 'clicks', most: 5 })).toMatchObject({
    count: 1,
    items: [{ Data: 'hello', PartitionKey: 'k' }],
  });
});

test('logs are searched, metrics are charts, and the account is listed', async () => {
  const story = await openStory([
    deploy(
      'hello',
      `export const handler = async ({ n }) => { console.log('number', n); if (n > 1) throw new Error('odd'); };`,
    ),
    invoke('hello', { n: 1 }),
    wait(minute),
    invoke('hello', { n: 2 }),
  ]);
  const logs = { about: 'logs', logGroupName: '/aws/lambda/hello', most: 5 } as const;
  const { lines, count } = await story.lab.look({ ...logs, filterPattern: 'number' });
  expect(count).toBe(2);
  expect(lines.map(({ text }) => text.split('\t').at(-1))).toEqual(['number 1', 'number 2']);
  expect(await story.lab.look({ ...logs, filterPattern: '{ $.x' })).toMatchObject({
    mistake: expect.any(String) as string,
  });
  expect(await story.lab.look({ ...logs, logGroupName: '/none', filterPattern: '' })).toEqual({ lines: [], count: 0 });
  const { series, period } = await story.lab.look({ about: 'metrics', functionName: 'hello' });
  expect(period).toBe(minute);
  expect(series.find(({ label }) => label === 'Invocations')?.points.map(([, value]) => value)).toEqual([1, 1]);
  expect(series.find(({ label }) => label === 'Errors')?.points.map(([, value]) => value)).toEqual([0, 1]);
  expect(await story.lab.look({ about: 'account' })).toMatchObject({
    functions: [{ name: 'hello', roleName: 'hello-role', versions: ['$LATEST'], aliases: [] }],
    logGroups: ['/aws/lambda/hello'],
    concurrency: { limit: 1000, unreserved: 1000 },
  });
});

test('a long run tells the newest of what happened, and how much it left out', async () => {
  const target = { invoke: 'hello', payload: '{}' };
  const story = await openScripted([
    deploy('hello'),
    { kind: 'workload', workload: { name: 'w', count: 5000, milliseconds: 60 * minute, arrivals: 'random', target } },
  ]);
  const { events, skipped, workloads } = await story.do(wait(60 * minute));
  expect(events.length).toBeGreaterThanOrEqual(8000);
  const created = new Set(
    events.flatMap((event) => (event.type === 'environmentCreated' ? [event.environmentId] : [])),
  );
  const placed = events.flatMap((event) => (event.type === 'requestPlaced' ? [event.environmentId] : []));
  expect(placed.filter((id) => !created.has(id))).toEqual([]);
  expect(skipped).toBeGreaterThan(20_000);
  expect(workloads).toMatchObject([{ sent: 5000, refused: 0 }]);
});

const anyAction = fc.oneof(
  { weight: 3, arbitrary: fc.nat(20 * minute).map(wait) },
  { weight: 3, arbitrary: fc.constantFrom(invoke('a'), invoke('b'), invoke('none')) },
  { weight: 2, arbitrary: fc.constantFrom({ ...invoke('a'), count: 3, hold: true } as LabAction) },
  fc.constantFrom(
    deploy('a'),
    deploy('b', 'export const handler = async () => 2;'),
    deploy('b', undefined, { Timeout: 9 }),
  ),
  fc.constantFrom(
    call('sqs', 'CreateQueue', { QueueName: 'q' }),
    call('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', MessageBody: 'm' }),
    call('lambda', 'PutFunctionConcurrency', { FunctionName: 'a', ReservedConcurrentExecutions: 2 }),
    call('lambda', 'PublishVersion', { FunctionName: 'b' }),
    call('events', 'Nothing'),
  ),
  fc.record({
    kind: fc.constant('workload' as const),
    workload: fc.record({
      name: fc.constantFrom('v', 'w'),
      count: fc.integer({ min: 1, max: 60 }),
      milliseconds: fc.integer({ min: 1, max: 30 * minute }),
      arrivals: fc.constantFrom('even' as const, 'random' as const),
      target: fc.constantFrom(
        { invoke: 'a', payload: '{"n":{n}}' },
        { invoke: 'b', payload: '1', invocationType: 'Event' as const },
      ),
    }),
  }),
  fc.constant({ kind: 'stop' as const, workload: 'v' }),
);

test('doing again what was done gives the same account, byte for byte, however it was interrupted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 6, arbitrary: anyAction }, fc.constant('step' as const)), { maxLength: 14 }),
      fc.integer({ min: 2, max: 30 }),
      fc.nat(1000),
      async (actions, every, seed) => {
        let asked = 0;
        const control: LabControl = { isDue: () => true, pause: async () => (asked += 1) % every === 0 };
        const from = { ...start, seed };
        const story = await openScripted([deploy('a')], { control }, from);
        for (const action of actions) {
          if (action === 'step') story.take(await story.lab.step());
          else await story.do(action);
        }
        const again = await openScripted(JSON.parse(JSON.stringify(story.done)) as LabAction[], {}, from);
        expect(await again.bytes()).toBe(await story.bytes());
        story.lab.close();
        again.lab.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('another seed gives other ids', async () => {
  const actions = [deploy('hello'), invoke('hello')];
  const one = await openStory(actions, {}, start);
  const two = await openStory(actions, {}, { ...start, seed: 8 });
  const id = (story: Story): string | undefined =>
    story.events.flatMap((event) => (event.type === 'requestArrived' ? [event.requestId] : []))[0];
  expect(id(one)).not.toBe(id(two));
});

test('traces are listed, and one is a waterfall of segments and subsegments', async () => {
  const code = `
    import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
    export const handler = async () => {
      const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/nobody';
      await new SQSClient().send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    };`;
  const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}';
  const story = await openStory([deploy('orders', code, { policy })]);
  await story.do(invoke('orders'));
  expect(await story.lab.look({ about: 'traces', filterExpression: '', most: 5 })).toEqual({ traces: [], count: 0 });
  // The console lets the role write traces where active tracing is switched on.
  const switched = await story.do(deploy('orders', code, { policy, TracingConfig: { Mode: 'Active' } }));
  expect(switched.calls.map(({ operation }) => operation)).toEqual(['AttachRolePolicy', 'UpdateFunctionConfiguration']);
  await story.do(wait(60_000), invoke('orders'));

  const { traces } = await story.lab.look({ about: 'traces', filterExpression: 'fault', most: 5 });
  expect(traces).toMatchObject([{ entry: 'orders', state: 'fault', isPartial: false }]);
  expect(traces[0]?.time).toBeGreaterThanOrEqual(nine + 60_000);
  const view = await story.lab.look({ about: 'trace', id: traces[0]?.id ?? '' });
  expect(view?.parts.map(({ name, kind, depth, state }) => [depth, name, kind, state])).toEqual([
    [0, 'orders', 'AWS::Lambda', 'fault'],
    [1, 'orders', 'AWS::Lambda::Function', 'fault'],
    [2, 'Initialization', undefined, 'ok'],
    [2, 'Invocation', undefined, 'ok'],
    [3, 'SQS', 'SendMessage', 'error'],
    [2, 'Overhead', undefined, 'ok'],
  ]);
  expect(view?.parts[1]?.exception).toMatch(/^QueueDoesNotExist: /);
  expect(view?.parts[0]?.from).toBe(0);
  expect(await story.lab.look({ about: 'trace', id: '1-00000000-000000000000000000000000' })).toBeUndefined();
  expect(await story.lab.look({ about: 'traces', filterExpression: 'red', most: 5 })).toMatchObject({
    traces: [],
    mistake:
      'The filter red is not available in this simulator. It has fault, error, throttle, partial, service("name"), duration and responsetime with a number of seconds, ! before one, and AND between them.',
  });
});

test('layers are attached in their order, and the same ones again change nothing', async () => {
  const layer = (LayerName: string) =>
    call('lambda', 'PublishLayerVersion', { LayerName, Content: { Files: { 'a.txt': LayerName } } });
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:layer:${name}:1`;
  const code =
    "import { readFileSync } from 'node:fs';\nexport const handler = async () => readFileSync('/opt/a.txt', 'utf8');";
  const story = await openStory([layer('one'), layer('two'), deploy('reader', code)]);
  const attach = (...names: string[]) => story.do(deploy('reader', code, { Layers: names.map(arn) }));
  const answer = async () => {
    const { events } = await story.do(invoke('reader'));
    return events.flatMap((event) => (event.type === 'responseSent' ? [event.payload] : []))[0];
  };
  expect((await attach('one', 'two')).calls).toMatchObject([{ operation: 'UpdateFunctionConfiguration' }]);
  expect(await answer()).toBe('"two"');
  expect((await attach('one', 'two')).calls).toEqual([]);
  await attach('two', 'one');
  expect(await answer()).toBe('"one"');
  // Fewer layers are another configuration.
  expect((await attach('two')).calls).toMatchObject([{ operation: 'UpdateFunctionConfiguration' }]);
  expect(await answer()).toBe('"two"');
});

test('what a role was refused is told until it may do it', async () => {
  const code = `
    import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
    export const handler = () => new DynamoDBClient().send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } }));`;
  const story = await openStory([deploy('reader', code), invoke('reader')]);
  const denied = async () => (await story.lab.look({ about: 'account' })).functions[0]?.denied;
  const resource = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
  expect(await denied()).toEqual([{ action: 'dynamodb:GetItem', resource }]);
  await story.do(
    call('iam', 'PutRolePolicy', {
      RoleName: 'reader-role',
      PolicyName: 'read',
      PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"${resource}"}]}`,
    }),
  );
  expect(await denied()).toEqual([]);
});

test('who may invoke a function and its aliases, and which layers there are', async () => {
  const permit = (more: object) =>
    call('lambda', 'AddPermission', { FunctionName: 'hello', Action: 'lambda:InvokeFunction', ...more });
  const story = await openStory([
    deploy('hello'),
    call('lambda', 'PublishVersion', { FunctionName: 'hello' }),
    call('lambda', 'CreateAlias', { FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }),
    permit({ StatementId: 'bucket', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::photos' }),
    permit({ StatementId: 'other', Principal: '210987654321', Qualifier: 'live' }),
    call('lambda', 'PublishLayerVersion', { LayerName: 'greeting', Content: { Files: { 'a.txt': 'a' } } }),
    call('lambda', 'PublishLayerVersion', { LayerName: 'greeting', Content: { Files: { 'a.txt': 'b' } } }),
  ]);
  const { functions, layers } = await story.lab.look({ about: 'account' });
  expect(functions[0]?.permissions).toEqual([
    { id: 'bucket', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com', source: 'arn:aws:s3:::photos' },
    { id: 'other', action: 'lambda:InvokeFunction', principal: 'arn:aws:iam::210987654321:root', qualifier: 'live' },
  ]);
  expect(layers).toMatchObject([{ name: 'greeting', versions: [{ version: 2 }, { version: 1 }] }]);
});

test('a package of a layer is found by its name, with require and with import', async () => {
  const layer = call('lambda', 'PublishLayerVersion', {
    LayerName: 'greeting',
    Content: { Files: { 'nodejs/node_modules/greeting/index.js': "exports.greet = (name) => 'Hello ' + name;" } },
  });
  const Layers = ['arn:aws:lambda:us-east-1:123456789012:layer:greeting:1'];
  const body = "export const handler = async () => greet('you');";
  const story = await openStory([
    layer,
    deploy('imports', `import { greet } from 'greeting';\n${body}`, { Layers }),
    deploy(
      'requires',
      `import { createRequire } from 'node:module';\nconst { greet } = createRequire(import.meta.url)('greeting');\n${body}`,
      { Layers },
    ),
  ]);
  for (const name of ['imports', 'requires']) {
    const { events } = await story.do(invoke(name));
    expect(events.find(({ type }) => type === 'responseSent')).toMatchObject({ payload: '"Hello you"' });
  }
});

test('a metric that a function prints is a chart beside those of Lambda', async () => {
  const code = `export const handler = async () => console.log(JSON.stringify({
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [['service']], Metrics: [{ Name: 'Declined' }] }] },
    service: 'checkout', Declined: 2 }));`;
  const story = await openStory([deploy('checkout', code), invoke('checkout'), invoke('checkout'), wait(1000)]);
  const { series } = await story.lab.look({ about: 'metrics', functionName: 'checkout' });
  expect(series.find(({ label }) => label === 'Shop: Declined (service checkout)')?.points).toEqual([[nine, 4]]);
});
