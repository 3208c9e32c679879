/** A session: deploy, run, wait, and what each update says. */
import { expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { FunctionDefinition, Session } from '../../../sandbox/worker/session.types.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import { scriptedProcesses, type Script } from '../scripted-process.ts';

export const definition: FunctionDefinition = {
  FunctionName: 'checkout',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 128,
  Timeout: 3,
  Architectures: ['arm64'],
  Files: { 'index.mjs': 'export const handler = async () => 1;' },
};

async function open(script: Script = {}): Promise<{ session: Session; account: Account }> {
  const account = await createAccount({ createProcess: scriptedProcesses(script).create });
  return { session: sessionOf(account, defaultFacts), account };
}

const types = (events: readonly { readonly type: string }[]): string[] => events.map(({ type }) => type);

test('each update has the events since the one before', async () => {
  const { session, account } = await open();
  expect(types((await session.deploy(definition)).events)).toEqual(['functionChanged']);
  const cold = await session.run({ kind: 'invoke', payload: '{}' });
  expect(cold.invocations).toEqual([{ requestId: expect.any(String) as string, statusCode: 200, payload: '"ok"' }]);
  expect(cold.bill.lines.map(({ id }) => id)).toEqual(['requests', 'init', 'compute']);
  const wait = await session.run({ kind: 'wait', milliseconds: 3_600_000 });
  expect(types(wait.events)).toEqual(['environmentGone']);
  expect(wait.now).toBe(cold.now + 3_600_000);
  const again = await session.run({ kind: 'invoke', payload: '{}' });
  expect(again.events.find(({ type }) => type === 'requestPlaced')).toMatchObject({ start: 'cold' });
  expect(account.trace).toHaveLength(1 + cold.events.length + 1 + again.events.length);
});

test('a burst arrives at one moment and gets an environment each', async () => {
  const { session } = await open();
  await session.deploy(definition);
  const { events, invocations } = await session.run({ kind: 'invoke', payload: '{}', count: 5 });
  const arrivals = events.filter(({ type }) => type === 'requestArrived');
  expect(new Set(arrivals.map(({ time }) => time)).size).toBe(1);
  expect(types(events).filter((type) => type === 'environmentCreated')).toHaveLength(5);
  expect(invocations).toHaveLength(5);
});

test('the same definition again changes nothing', async () => {
  const { session } = await open();
  const full = {
    ...definition,
    Environment: { Variables: { STAGE: 'dev' } },
    EphemeralStorage: { Size: 1024 },
    LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
  } as const;
  await session.deploy(full);
  await session.run({ kind: 'invoke', payload: '{}' });
  expect((await session.deploy(structuredClone(full))).events).toEqual([]);
  const plain = await session.deploy(definition);
  expect(types(plain.events)).toEqual(['functionChanged', 'environmentGone']);
  expect((await session.deploy(definition)).events).toEqual([]);
});

test.each<[string, Partial<FunctionDefinition>, string]>([
  ['code', { Files: { 'index.mjs': 'export const handler = async () => 2;' } }, 'code-changed'],
  ['another file', { Files: { ...definition.Files, 'more.mjs': '' } }, 'code-changed'],
  ['the architecture', { Architectures: ['x86_64'] }, 'code-changed'],
  ['memory', { MemorySize: 256 }, 'configuration-changed'],
  ['a variable', { Environment: { Variables: { STAGE: 'dev' } } }, 'configuration-changed'],
])('changing %s makes new environments', async (_what, change, reason) => {
  const { session } = await open();
  await session.deploy(definition);
  await session.run({ kind: 'invoke', payload: '{}' });
  const { events } = await session.deploy({ ...definition, ...change });
  expect(events.at(-1)).toMatchObject({ type: 'environmentGone', reason });
});

test('a function error is an answer, a refused request is an error', async () => {
  const { session } = await open({ handler: () => ({ ms: 1, exit: { kind: 'exit', code: 1 } }) });
  await session.deploy(definition);
  const { invocations } = await session.run({ kind: 'invoke', payload: '{}' });
  expect(invocations[0]).toMatchObject({ statusCode: 200, functionError: 'Unhandled' });
  await expect(session.run({ kind: 'invoke', payload: 'not json' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
  });
  await expect(session.deploy({ ...definition, MemorySize: 1 })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a throttled request is an answer with status 429', async () => {
  const limit = { ...defaultFacts.get('concurrency-1000'), value: 1 };
  const facts = new Map([...defaultFacts, ['concurrency-1000', limit as never]]);
  const account = await createAccount({ createProcess: scriptedProcesses().create, facts });
  const session = sessionOf(account, facts);
  await session.deploy(definition);
  const { invocations } = await session.run({ kind: 'invoke', payload: '{}', count: 2 });
  expect(invocations.map(({ statusCode }) => statusCode)).toEqual([200, 429]);
  expect(JSON.parse(invocations[1]?.payload ?? '')).toEqual({
    Reason: 'ConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  });
});

test('the free tier can be switched on and off', async () => {
  const { session } = await open();
  await session.deploy(definition);
  const before = await session.run({ kind: 'invoke', payload: '{}' });
  expect(before.bill.total).toBeGreaterThan(0);
  expect((await session.setFreeTier(true)).bill.total).toBe(0);
  expect((await session.setFreeTier(false)).bill).toEqual(before.bill);
});

test('nothing can be invoked before something is deployed', async () => {
  const { session } = await open();
  await expect(session.run({ kind: 'invoke', payload: '{}' })).rejects.toMatchObject({ name: 'NothingDeployedError' });
});

test('what the account has besides the function is there before it, and no part of what happened', async () => {
  const { session, account } = await open();
  const { events } = await session.deploy({
    ...definition,
    account: [
      {
        service: 'iam',
        operation: 'CreateRole',
        input: {
          RoleName: 'reader',
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          }),
        },
      },
    ],
  });
  expect(types(events)).toEqual(['functionChanged']);
  expect(await account.iam.getRole({ RoleName: 'reader' })).toMatchObject({ Role: { RoleName: 'reader' } });
});

test('a call step answers as the API does, or rejects with its error', async () => {
  const { session } = await open();
  await session.deploy(definition);
  const call = { service: 'iam', operation: 'GetRole', input: { RoleName: 'checkout-role' } };
  expect((await session.run({ kind: 'call', call })).output).toMatchObject({ Role: { RoleName: 'checkout-role' } });
  const missing = session.run({ kind: 'call', call: { ...call, input: { RoleName: 'nobody' } } });
  await expect(missing).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('policy.json is the policy of the role and not part of the code', async () => {
  const { session, account } = await open();
  const policy = (action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const withPolicy = (text: string): FunctionDefinition => ({
    ...definition,
    Files: { ...definition.Files, 'policy.json': text },
  });
  await session.deploy(withPolicy(policy('s3:GetObject')));
  const { Code } = await account.lambda.getFunction({ FunctionName: 'checkout' });
  expect(Object.keys(Code.Files)).toEqual(['index.mjs']);
  await session.run({ kind: 'invoke', payload: '{}' });

  await session.deploy(withPolicy(policy('s3:PutObject')));
  const { PolicyDocument } = await account.iam.getRolePolicy({ RoleName: 'checkout-role', PolicyName: 'checkout' });
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({ Statement: [{ Action: 's3:PutObject' }] });
  const warm = await session.run({ kind: 'invoke', payload: '{}' });
  expect(warm.events.find(({ type }) => type === 'requestPlaced')).toMatchObject({ start: 'warm' });

  await expect(session.deploy(withPolicy('{'))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
});

test('an asynchronous event has no answer, and is tried again while time passes', async () => {
  const { session } = await open({
    handler: () => ({ ms: 5, fail: { payload: '{"errorType":"Error","errorMessage":"no luck"}', errorType: 'Error' } }),
  });
  await session.deploy(definition);
  const { invocations } = await session.run({ kind: 'invoke', payload: '{}', invocationType: 'Event' });
  expect(invocations).toEqual([{ requestId: expect.any(String) as string, statusCode: 202, payload: '' }]);
  const { events } = await session.run({ kind: 'wait', milliseconds: 10 * 60_000 });
  expect(events.find(({ type }) => type === 'eventEnded')).toMatchObject({
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  });
});

test('a queue of the account wakes the function, whose role may read it before the mapping is made', async () => {
  const { session } = await open();
  const queue = 'arn:aws:sqs:us-east-1:123456789012:orders';
  const Action = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: queue }] };
  const input = { FunctionName: 'checkout', EventSourceArn: queue };
  await session.deploy({
    ...definition,
    Files: { ...definition.Files, 'policy.json': JSON.stringify(policy) },
    account: [
      { service: 'lambda', operation: 'CreateEventSourceMapping', input },
      { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } },
    ],
  });
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
  await session.run({
    kind: 'call',
    call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody: 'hello' } },
  });
  const { events } = await session.run({ kind: 'wait', milliseconds: 60_000 });
  expect(types(events).filter((type) => type === 'requestArrived')).toHaveLength(1);
});

test('a function that is invoked asynchronously gets its events through its queue', async () => {
  const { session } = await open();
  await session.deploy({ ...definition, sends: 'asynchronous' });
  const { invocations } = await session.run({ kind: 'invoke', payload: '{}' });
  expect(invocations).toMatchObject([{ statusCode: 202, payload: '' }]);
});

test('an event can be the input of a call that leads to the function', async () => {
  const { session } = await open();
  const queue = 'arn:aws:sqs:us-east-1:123456789012:orders';
  const Action = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: queue }] };
  await session.deploy({
    ...definition,
    sends: { service: 'sqs', operation: 'SendMessage' },
    Files: { ...definition.Files, 'policy.json': JSON.stringify(policy) },
    account: [
      { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } },
      {
        service: 'lambda',
        operation: 'CreateEventSourceMapping',
        input: { FunctionName: 'checkout', EventSourceArn: queue },
      },
    ],
  });
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
  const sent = await session.run({
    kind: 'invoke',
    payload: JSON.stringify({ QueueUrl, MessageBody: 'hello' }),
    count: 2,
  });
  expect(sent.invocations).toEqual([]);
  expect(types(sent.events).filter((type) => type === 'messageSent')).toHaveLength(2);
  const { events } = await session.run({ kind: 'wait', milliseconds: 1000 });
  expect(types(events), 'the mapping is enabled before anything is sent').toContain('requestArrived');

  const refused = session.run({
    kind: 'invoke',
    payload: '{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/none","MessageBody":"hello"}',
  });
  await expect(refused).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  await expect(session.run({ kind: 'invoke', payload: '[]' })).rejects.toThrow('must be a JSON object');
});

test('an answer can be kept, and calls and requests refer to it', async () => {
  const handler = ({ payload = '{}' }: { readonly payload: string | undefined }) => ({
    ms: 5,
    respond: JSON.stringify((JSON.parse(payload) as { rawPath?: string }).rawPath ?? 'no path'),
  });
  const { session } = await open({ handler });
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:checkout';
  await session.deploy({
    ...definition,
    account: [
      {
        service: 'apigatewayv2',
        operation: 'CreateApi',
        as: 'api',
        input: { Name: 'shop', ProtocolType: 'HTTP', Target: functionArn },
      },
      {
        service: 'lambda',
        operation: 'AddPermission',
        input: {
          FunctionName: 'checkout',
          StatementId: 'api',
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: 'arn:aws:execute-api:us-east-1:123456789012:{api.ApiId}/*/*',
        },
      },
    ],
  });
  const step = { kind: 'request', request: { url: '{api.ApiEndpoint}/orders/{id}' }, count: 2 } as const;
  const { responses, events } = await session.run(step);
  expect(responses).toMatchObject([
    { status: 200, body: '/orders/{id}' },
    { status: 200, body: '/orders/{id}' },
  ]);
  expect(types(events).filter((type) => type === 'httpRequestAnswered')).toHaveLength(2);
  await expect(session.run({ kind: 'request', request: { url: '{api.Endpoint}/' } })).rejects.toThrow(
    'There is no Endpoint for {api.Endpoint}: there is ApiEndpoint, ApiId,',
  );
});

test('a function behind HTTP gets test events that are requests', async () => {
  const answer = ({ payload = '{}' }: { readonly payload: string | undefined }) => {
    const { headers, body } = JSON.parse(payload) as { headers: Record<string, string>; body: string };
    return { ms: 5, respond: JSON.stringify({ statusCode: 201, body: `${headers['content-type'] ?? ''} ${body}` }) };
  };
  const { session } = await open({ handler: answer });
  const url = { FunctionName: 'checkout', AuthType: 'AWS_IAM' };
  await session.deploy({
    ...definition,
    sends: 'http-request',
    account: [{ service: 'lambda', operation: 'CreateFunctionUrlConfig', as: 'url', input: url }],
  });
  const send = (event: object) => session.run({ kind: 'invoke', payload: JSON.stringify(event) });
  const order = { method: 'POST', url: '{url.FunctionUrl}orders', body: { id: 1 } };
  expect((await send(order)).responses).toMatchObject([{ status: 403 }]);
  const { responses, invocations } = await send({ ...order, signed: true });
  expect(responses).toMatchObject([{ status: 201, body: 'application/json {"id":1}' }]);
  expect(invocations).toEqual([]);
  await expect(send({ method: 'POST' })).rejects.toThrow('An HTTP request needs a url.');
  await expect(send({ ...order, path: '/' })).rejects.toThrow('An HTTP request has no member path');
});

test('a function can be traced, and X-Ray asked by a call', async () => {
  const { session } = await open();
  await session.deploy({ ...definition, TracingConfig: { Mode: 'Active' } });
  await session.run({ kind: 'invoke', payload: '{}' });
  const asked = await session.run({
    kind: 'call',
    call: {
      service: 'xray',
      operation: 'GetTraceSummaries',
      input: { StartTime: '2026-01-05T09:00:00Z', EndTime: '2026-01-05T10:00:00Z' },
    },
  });
  expect(asked.output).toMatchObject({ TraceSummaries: [{ EntryPoint: { Name: 'checkout', Type: 'AWS::Lambda' } }] });
  await session.deploy({ ...definition, TracingConfig: { Mode: 'PassThrough' } });
  await session.run({ kind: 'wait', milliseconds: 5000 });
  const { events } = await session.run({ kind: 'invoke', payload: '{}' });
  const arrived = events.find((event) => event.type === 'requestArrived');
  expect(arrived).toBeDefined();
  expect(arrived).not.toHaveProperty('tracing');
});

test('an instance that the account stops is stopped when the function first runs', async () => {
  const { session, account } = await open();
  await session.deploy({
    ...definition,
    account: [
      {
        service: 'ec2',
        operation: 'RunInstances',
        as: 'server',
        input: { ImageId: 'ami-0abcdef1234567890', MinCount: 1, MaxCount: 1 },
      },
      { service: 'ec2', operation: 'StopInstances', input: { InstanceIds: ['{server.Instances.0.InstanceId}'] } },
    ],
  });
  const answer = await account.call({ service: 'ec2', operation: 'DescribeInstances', input: {} });
  expect(answer).toMatchObject({ Reservations: [{ Instances: [{ State: { Name: 'stopped' } }] }] });
});
