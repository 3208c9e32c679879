/** What goes wrong in a function, as caller, log and bill see it: init, timeouts, crashes, memory. */
import { expect, test } from 'vitest';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { FunctionErrorPayload } from '../../../sandbox/runtime/contract.ts';
import { begin, plain } from './story.ts';

const syntaxError: FunctionErrorPayload = {
  errorType: 'Runtime.UserCodeSyntaxError',
  errorMessage: 'SyntaxError: Unexpected end of input',
  trace: [],
};

const initStart =
  'INIT_START Runtime Version: nodejs:24.v18\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:<hash>';

test('an error that the handler throws fails the invocation and keeps the environment', async () => {
  const payload = '{"errorType":"RangeError","errorMessage":"too big","trace":["RangeError: too big"]}';
  const { account } = await begin({
    handler: (_request, { count }) =>
      count === 1 ? { ms: 5, fail: { payload, errorType: 'RangeError' } } : { ms: 5, respond: '2' },
  });
  const failed = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', Payload: payload });
  expect(failed.trace.status).toBeUndefined();
  expect(failed.trace.logs.at(-1)).not.toContain('Status');
  const next = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(next).toMatchObject({ Payload: '2', trace: { start: 'warm' } });
});

test('at the timeout the platform answers, bills the whole timeout and resets the environment', async () => {
  const { account, processes } = await begin({
    handler: () => ({ ms: 100, log: 'still here', hang: true }),
    init: (attempt) => ({ ms: attempt === 1 ? 130 : 250, log: `init ${attempt}` }),
  });
  const first = await account.lambda.invoke({ FunctionName: 'hello' });
  const { requestId } = first.trace;
  expect(first.FunctionError).toBe('Unhandled');
  expect(first.Payload).toBe(
    `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: ${requestId} Error: Task timed out after 3.00 seconds"}`,
  );
  expect(first.trace).toMatchObject({
    durationMs: 3000,
    billedDurationMs: 3130,
    initDurationMs: 130,
    status: 'timeout',
  });
  expect(plain(first.trace.logs)).toEqual([
    initStart,
    'init 1',
    'START RequestId: <id> Version: $LATEST',
    'still here',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 3000.00 ms\tBilled Duration: 3130 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 130.00 ms\tStatus: timeout',
  ]);
  expect(processes[0]?.killed).toBe(true);
  expect(account.trace.some(({ type }) => type === 'environmentReset')).toBe(true);

  // The next invocation finds the same environment without a process: init again, inside its own time.
  const second = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(second.trace).toMatchObject({ start: 'warm', durationMs: 3000, billedDurationMs: 3000, status: 'timeout' });
  expect(second.trace.environmentId).toBe(first.trace.environmentId);
  expect(second.trace.phases.map(({ name, start, end }) => [name, end - start])).toEqual([
    ['init', 250],
    ['invoke', 2750],
  ]);
  expect(plain(second.trace.logs)).toEqual([
    'init 2',
    'START RequestId: <id> Version: $LATEST',
    'still here',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tStatus: timeout',
  ]);
});

test('after a reset /tmp is as it was, and the log stream is the same', async () => {
  const { account, processes } = await begin({ handler: () => ({ ms: 1, exit: { kind: 'exit', code: 1 } }) });
  await account.lambda.invoke({ FunctionName: 'hello' });
  await account.lambda.invoke({ FunctionName: 'hello' });
  const [first, second] = processes;
  expect(second?.configuration.temporaryFiles).toBe(first?.configuration.temporaryFiles);
  expect(second?.configuration.logStreamName).toBe(first?.configuration.logStreamName);
});

test('a process that exits during an invocation gives Runtime.ExitError', async () => {
  const { account } = await begin({ handler: () => ({ ms: 20, exit: { kind: 'exit', code: 7 } }) });
  const { Payload, FunctionError, trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Payload)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${trace.requestId} Error: Runtime exited with error: exit status 7`,
  });
  expect(trace).toMatchObject({ status: 'error', errorType: 'Runtime.ExitError', durationMs: 20 });
  expect(trace.logs.at(-1)).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError$/);
});

test('a process that exits with status 0 gave no reason', async () => {
  const { account } = await begin({ handler: () => ({ ms: 20, exit: { kind: 'exit', code: 0 } }) });
  const { Payload, trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(JSON.parse(Payload)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${trace.requestId} Error: Runtime exited without providing a reason`,
  });
});

test('running out of memory is a kill, and Max Memory Used is the memory size', async () => {
  const { account } = await begin({
    handler: () => ({ ms: 20, exit: { kind: 'signal', signal: 'killed', outOfMemory: true } }),
    memoryMB: 127,
  });
  const { Payload, trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(JSON.parse(Payload)).toEqual({
    errorType: 'Runtime.OutOfMemory',
    errorMessage: `RequestId: ${trace.requestId} Error: Runtime exited with error: signal: killed`,
  });
  expect(trace).toMatchObject({ status: 'error', errorType: 'Runtime.OutOfMemory', maxMemoryUsedMB: 128 });
});

test('a heap that is full aborts', async () => {
  const { account } = await begin({
    handler: () => ({ ms: 20, exit: { kind: 'signal', signal: 'aborted', outOfMemory: true } }),
  });
  const { Payload, trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(JSON.parse(Payload)).toMatchObject({
    errorMessage: `RequestId: ${trace.requestId} Error: Runtime exited with error: signal: aborted`,
  });
  expect(trace.errorType).toBe('Runtime.OutOfMemory');
});

test('a process that ends after its answer has answered, and the environment is reset', async () => {
  const { account, processes } = await begin({
    handler: () => ({ ms: 20, respond: '"done"', exit: { kind: 'exit', code: 128 } }),
  });
  const { Payload, FunctionError } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(Payload).toBe('"done"');
  expect(FunctionError).toBeUndefined();
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(processes).toHaveLength(2);
});

test('a process that ends behind a complete invocation leaves it a success, and init is repeated', async () => {
  const { account } = await begin({
    handler: () => ({ ms: 20, respond: '1', exitAfterPoll: { kind: 'exit', code: 128 } }),
  });
  const first = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(first.trace.status).toBeUndefined();
  expect(account.trace.at(-1)?.type).toBe('environmentReset');
  const second = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(second.trace).toMatchObject({ environmentId: first.trace.environmentId, durationMs: 150 });
  expect(second.trace.phases.map(({ name }) => name)).toEqual(['init', 'invoke']);
});

test('a failing init runs twice, the second time inside the invocation, and is never remembered', async () => {
  const { account } = await begin({ init: (attempt) => ({ ms: 150, log: `init ${attempt}`, fail: syntaxError }) });
  const first = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(first.FunctionError).toBe('Unhandled');
  expect(JSON.parse(first.Payload)).toEqual(syntaxError);
  expect(plain(first.trace.logs)).toEqual([
    initStart,
    'init 1',
    'INIT_REPORT Init Duration: 150.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.UserCodeSyntaxError',
    'init 2',
    'INIT_REPORT Init Duration: 150.00 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.UserCodeSyntaxError',
    'START RequestId: <id> Version: $LATEST',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 150.00 ms\tBilled Duration: 150 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tStatus: error\tError Type: Runtime.UserCodeSyntaxError',
  ]);
  expect(first.trace.initDurationMs).toBeUndefined();
  expect(first.trace.usage).toMatchObject({ initGBSeconds: 0, gbSeconds: 0.01875 });

  const second = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(second.trace.logs[0]).toBe('init 3');
  expect(second.trace.environmentId).toBe(first.trace.environmentId);
});

test('an init that succeeds at its second attempt serves the request, without Init Duration', async () => {
  const { account } = await begin({
    init: (attempt) =>
      attempt === 1 ? { ms: 150, fail: { errorMessage: 'no DB_URL', errorType: 'ConfigError' } } : { ms: 140 },
  });
  const { Payload, FunctionError, trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(Payload).toBe('"ok"');
  expect(FunctionError).toBeUndefined();
  expect(trace).toMatchObject({ durationMs: 150, billedDurationMs: 150 });
  expect(trace.initDurationMs).toBeUndefined();
  expect(trace.logs[1]).toBe(
    'INIT_REPORT Init Duration: 150.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown',
  );
});

test('an init beyond its limit is repeated in the invocation, under a fresh deadline', async () => {
  const { account } = await begin(
    { init: (attempt) => (attempt === 1 ? { ms: 1, hang: true } : { ms: 12_000 }) },
    { Timeout: 15 },
  );
  const { trace, Payload } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(Payload).toBe('"ok"');
  expect(trace).toMatchObject({ durationMs: 12_010, billedDurationMs: 12_010 });
  expect(trace.logs[1]).toBe('INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout');
});

test('an init that is never ready takes its limit and then the timeout', async () => {
  const { account } = await begin({ init: () => ({ ms: 1, hang: true }) });
  const { trace, Payload } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(JSON.parse(Payload)).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(trace).toMatchObject({ durationMs: 3000, billedDurationMs: 3000, status: 'timeout' });
  expect(plain(trace.logs)).toEqual([
    initStart,
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout',
    'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout',
    'START RequestId: <id> Version: $LATEST',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tStatus: timeout',
  ]);
});

test('an init whose process just ends', async () => {
  const { account } = await begin({ init: () => ({ ms: 40, exit: { kind: 'exit', code: 3 } }) });
  const { trace, Payload } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(JSON.parse(Payload)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${trace.requestId} Error: Runtime exited with error: exit status 3`,
  });
});

test('an answer beyond the limit is replaced', async () => {
  const atLimit = `"${'x'.repeat(6_291_554)}"`;
  const { account } = await begin({
    handler: (_request, { count }) => ({ ms: 5, respond: count === 1 ? atLimit : `"${'é'.repeat(3_145_778)}"` }),
  });
  expect((await account.lambda.invoke({ FunctionName: 'hello' })).Payload).toBe(atLimit);
  const tooLarge = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(tooLarge.FunctionError).toBe('Unhandled');
  expect(JSON.parse(tooLarge.Payload)).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('beyond the account concurrency requests are throttled, and not billed', async () => {
  const limit = { ...defaultFacts.get('concurrency-1000'), value: 2 };
  const facts = new Map([...defaultFacts, ['concurrency-1000', limit as never]]);
  const { account } = await begin({}, {}, { facts });
  const results = await Promise.allSettled([1, 2, 3].map(() => account.lambda.invoke({ FunctionName: 'hello' })));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(results[2]).toMatchObject({
    reason: {
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      code: 429,
      Reason: 'ConcurrentInvocationLimitExceeded',
    },
  });
  expect(account.trace.filter(({ type }) => type === 'requestThrottled')).toHaveLength(1);
  expect(account.bill().lines[0]?.quantity).toBe(2);
  expect((await account.lambda.invoke({ FunctionName: 'hello' })).trace.start).toBe('warm');
});
