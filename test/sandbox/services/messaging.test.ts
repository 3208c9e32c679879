/** Messages, events and schedules of a whole account: what is sent on one side reaches functions, queues and topics on the other, when it may. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { allow, createRole, deploy, openAccount } from './function-story.ts';

const region = 'us-east-1:123456789012';
const functionArn = (name = 'worker'): string => `arn:aws:lambda:${region}:function:${name}`;
const queueArn = (name: string): string => `arn:aws:sqs:${region}:${name}`;
const busArn = `arn:aws:events:${region}:event-bus/default`;
const echo = 'export const handler = async (event) => { console.log(JSON.stringify(event)); };';

/** What functions logged as JSON, in order. */
const logged = ({ trace }: Account): unknown[] =>
  trace.flatMap((event) =>
    event.type === 'logWritten' ? [JSON.parse(event.message.split('\t').at(-1) ?? '') as unknown] : [],
  );

async function bodiesOf({ sqs }: Account, QueueName: string): Promise<string[]> {
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  return Messages.map(({ Body }) => Body);
}

const letIn = (account: Account, principal: string, SourceArn: string, FunctionName = 'worker'): Promise<unknown> =>
  account.lambda.addPermission({
    FunctionName,
    StatementId: principal.replaceAll('.', '-'),
    Action: 'lambda:InvokeFunction',
    Principal: principal,
    SourceArn,
  });

const queuePolicy = (principal: string, name: string, sourceArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: principal },
        Action: 'sqs:SendMessage',
        Resource: queueArn(name),
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      },
    ],
  });

test('a queue: one bad message of a batch ends in the dead-letter queue, the others are deleted', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('sqs')]);
  await deploy(
    account,
    `export const handler = async ({ Records }) => ({
       batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })),
     });`,
    { Role },
  );
  await account.sqs.createQueue({ QueueName: 'dead' });
  const { QueueUrl } = await account.sqs.createQueue({
    QueueName: 'orders',
    Attributes: {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 }),
      VisibilityTimeout: '60',
    },
  });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: queueArn('orders'),
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  account.clock.advance({ minutes: 1 });
  await account.sqs.sendMessageBatch({
    QueueUrl,
    Entries: ['good', 'bad', 'fine'].map((MessageBody, index) => ({ Id: String(index), MessageBody })),
  });
  account.clock.advance({ minutes: 10 });
  expect(await bodiesOf(account, 'dead')).toEqual(['bad']);
  const { Attributes } = await account.sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
  });
  account.dispose();
});

test('a queue that the role may not read: the mapping is refused until the role may', async () => {
  const account = await openAccount();
  const Role = await createRole(account, []);
  await deploy(account, echo, { Role });
  await account.sqs.createQueue({ QueueName: 'orders' });
  const create = () =>
    account.eventSourceMappings.createEventSourceMapping({
      FunctionName: 'worker',
      EventSourceArn: queueArn('orders'),
    });
  await expect(create()).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The function execution role does not have permissions to call ReceiveMessage on SQS',
  });
  await account.iam.attachRolePolicy({
    RoleName: 'worker-role',
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
  });
  expect(await create()).toMatchObject({ State: 'Creating', EventSourceArn: queueArn('orders') });
  account.dispose();
});

test('a stream: the poison record is found by halving, and its place goes to the queue for failures', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('kinesis', 'sqs')]);
  await deploy(
    account,
    `export const handler = async ({ Records }) => {
       const texts = Records.map(({ kinesis }) => atob(kinesis.data));
       if (texts.includes('poison')) throw new Error('cannot read poison');
       console.log(JSON.stringify(texts));
     };`,
    { Role },
  );
  await account.sqs.createQueue({ QueueName: 'failures' });
  await account.kinesis.createStream({ StreamName: 'clicks', ShardCount: 1 });
  account.clock.advance({ minutes: 1 });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: `arn:aws:kinesis:${region}:stream/clicks`,
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: queueArn('failures') } },
  });
  await account.kinesis.putRecords({
    StreamName: 'clicks',
    Records: ['a', 'poison', 'b', 'c'].map((Data) => ({ Data, PartitionKey: 'k' })),
  });
  account.clock.advance({ minutes: 30 });
  expect(
    account.trace.flatMap((event) => (event.type === 'logWritten' ? [event.message.split('\t').at(-1)] : [])),
  ).toEqual(expect.arrayContaining(['["a"]', '["b","c"]']));
  const [told = '', ...more] = await bodiesOf(account, 'failures');
  expect(more).toEqual([]);
  expect(JSON.parse(told)).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', functionArn: functionArn() },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    KinesisBatchInfo: { batchSize: 1, shardId: 'shardId-000000000000' },
  });
  account.dispose();
});

test('a topic: a function and a queue get the message once their policies let the topic in', async () => {
  const account = await openAccount();
  await deploy(account, echo);
  const { TopicArn } = await account.sns.createTopic({ Name: 'news' });
  const { QueueUrl } = await account.sqs.createQueue({ QueueName: 'readers' });
  await account.sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: functionArn() });
  await account.sns.subscribe({
    TopicArn,
    Protocol: 'sqs',
    Endpoint: queueArn('readers'),
    Attributes: { RawMessageDelivery: 'true' },
  });
  await account.sns.publish({ TopicArn, Message: 'too early' });
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toEqual([]);
  expect(await bodiesOf(account, 'readers')).toEqual([]);
  expect(account.trace.filter(({ type }) => type === 'notificationFailed')).toMatchObject([
    { endpoint: functionArn(), then: 'lost' },
    { endpoint: queueArn('readers'), then: 'lost' },
  ]);

  await letIn(account, 'sns.amazonaws.com', TopicArn);
  await account.sqs.setQueueAttributes({
    QueueUrl,
    Attributes: { Policy: queuePolicy('sns.amazonaws.com', 'readers', TopicArn) },
  });
  await account.sns.publish({ TopicArn, Message: 'hello' });
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toMatchObject([
    { Records: [{ EventSource: 'aws:sns', Sns: { Message: 'hello', TopicArn, Type: 'Notification' } }] },
  ]);
  expect(await bodiesOf(account, 'readers')).toEqual(['hello']);
  account.dispose();
});

test('a rule: an event that a function puts reaches another one', async () => {
  const account = await openAccount();
  await deploy(account, echo);
  const Role = await createRole(account, [allow('events')], 'shop-role');
  await deploy(
    account,
    `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
     const events = new EventBridgeClient({});
     export const handler = async (total) => {
       const Entries = [{ Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ total }) }];
       return (await events.send(new PutEventsCommand({ Entries }))).FailedEntryCount;
     };`,
    { FunctionName: 'shop', Role },
  );
  const { RuleArn } = await account.eventbridge.putRule({
    Name: 'large',
    EventPattern: JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>', 100] }] } }),
  });
  await account.eventbridge.putTargets({
    Rule: 'large',
    Targets: [
      {
        Id: 'worker',
        Arn: functionArn(),
        InputTransformer: { InputPathsMap: { total: '$.detail.total' }, InputTemplate: '{"sum": <total>}' },
      },
    ],
  });
  await letIn(account, 'events.amazonaws.com', RuleArn);
  for (const total of [99, 101]) {
    const { Payload } = await account.lambda.invoke({ FunctionName: 'shop', Payload: String(total) });
    expect(Payload).toBe('0');
  }
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toEqual([{ sum: 101 }]);
  account.dispose();
});

test('a scheduled rule calls nobody until the function lets it in', async () => {
  const account = await openAccount();
  await deploy(account, echo);
  const { RuleArn } = await account.eventbridge.putRule({
    Name: 'nightly',
    ScheduleExpression: 'cron(0 2 * * ? *)',
  });
  await account.eventbridge.putTargets({ Rule: 'nightly', Targets: [{ Id: 'worker', Arn: functionArn() }] });
  account.clock.advance({ days: 1 });
  expect(logged(account)).toEqual([]);
  expect(account.trace.filter(({ type }) => type === 'targetFailed')).toMatchObject([
    { name: 'nightly', targetArn: functionArn(), then: 'lost' },
  ]);
  await letIn(account, 'events.amazonaws.com', RuleArn);
  account.clock.advance({ days: 2 });
  expect(logged(account)).toMatchObject(
    ['2026-01-07T02:00:00Z', '2026-01-08T02:00:00Z'].map((time) => ({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: [RuleArn],
      time,
      detail: {},
    })),
  );
  account.dispose();
});

test('a schedule calls on behalf of its role, with an event of its own', async () => {
  const account = await openAccount();
  await deploy(account, echo);
  const { Role } = await account.iam.createRole({
    RoleName: 'clock-role',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  });
  await account.scheduler.createSchedule({
    Name: 'once',
    ScheduleExpression: 'at(2026-01-05T10:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: functionArn(),
      RoleArn: Role.Arn,
      Input: '{"task":"report"}',
      RetryPolicy: { MaximumRetryAttempts: 5 },
    },
  });
  account.clock.advance({ hours: 1 });
  account.clock.advance({ seconds: 1 });
  expect(logged(account)).toEqual([]);
  await account.iam.putRolePolicy({
    RoleName: 'clock-role',
    PolicyName: 'call',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allow('lambda')] }),
  });
  await account.scheduler.createSchedule({
    Name: 'again',
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: functionArn(), RoleArn: Role.Arn, Input: '{"task":"tidy"}' },
  });
  account.clock.advance({ minutes: 30 });
  expect(logged(account)).toEqual([{ task: 'tidy' }]);
  account.dispose();
});

test('a bucket that tells the default bus: a rule finds the object', async () => {
  const account = await openAccount();
  await deploy(account, echo);
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putBucketNotificationConfiguration({
    Bucket: 'photos',
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
  const { RuleArn } = await account.eventbridge.putRule({
    Name: 'cats',
    EventPattern: JSON.stringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['photos'] }, object: { key: [{ prefix: 'cats/' }] } },
    }),
  });
  await account.eventbridge.putTargets({ Rule: 'cats', Targets: [{ Id: 'worker', Arn: functionArn() }] });
  await letIn(account, 'events.amazonaws.com', RuleArn);
  await account.s3.putObject({ Bucket: 'photos', Key: 'dogs/rex.jpg', Body: 'x' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'cats/tom.jpg', Body: 'hello' });
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toMatchObject([
    {
      version: '0',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      resources: ['arn:aws:s3:::photos'],
      detail: { bucket: { name: 'photos' }, object: { key: 'cats/tom.jpg', size: 5 }, reason: 'PutObject' },
    },
  ]);
  account.dispose();
});

test('a function’s destination is a bus: a rule passes its record on to a queue', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('events')]);
  await deploy(account, 'export const handler = async () => ({ shipped: true });', { Role });
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'worker',
    DestinationConfig: { OnSuccess: { Destination: busArn } },
  });
  const { RuleArn } = await account.eventbridge.putRule({
    Name: 'done',
    EventPattern: JSON.stringify({ source: ['lambda'], detail: { responsePayload: { shipped: [true] } } }),
  });
  await account.sqs.createQueue({
    QueueName: 'done',
    Attributes: { Policy: queuePolicy('events.amazonaws.com', 'done', RuleArn) },
  });
  await account.eventbridge.putTargets({
    Rule: 'done',
    Targets: [{ Id: 'queue', Arn: queueArn('done'), InputPath: '$.detail.responsePayload' }],
  });
  await account.lambda.invoke({ FunctionName: 'worker', InvocationType: 'Event', Payload: '{}' });
  account.clock.advance({ minutes: 1 });
  expect(await bodiesOf(account, 'done')).toEqual(['{"shipped":true}']);
  account.dispose();
});

test('a function that answers into its own queue is stopped after 16 rounds', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('sqs')]);
  const { QueueUrl } = await account.sqs.createQueue({ QueueName: 'loop' });
  await deploy(
    account,
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
     const sqs = new SQSClient({});
     export const handler = async ({ Records }) => {
       for (const { body } of Records) {
         await sqs.send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: String(Number(body) + 1) }));
         console.log(body);
       }
     };`,
    { Role },
  );
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: queueArn('loop'),
  });
  account.clock.advance({ minutes: 1 });
  await account.sqs.sendMessage({ QueueUrl, MessageBody: '1' });
  account.clock.advance({ minutes: 5 });
  expect(account.trace.filter(({ type }) => type === 'recursionStopped').length).toBeGreaterThan(0);
  expect(logged(account).at(-1)).toBe(16);
  account.dispose();
});

test('a mapping that a function makes and reads through the SDK', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('lambda', 'sqs', 'iam')]);
  await account.sqs.createQueue({ QueueName: 'orders' });
  await deploy(
    account,
    `import { LambdaClient, CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda';
     const lambda = new LambdaClient({});
     export const handler = async () => {
       const { UUID } = await lambda.send(
         new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: '${queueArn('orders')}', BatchSize: 5 }),
       );
       const { State, BatchSize } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
       return { State, BatchSize };
     };`,
    { Role },
  );
  const { Payload } = await account.lambda.invoke({ FunctionName: 'worker' });
  expect(JSON.parse(Payload)).toEqual({ State: 'Creating', BatchSize: 5 });
  account.dispose();
});

test('a month in which nothing is sent costs nothing', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('sqs', 'kinesis')]);
  await deploy(account, echo, { Role });
  await account.sqs.createQueue({ QueueName: 'orders' });
  await account.kinesis.createStream({ StreamName: 'clicks', ShardCount: 4 });
  account.clock.advance({ minutes: 1 });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: queueArn('orders'),
  });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: `arn:aws:kinesis:${region}:stream/clicks`,
    StartingPosition: 'LATEST',
  });
  account.clock.advance({ minutes: 1 });
  const before = account.traceEnd;
  account.clock.advance({ days: 30 });
  expect(account.traceEnd).toBe(before);
  account.dispose();
});

test('same seed, same trace', async () => {
  const run = async (): Promise<string> => {
    const account = await openAccount({ seed: 11 });
    await deploy(account, echo);
    const { TopicArn } = await account.sns.createTopic({ Name: 'news' });
    await account.sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: functionArn() });
    await letIn(account, 'sns.amazonaws.com', TopicArn);
    const { RuleArn } = await account.eventbridge.putRule({ Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
    await account.eventbridge.putTargets({ Rule: 'tick', Targets: [{ Id: 'topic', Arn: functionArn() }] });
    await letIn(account, 'events.amazonaws.com', RuleArn);
    await account.sns.publish({ TopicArn, Message: 'hello' });
    account.clock.advance({ minutes: 5 });
    const text = JSON.stringify(account.trace);
    account.dispose();
    return text;
  };
  expect(await run()).toBe(await run());
});
