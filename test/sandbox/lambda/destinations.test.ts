/** Where asynchronous events go when they have ended: destinations and dead-letter queues. */
import { expect, test } from 'vitest';
import { begin, hello } from './story.ts';
import { allowSending, keepDeliveries, withDeadLetterQueue } from './neighbours.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const queue = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const failure = '{"errorType":"Error","errorMessage":"no stock","trace":["Error: no stock"]}';
const failing = { handler: () => ({ ms: 10, fail: { payload: failure, errorType: 'Error' } }) };

test('a success record says what was asked and what was answered', async () => {
  const { account } = await begin({ handler: () => ({ ms: 10, respond: '{"sent":true}' }) });
  const delivered = keepDeliveries(account);
  await allowSending(account);
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'hello',
    DestinationConfig: { OnSuccess: { Destination: queue('done') }, OnFailure: { Destination: queue('failed') } },
  });
  const sent = await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{"order":7}' });
  account.clock.advance({ seconds: 1 });

  const { requestId = '' } = sent.$metadata ?? {};
  expect(delivered).toHaveLength(1);
  expect(delivered[0]).toMatchObject({
    targetArn: queue('done'),
    attributes: undefined,
    caller: {
      kind: 'role',
      roleArn: 'arn:aws:iam::123456789012:role/service-role/hello-role',
      sessionArn: 'arn:aws:sts::123456789012:assumed-role/hello-role/hello',
      requestId,
    },
  });
  expect(JSON.parse(delivered[0]?.body ?? '')).toEqual({
    version: '1.0',
    timestamp: new Date(delivered[0]?.at ?? 0).toISOString(),
    requestContext: { requestId, functionArn: `${arn}:$LATEST`, condition: 'Success', approximateInvokeCount: 1 },
    requestPayload: { order: 7 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: { sent: true },
  });
  expect(account.trace.find((event) => event.type === 'eventDelivered')).toMatchObject({
    requestId,
    to: 'on-success',
    targetArn: queue('done'),
  });
});

test('a failure record comes when the retries are exhausted, with the last error', async () => {
  const { account } = await begin(failing);
  const delivered = keepDeliveries(account);
  await allowSending(account);
  await account.lambda.publishVersion({ FunctionName: 'hello' });
  await account.lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'hello',
    Qualifier: 'live',
    DestinationConfig: { OnFailure: { Destination: queue('failed') } },
  });
  await account.lambda.invoke({ FunctionName: 'hello:live', InvocationType: 'Event', Payload: '{}' });
  account.clock.advance({ minutes: 2, seconds: 59 });
  expect(delivered).toEqual([]);
  account.clock.advance({ minutes: 1 });
  expect(JSON.parse(delivered[0]?.body ?? '')).toMatchObject({
    requestContext: { functionArn: `${arn}:live`, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: {},
    responseContext: { statusCode: 200, executedVersion: '1', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'no stock', trace: ['Error: no stock'] },
  });
  expect(account.trace.some(({ type }) => type === 'eventDropped')).toBe(false);
});

test('an event bus gets the record as the detail of an event', async () => {
  const { account } = await begin();
  const delivered = keepDeliveries(account);
  await allowSending(account);
  const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
  const DestinationConfig = { OnSuccess: { Destination: bus } };
  await account.lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', DestinationConfig });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '1' });
  account.clock.advance({ seconds: 1 });
  const entry = JSON.parse(delivered[0]?.body ?? '') as { readonly Detail: string };
  expect(entry).toMatchObject({
    Source: 'lambda',
    DetailType: 'Lambda Function Invocation Result - Success',
    Resources: [bus, `${arn}:$LATEST`],
  });
  expect(JSON.parse(entry.Detail)).toMatchObject({
    requestContext: { condition: 'Success' },
    requestPayload: 1,
    responsePayload: 'ok',
  });
});

test('a bucket gets failures as objects under the name of the function and the time', async () => {
  const { account } = await begin(failing);
  const delivered = keepDeliveries(account);
  await allowSending(account);
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'hello',
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
  });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ seconds: 1 });
  expect(delivered[0]?.targetArn).toMatch(
    /^arn:aws:s3:::failures\/aws\/lambda\/async\/hello\/2026\/01\/05\/2026-01-05T09\.00\.0\d-[0-9a-f-]{36}$/,
  );
});

test('a dead-letter queue gets the event itself, with three attributes', async () => {
  const { account } = await begin(failing);
  const delivered = keepDeliveries(account);
  await withDeadLetterQueue(account, queue('dead'));
  const sent = await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{"order": 7}' });
  account.clock.advance({ minutes: 5 });
  expect(delivered).toMatchObject([
    {
      targetArn: queue('dead'),
      body: '{"order": 7}',
      attributes: {
        RequestID: { dataType: 'String', value: sent.$metadata?.requestId },
        ErrorCode: { dataType: 'Number', value: '200' },
        ErrorMessage: { dataType: 'String', value: 'no stock' },
      },
    },
  ]);
  expect(account.trace.find((event) => event.type === 'eventDelivered')).toMatchObject({ to: 'dead-letter-queue' });
});

test('the error message of a dead letter is cut after 1 KB, between characters', async () => {
  const payload = JSON.stringify({ errorType: 'Error', errorMessage: `x${'é'.repeat(1000)}` });
  const { account } = await begin({ handler: () => ({ ms: 1, fail: { payload, errorType: 'Error' } }) });
  const delivered = keepDeliveries(account);
  await withDeadLetterQueue(account, queue('dead'));
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 5 });
  expect(delivered[0]?.attributes?.['ErrorMessage']?.value).toBe(`x${'é'.repeat(511)}`);
});

test('destination and dead-letter queue both hear of a failure', async () => {
  const { account } = await begin(failing);
  const delivered = keepDeliveries(account);
  await withDeadLetterQueue(account, queue('dead'));
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'hello',
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: queue('failed') } },
  });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ seconds: 1 });
  expect(delivered.map(({ targetArn }) => targetArn)).toEqual([queue('failed'), queue('dead')]);
});

test('with a reserved concurrency of 0 an event goes to the dead-letter queue without an attempt', async () => {
  const { account, processes } = await begin();
  const delivered = keepDeliveries(account);
  await withDeadLetterQueue(account, queue('dead'));
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{"order":7}' });
  account.clock.advance({ seconds: 1 });
  expect(processes).toHaveLength(0);
  expect(delivered).toMatchObject([{ body: '{"order":7}', attributes: { ErrorCode: { value: '429' } } }]);
});

test('an event that is throttled until it is too old has no response to tell of', async () => {
  const { account } = await begin({ handler: () => ({ ms: 0, hang: true }) }, { Timeout: 900 });
  const delivered = keepDeliveries(account);
  await allowSending(account);
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 });
  await account.lambda.putFunctionEventInvokeConfig({
    FunctionName: 'hello',
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: queue('failed') } },
  });
  account.lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{}' });
  account.clock.advance({ seconds: 61 });
  expect(Object.keys(JSON.parse(delivered[0]?.body ?? '') as object)).toEqual([
    'version',
    'timestamp',
    'requestContext',
    'requestPayload',
  ]);
});

test('a target that does not take it is a delivery failure', async () => {
  const { account } = await begin();
  const delivered = keepDeliveries(account);
  await allowSending(account);
  const DestinationConfig = { OnSuccess: { Destination: queue('missing') } };
  await account.lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', DestinationConfig });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ seconds: 1 });
  expect(delivered).toEqual([]);
  expect(account.trace.find((event) => event.type === 'eventDeliveryFailed')).toMatchObject({
    to: 'on-success',
    targetArn: queue('missing'),
    error: 'QueueDoesNotExist: The queue does not exist.',
  });
});

test('a record can go to another function, which gets it as its event', async () => {
  const { account, processes } = await begin({ handler: ({ payload }) => ({ ms: 1, respond: payload ?? 'null' }) });
  await account.lambda.createFunction({ ...hello, FunctionName: 'audit' });
  await allowSending(account);
  const Destination = 'arn:aws:lambda:us-east-1:123456789012:function:audit';
  const DestinationConfig = { OnSuccess: { Destination } };
  await account.lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', DestinationConfig });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{"order":7}' });
  account.clock.advance({ seconds: 1 });
  const audit = processes.find(({ configuration }) => configuration.functionName === 'audit');
  expect(JSON.parse(audit?.requests[0]?.payload ?? '')).toMatchObject({ requestPayload: { order: 7 } });
});

test('a role that may not send is found out when the target is configured, and again when it lost the permission', async () => {
  const { account } = await begin();
  const { lambda, iam, clock } = account;
  await lambda.createFunction({ ...hello, FunctionName: 'audit' });
  const Destination = 'arn:aws:lambda:us-east-1:123456789012:function:audit';
  const DestinationConfig = { OnSuccess: { Destination } };
  const configure = (): Promise<object> =>
    lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', DestinationConfig });
  await expect(configure()).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `The function's execution role does not have permissions to call InvokeFunction on ${Destination}`,
  });
  const topic = 'arn:aws:sns:us-east-1:123456789012:dead';
  const deadLetters = { FunctionName: 'hello', DeadLetterConfig: { TargetArn: topic } };
  await expect(lambda.updateFunctionConfiguration(deadLetters)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The provided execution role does not have permissions to call Publish on SNS',
  });

  await allowSending(account);
  await configure();
  await lambda.updateFunctionConfiguration(deadLetters);
  await iam.deleteRolePolicy({ RoleName: 'hello-role', PolicyName: 'sending' });
  await lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  clock.advance({ seconds: 1 });
  expect(account.trace.find((event) => event.type === 'eventDeliveryFailed')).toMatchObject({
    targetArn: Destination,
    error: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction') as string,
  });
});

test.each([
  ['a bucket for successes', { OnSuccess: { Destination: 'arn:aws:s3:::bucket' } }, 'is invalid'],
  ['a table', { OnFailure: { Destination: 'arn:aws:dynamodb:us-east-1:123456789012:table/x' } }, 'is invalid'],
  ['a name', { OnFailure: { Destination: 'my-queue' } }, "at 'destinationConfig.onFailure.destination'"],
  ['itself', { OnFailure: { Destination: arn } }, "You can't specify the function as a destination for itself."],
  [
    'a function that is not there',
    { OnFailure: { Destination: `${arn}x` } },
    `The destination ARN ${arn}x is invalid.`,
  ],
])('refuses %s as a destination', async (_what, DestinationConfig, message) => {
  const { lambda } = (await begin()).account;
  await expect(lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', DestinationConfig })).rejects.toThrow(
    message,
  );
});

test('only queues and topics can be dead-letter queues; an empty ARN removes one', async () => {
  const { account } = await begin();
  const { lambda } = account;
  await allowSending(account);
  const set = (TargetArn: string): Promise<{ readonly DeadLetterConfig?: object }> =>
    lambda.updateFunctionConfiguration({ FunctionName: 'hello', DeadLetterConfig: { TargetArn } });
  await expect(set('arn:aws:s3:::bucket')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  expect((await set(queue('dead'))).DeadLetterConfig).toEqual({ TargetArn: queue('dead') });
  expect((await set('')).DeadLetterConfig).toBeUndefined();
});
