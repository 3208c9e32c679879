/** Asynchronous invocation on the virtual clock: accepted, tried, tried again, given up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { decideRetry } from '../../../sandbox/lambda/policies/asynchronous-retry.ts';
import { requestsOfEvent } from '../../../sandbox/lambda/policies/billed-requests.ts';
import { begin } from './story.ts';

const failing = { ms: 10, fail: { payload: '{"errorType":"Error","errorMessage":"no"}', errorType: 'Error' } };

/** Seconds from the first event to those of that type, rounded to whole ones. */
function seconds(trace: readonly TraceEvent[], type: TraceEvent['type']): number[] {
  const start = trace[0]?.time ?? 0;
  return trace.filter((event) => event.type === type).map(({ time }) => Math.floor((time - start) / 1000));
}

const send = (account: Account, Payload = '{"order":7}'): Promise<unknown> =>
  account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload });

test('an event is accepted at once with 202, and handled afterwards', async () => {
  const { account, processes } = await begin();
  const before = account.clock.now;
  const answer = await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{"a":1}' });
  expect(answer).toEqual({
    StatusCode: 202,
    Payload: '',
    $metadata: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
  });
  expect(account.clock.now).toBe(before);
  expect(processes).toHaveLength(0);
  expect(account.lambda.queuedEvents).toBe(0);

  account.clock.advance({ seconds: 1 });
  expect(processes[0]?.requests).toMatchObject([{ requestId: answer.$metadata?.requestId, payload: '{"a":1}' }]);
  expect(account.trace.map(({ type }) => type).filter((type) => /^(event|request)/.test(type))).toEqual([
    'requestArrived',
    'eventQueued',
    'requestPlaced',
    'eventEnded',
  ]);
  expect(account.trace.find((event) => event.type === 'requestArrived')).toMatchObject({ invocationType: 'Event' });
  expect(account.trace.find((event) => event.type === 'eventEnded')).toMatchObject({
    condition: 'Success',
    approximateInvokeCount: 1,
  });
});

test('a function error is tried again after one minute and after two, with the same request id', async () => {
  const { account, processes } = await begin({ handler: () => failing });
  await send(account);
  account.clock.advance({ minutes: 10 });
  expect(seconds(account.trace, 'invocationStarted')).toEqual([0, 60, 180]);
  const ids = processes.flatMap(({ requests }) => requests.map(({ requestId }) => requestId));
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
  expect(account.trace.filter((event) => /^event(Ended|Dropped)/.test(event.type))).toMatchObject([
    { type: 'eventEnded', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    { type: 'eventDropped', condition: 'RetriesExhausted' },
  ]);
  expect(account.lambda.queuedEvents).toBe(0);
});

test('an event that succeeds at its second attempt is not tried again', async () => {
  let calls = 0;
  const { account } = await begin({ handler: () => ((calls += 1) === 1 ? failing : { ms: 1, respond: '1' }) });
  await send(account);
  account.clock.advance({ hours: 1 });
  expect(calls).toBe(2);
  expect(account.trace.find((event) => event.type === 'eventEnded')).toMatchObject({
    condition: 'Success',
    approximateInvokeCount: 2,
  });
});

test.each([
  ['a timeout', { ms: 0, hang: true as const }],
  ['a process that ends', { ms: 1, exit: { kind: 'exit' as const, code: 1 } }],
])('%s counts as a function error', async (_what, step) => {
  const { account } = await begin({ handler: () => step });
  await send(account);
  account.clock.advance({ minutes: 10 });
  expect(seconds(account.trace, 'eventQueued')).toHaveLength(3);
});

test('retries and age can be set, for the function, a version or an alias', async () => {
  const { account } = await begin({ handler: () => failing });
  const { lambda } = account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', MaximumRetryAttempts: 1 });
  await lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', Qualifier: 'live', MaximumRetryAttempts: 0 });
  const attempts = async (FunctionName: string): Promise<number> => {
    const seen = account.trace.length;
    await lambda.invoke({ FunctionName, InvocationType: 'Event' });
    account.clock.advance({ minutes: 10 });
    return account.traceSince(seen).filter(({ type }) => type === 'invocationStarted').length;
  };
  expect(await attempts('hello')).toBe(2);
  expect(await attempts('hello:live')).toBe(1);
  expect(await attempts('hello:1')).toBe(3);
  await lambda.deleteFunctionEventInvokeConfig({ FunctionName: 'hello' });
  expect(await attempts('hello')).toBe(3);
});

test('an event that gets too old before its next attempt is given up when it is too old', async () => {
  const { account } = await begin({ handler: () => failing });
  await account.lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', MaximumEventAgeInSeconds: 90 });
  await send(account);
  account.clock.advance({ minutes: 10 });
  expect(seconds(account.trace, 'invocationStarted')).toEqual([0, 60]);
  expect(seconds(account.trace, 'eventEnded')).toEqual([90]);
  expect(account.trace.find((event) => event.type === 'eventEnded')).toMatchObject({
    condition: 'EventAgeExceeded',
    approximateInvokeCount: 2,
    ageMs: 90_000,
  });
});

test('a throttled event waits 1, 2, 4 … at most 300 seconds between attempts, until it is too old', async () => {
  const { account } = await begin({ handler: () => ({ ms: 0, hang: true }) }, { Timeout: 900 });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 });
  await account.lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', MaximumEventAgeInSeconds: 840 });
  account.lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
  await send(account);
  account.clock.advance({ minutes: 14 });
  const waits = account.trace.flatMap((event) => {
    return event.type === 'eventQueued' && event.cause === 'throttled' ? [(event.dueAt - event.time) / 1000] : [];
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(account.trace.filter(({ type }) => type === 'requestThrottled')).toHaveLength(11);
  expect(account.trace.find((event) => event.type === 'eventEnded')).toMatchObject({
    condition: 'EventAgeExceeded',
    approximateInvokeCount: 0,
    ageMs: 840_000,
  });
});

test('throttles use up no retry', async () => {
  let calls = 0;
  const { account } = await begin({ handler: () => ((calls += 1) === 1 ? { ms: 2500, respond: '1' } : failing) });
  const { lambda } = account;
  await lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 });
  lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
  await send(account);
  account.clock.advance({ minutes: 10 });
  const causes = account.trace.flatMap((event) => (event.type === 'eventQueued' ? [event.cause] : []));
  expect(causes).toEqual(['accepted', 'throttled', 'throttled', 'function-error', 'function-error']);
  expect(account.trace.find((event) => event.type === 'eventEnded')).toMatchObject({
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  });
});

test('with a reserved concurrency of 0 nothing is tried', async () => {
  const { account, processes } = await begin();
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  await send(account);
  account.clock.advance({ seconds: 1 });
  expect(processes).toHaveLength(0);
  expect(account.trace.filter(({ type }) => type === 'eventEnded')).toMatchObject([
    { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0, ageMs: 0 },
  ]);
});

test('an event whose function is deleted ends with it', async () => {
  const { account } = await begin({ handler: () => failing });
  await send(account);
  account.clock.advance({ seconds: 30 });
  await account.lambda.deleteFunction({ FunctionName: 'hello' });
  account.clock.advance({ hours: 7 });
  expect(account.trace.filter((event) => event.type === 'eventEnded')).toMatchObject([
    { condition: 'FunctionDeleted', approximateInvokeCount: 1 },
  ]);
  expect(account.lambda.queuedEvents).toBe(0);
});

test('a retry through a weighted alias may run another version', async () => {
  const { account } = await begin({ handler: () => failing });
  const { lambda } = account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 });
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await lambda.invoke({ FunctionName: 'hello:live', InvocationType: 'Event' });
  account.clock.advance({ seconds: 30 });
  await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '2' });
  account.clock.advance({ minutes: 5 });
  const versions = account.trace.flatMap((event) => (event.type === 'invocationStarted' ? [event.version] : []));
  expect(versions).toEqual(['1', '2', '2']);
});

test('events of up to 1 MB are accepted, and large ones count as more requests', async () => {
  const { account } = await begin();
  const text = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
  const requests = async (bytes: number): Promise<number> => {
    const before = account.bill().lines[0]?.quantity ?? 0;
    await send(account, text(bytes));
    account.clock.advance({ seconds: 1 });
    return (account.bill().lines[0]?.quantity ?? 0) - before;
  };
  expect(await requests(256 * 1024)).toBe(1);
  expect(await requests(256 * 1024 + 1)).toBe(2);
  expect(await requests(1024 * 1024)).toBe(13);
  await expect(send(account, text(1024 * 1024 + 1))).rejects.toMatchObject({
    name: 'RequestTooLargeException',
    code: 413,
  });
  const sync = await account.lambda.invoke({ FunctionName: 'hello', Payload: text(512 * 1024) });
  expect(sync.trace.usage.requests).toBe(1);
});

test('what a configuration for asynchronous invocation refuses', async () => {
  const { lambda } = (await begin()).account;
  const put = (request: object): Promise<unknown> =>
    lambda.putFunctionEventInvokeConfig({ FunctionName: 'hello', ...request });
  await expect(put({})).rejects.toThrow('You must specify at least one of error handling or destination setting.');
  await expect(put({ MaximumRetryAttempts: 3 })).rejects.toThrow("Value '3' at 'maximumRetryAttempts'");
  await expect(put({ MaximumEventAgeInSeconds: 59 })).rejects.toThrow("Value '59' at 'maximumEventAgeInSeconds'");
  await expect(put({ Qualifier: '7', MaximumRetryAttempts: 1 })).rejects.toThrow("The function doesn't exist.");
  await expect(lambda.getFunctionEventInvokeConfig({ FunctionName: 'hello' })).rejects.toThrow(
    "The function arn:aws:lambda:us-east-1:123456789012:function:hello:$LATEST doesn't have an EventInvokeConfig",
  );
  await put({ MaximumRetryAttempts: 1 });
  expect(await lambda.updateFunctionEventInvokeConfig({ FunctionName: 'hello', MaximumEventAgeInSeconds: 60 })).toEqual(
    {
      LastModified: new Date('2026-01-05T09:00:00Z'),
      FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:hello:$LATEST',
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    },
  );
  expect(await put({ MaximumEventAgeInSeconds: 61 })).not.toHaveProperty('MaximumRetryAttempts');
});

test('no decision waits beyond the age of the event, or gives up early', () => {
  const times = { functionErrorMs: [60_000, 120_000], backoffFirstMs: 1000, backoffLastMs: 300_000 };
  fc.assert(
    fc.property(
      fc.record({
        outcome: fc.constantFrom('function-error' as const, 'throttled' as const),
        failures: fc.integer({ min: 1, max: 3 }),
        throttles: fc.integer({ min: 1, max: 100 }),
        ageMs: fc.integer({ min: 0, max: 21_600_000 }),
      }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 60_000, max: 21_600_000 }),
      (event, maximumRetryAttempts, maximumEventAgeMs) => {
        const decision = decideRetry(event, { maximumRetryAttempts, maximumEventAgeMs }, times);
        expect(decision.afterMs).toBeGreaterThanOrEqual(0);
        if (decision.kind === 'retry') {
          expect(event.ageMs + decision.afterMs).toBeLessThanOrEqual(maximumEventAgeMs);
          if (event.outcome === 'function-error') expect(event.failures).toBeLessThanOrEqual(maximumRetryAttempts);
        } else if (decision.condition === 'RetriesExhausted') {
          expect(event.failures).toBeGreaterThan(maximumRetryAttempts);
        } else {
          expect(event.ageMs + decision.afterMs).toBe(Math.max(event.ageMs, maximumEventAgeMs));
        }
      },
    ),
  );
});

test.each([
  [0, 1],
  [256 * 1024, 1],
  [256 * 1024 + 1, 2],
  [320 * 1024, 2],
  [1024 * 1024, 13],
])('an event of %i bytes counts as %i requests', (bytes, requests) => {
  expect(requestsOfEvent(bytes, { firstBytes: 256 * 1024, chunkBytes: 64 * 1024 })).toBe(requests);
});
