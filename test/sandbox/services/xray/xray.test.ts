/** X-Ray: what is recorded, and what the traces of an account look like. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { defaultFacts } from '../../../../sandbox/default-facts.ts';
import { Random } from '../../../../sandbox/kernel/random.ts';
import { Sampler } from '../../../../sandbox/lambda/tracing.ts';
import type { SegmentDocument, SubsegmentDocument } from '../../../../sandbox/services/xray/segment.types.ts';
import { begin } from '../../lambda/story.ts';
import { allow, createRole, deploy, invoke, openAccount } from '../function-story.ts';
import { refused } from '../service-account.ts';

const active = { TracingConfig: { Mode: 'Active' } } as const;
const start = new Date('2026-01-05T09:00:00Z');

const summaries = async (account: Account, FilterExpression = '') =>
  (
    await account.xray.getTraceSummaries({
      StartTime: start,
      EndTime: new Date(account.clock.now + 1000),
      FilterExpression,
    })
  ).TraceSummaries;

/** All segments of the only trace, or of one. */
async function segments(account: Account, id?: string): Promise<readonly SegmentDocument[]> {
  const [first] = await summaries(account);
  const { Traces } = await account.xray.batchGetTraces({ TraceIds: [id ?? first?.Id ?? ''] });
  return (Traces[0]?.Segments ?? []).map(({ Document }) => JSON.parse(Document) as SegmentDocument);
}

const named = (all: readonly SegmentDocument[], name: string, origin: string): SegmentDocument => {
  const found = all.find((segment) => segment.name === name && segment.origin === origin);
  if (found === undefined) throw new Error(`There is no segment ${name} of ${origin}.`);
  return found;
};

const names = ({ subsegments = [] }: SubsegmentDocument): string[] => subsegments.map(({ name }) => name);
const lengthMs = ({ start_time: from, end_time: to = NaN }: SubsegmentDocument): number =>
  Math.round((to - from) * 1000);

test('a recorded request has a segment of the service, and one of the function with its phases', async () => {
  const { account } = await begin({ handler: () => ({ ms: 40, respond: '1', afterMs: 5 }) }, active);
  await account.lambda.invoke({ FunctionName: 'hello' });
  const all = await segments(account);
  const service = named(all, 'hello', 'AWS::Lambda');
  const own = named(all, 'hello', 'AWS::Lambda::Function');
  expect(all).toHaveLength(2);
  expect(own.parent_id).toBe(service.id);
  expect(service).toMatchObject({ http: { response: { status: 200 } } });
  expect(service.parent_id).toBeUndefined();
  expect(names(own)).toEqual(['Initialization', 'Invocation', 'Overhead']);
  expect(own.subsegments?.map(lengthMs)).toEqual([130, 40, 5]);
  // REPORT names the same segment and trace.
  const report = account.trace.find((event) => event.type === 'invocationReported');
  expect(report).toMatchObject({ tracing: { segmentId: own.id } });
  expect(report?.type === 'invocationReported' && report.tracing?.header).toContain(
    `Root=${own.trace_id};Parent=${own.id};Sampled=1`,
  );
});

test('a warm start has no initialization; the first request of each second is recorded', async () => {
  const { account } = await begin({}, active);
  for (let count = 0; count < 3; count += 1) {
    await account.lambda.invoke({ FunctionName: 'hello' });
    account.clock.advance({ seconds: 2 });
  }
  const found = await summaries(account);
  expect(found).toHaveLength(3);
  const warm = named(await segments(account, found[1]?.Id), 'hello', 'AWS::Lambda::Function');
  expect(names(warm)).toEqual(['Invocation', 'Overhead']);
});

test('without active tracing nothing is recorded', async () => {
  const { account } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(await summaries(account)).toEqual([]);
});

test('a function that fails is a fault with its exception, a throttled request has no function', async () => {
  const { account } = await begin(
    {
      handler: () => ({
        ms: 5,
        fail: { payload: '{"errorType":"TypeError","errorMessage":"no order"}', errorType: 'TypeError' },
      }),
    },
    active,
  );
  await account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ seconds: 2 });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  expect(await refused(account.lambda.invoke({ FunctionName: 'hello' }))).toContain('TooManyRequestsException');
  const [failed, throttled] = await summaries(account);
  expect(failed).toMatchObject({ HasFault: true, HasError: false, HasThrottle: false });
  expect(throttled).toMatchObject({ HasFault: false, HasError: true, HasThrottle: true });
  expect(named(await segments(account, failed?.Id), 'hello', 'AWS::Lambda::Function')).toMatchObject({
    fault: true,
    cause: { exceptions: [{ type: 'TypeError', message: 'no order' }] },
  });
  expect((await segments(account, throttled?.Id)).map(({ origin }) => origin)).toEqual(['AWS::Lambda']);
  expect((await summaries(account, 'fault')).map(({ Id }) => Id)).toEqual([failed?.Id]);
  expect((await summaries(account, '!fault AND service("hello")')).map(({ Id }) => Id)).toEqual([throttled?.Id]);
  expect(await summaries(account, 'responsetime > 10')).toEqual([]);
  expect(await refused(summaries(account, 'annotation.user = "x"'))).toContain('is not available in this simulator');
});

test('an asynchronous request shows its wait, and every attempt', async () => {
  const { account } = await begin(
    {
      handler: (_request, { count }) =>
        count < 3 ? { ms: 5, fail: { payload: '{}', errorType: 'E' } } : { ms: 5, respond: '1' },
    },
    active,
  );
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 5 });
  const all = await segments(account);
  const service = named(all, 'hello', 'AWS::Lambda');
  expect(names(service)).toEqual(['Dwell Time', 'Attempt #1', 'Attempt #2', 'Attempt #3']);
  expect(service.http?.response?.status).toBe(202);
  const attempts = all.filter(({ origin }) => origin === 'AWS::Lambda::Function');
  expect(attempts.map(({ parent_id: parent }) => parent)).toEqual(service.subsegments?.slice(1).map(({ id }) => id));
  const reported = account.trace.flatMap((event) =>
    event.type === 'invocationReported' ? [event.tracing?.segmentId] : [],
  );
  expect(attempts.map(({ id }) => id)).toEqual(reported);
  expect(await summaries(account)).toMatchObject([{ IsPartial: false, HasFault: true }]);
  expect(attempts.map(({ fault }) => fault)).toEqual([true, true, undefined]);
});

test('calls of services are subsegments of the invocation', async () => {
  const account = await openAccount();
  const source = `
    import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
    const sqs = new SQSClient();
    export const handler = async () => {
      for (const name of ['orders', 'nobody'])
        await sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/' + name, MessageBody: 'x' })).catch(() => 0);
    };`;
  await account.sqs.createQueue({ QueueName: 'orders' });
  await deploy(account, source, { ...active, Role: await createRole(account, [allow('sqs', 'xray')]) });
  await invoke(account);
  const own = named(await segments(account), 'worker', 'AWS::Lambda::Function');
  const invocation = own.subsegments?.find(({ name }) => name === 'Invocation');
  expect(invocation?.subsegments).toMatchObject([
    { name: 'SQS', namespace: 'aws', aws: { operation: 'SendMessage' }, http: { response: { status: 200 } } },
    { name: 'SQS', error: true, http: { response: { status: 400 } } },
  ]);
  account.dispose();
});

test('active tracing is refused to a role that may not write traces', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('sqs')]);
  const source = 'export const handler = async () => 1;';
  const message = 'The provided execution role does not have permissions to call PutTraceSegments on XRAY';
  await expect(deploy(account, source, { ...active, Role })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message,
  });
  await deploy(account, source, { Role });
  await expect(account.lambda.updateFunctionConfiguration({ FunctionName: 'worker', ...active })).rejects.toThrow(
    message,
  );
  // The one that the console makes for a function with active tracing may.
  await deploy(account, source, { ...active, FunctionName: 'other' });
  account.dispose();
});

test('without the permission a function leaves no traces', async () => {
  const account = await openAccount();
  await deploy(account, 'export const handler = async () => 1;', active);
  await account.iam.detachRolePolicy({
    RoleName: 'worker-role',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
  });
  await invoke(account);
  expect(await summaries(account)).toEqual([]);
  await account.iam.attachRolePolicy({
    RoleName: 'worker-role',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
  });
  account.clock.advance({ seconds: 1 });
  await invoke(account);
  expect(await summaries(account)).toHaveLength(1);
  account.dispose();
});

test('one trace goes from an API through a function over a topic, a queue, a bus and an invocation to others', async () => {
  const account = await openAccount();
  const { TopicArn } = await account.sns.createTopic({ Name: 'orders' });
  await account.sqs.createQueue({ QueueName: 'orders' });
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
  const source = `
    import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
    import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
    import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
    export const handler = async () => {
      await new SNSClient().send(new PublishCommand({ TopicArn: '${TopicArn}', Message: 'hi' }));
      await new SQSClient().send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: 'hi' }));
      await new EventBridgeClient().send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{}' }] }));
      await new LambdaClient().send(new InvokeCommand({ FunctionName: 'invoked', InvocationType: 'Event', Payload: '{}' }));
      return { statusCode: 200, body: 'ok' };
    };`;
  const Role = await createRole(account, [allow('sns', 'sqs', 'events', 'lambda', 'xray')]);
  await deploy(account, source, { FunctionName: 'shop', Role });
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const permit = (FunctionName: string, Principal: string) =>
    account.lambda.addPermission({ FunctionName, StatementId: 's', Action: 'lambda:InvokeFunction', Principal });
  for (const FunctionName of ['notified', 'worker', 'matched', 'invoked']) {
    // Pass-through functions record what came with a decision.
    await deploy(account, 'export const handler = async () => 1;', { FunctionName, Role });
  }
  await permit('shop', 'apigateway.amazonaws.com');
  await permit('notified', 'sns.amazonaws.com');
  await permit('matched', 'events.amazonaws.com');
  await account.sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: arn('notified') });
  await account.eventbridge.putRule({ Name: 'orders', EventPattern: '{"source":["shop"]}' });
  await account.eventbridge.putTargets({ Rule: 'orders', Targets: [{ Id: '1', Arn: arn('matched') }] });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:orders',
  });
  const { id: restApiId, rootResourceId: resourceId } = await account.apiGateway.createRestApi({ name: 'api' });
  const on = { restApiId, resourceId, httpMethod: 'GET' };
  await account.apiGateway.putMethod({ ...on, authorizationType: 'NONE' });
  await account.apiGateway.putIntegration({
    ...on,
    type: 'AWS_PROXY',
    integrationHttpMethod: 'POST',
    uri: arn('shop'),
  });
  await account.apiGateway.createDeployment({ restApiId, stageName: 'prod', tracingEnabled: true });
  account.clock.advance({ minutes: 2 });
  await account.http.request({ url: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/prod/` });
  account.clock.advance({ minutes: 1 });

  const [summary, ...others] = await summaries(account);
  expect(others).toEqual([]);
  expect(summary).toMatchObject({
    EntryPoint: { Name: 'api/prod', Type: 'AWS::ApiGateway::Stage' },
    Http: { HttpMethod: 'GET', HttpStatus: 200, HttpURL: '/prod/' },
    IsPartial: false,
  });
  const all = await segments(account);
  const shop = named(all, 'shop', 'AWS::Lambda::Function');
  expect(named(all, 'shop', 'AWS::Lambda').parent_id).toBe(named(all, 'api/prod', 'AWS::ApiGateway::Stage').id);
  for (const name of ['notified', 'worker', 'matched', 'invoked']) {
    expect(named(all, name, 'AWS::Lambda').parent_id).toBe(shop.id);
  }
  account.dispose();
});

test('what has not ended is in progress', async () => {
  const { account } = await begin({ handler: () => ({ ms: 60_000, respond: '1' }) }, { ...active, Timeout: 120 });
  const answer = account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ seconds: 10 });
  expect(await summaries(account)).toMatchObject([{ IsPartial: true }]);
  await answer;
  expect(await summaries(account)).toMatchObject([{ IsPartial: false }]);
});

test('requests that make no sense are refused', async () => {
  const { account } = await begin({}, active);
  const TraceIds = Array.from({ length: 6 }, (_, index) => `1-${index}`);
  expect(await refused(account.xray.batchGetTraces({ TraceIds }))).toBe(
    'InvalidRequestException: TraceIds must have 1 to 5 ids',
  );
  expect(await account.xray.batchGetTraces({ TraceIds: ['1-2-3'] })).toEqual({
    Traces: [],
    UnprocessedTraceIds: ['1-2-3'],
  });
  expect(await refused(account.xray.getTraceSummaries({ StartTime: 'soon', EndTime: start }))).toContain(
    'must be times',
  );
});

test('the sampler takes the first of every second, and about five percent of the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const sampler = new Sampler(defaultFacts, new Random(seed));
      let others = 0;
      for (let second = 0; second < 20; second += 1) {
        const taken = Array.from({ length: 101 }, (_, index) => sampler.takes('hello', second * 1000 + index));
        expect(taken[0]).toBe(true);
        others += taken.slice(1).filter(Boolean).length;
      }
      // 2,000 others: a hundred of them, give or take five standard deviations.
      expect(others).toBeGreaterThan(50);
      expect(others).toBeLessThan(150);
    }),
    { numRuns: 40 },
  );
});

test('a reader that comes late reads the same as one that was there from the beginning', async () => {
  const play = async (early: boolean) => {
    const { account } = await begin(
      { handler: ({ requestId }, { count }) => ({ ms: count * 7, respond: JSON.stringify(requestId) }) },
      active,
    );
    if (early) await summaries(account);
    for (let count = 0; count < 5; count += 1) {
      await account.lambda.invoke({
        FunctionName: 'hello',
        InvocationType: count % 2 === 0 ? 'Event' : 'RequestResponse',
      });
      account.clock.advance({ milliseconds: 700 });
    }
    account.clock.advance({ minutes: 1 });
    const all = await summaries(account);
    const documents = await Promise.all(all.map(({ Id }) => segments(account, Id)));
    return JSON.stringify([all, documents]);
  };
  expect(await play(true)).toBe(await play(false));
});

test('functions read traces and plan schedules with the SDK', async () => {
  const account = await openAccount();
  const source = `
    import { XRayClient, GetTraceSummariesCommand } from '@aws-sdk/client-xray';
    import { SchedulerClient, CreateScheduleCommand, FlexibleTimeWindowMode, GetScheduleCommand, ResourceNotFoundException } from '@aws-sdk/client-scheduler';
    export const handler = async () => {
      const scheduler = new SchedulerClient();
      await scheduler.send(new CreateScheduleCommand({
        Name: 'nightly', ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: FlexibleTimeWindowMode.OFF },
        Target: { Arn: 'arn:aws:sqs:us-east-1:123456789012:orders', RoleArn: 'arn:aws:iam::123456789012:role/worker-role' } }));
      const missing = await scheduler.send(new GetScheduleCommand({ Name: 'x' })).catch((error) => error instanceof ResourceNotFoundException);
      const { TraceSummaries } = await new XRayClient().send(new GetTraceSummariesCommand({ StartTime: new Date(Date.now() - 60000), EndTime: new Date() }));
      return [missing, TraceSummaries.length];
    };`;
  const Role = await createRole(account, [allow('scheduler', 'xray', 'iam')]);
  await deploy(account, source, { ...active, Role });
  expect(await invoke(account)).toEqual([true, 1]);
  expect((await account.scheduler.listSchedules({})).Schedules).toMatchObject([{ Name: 'nightly' }]);
  account.dispose();
});
