/** Environments on the virtual clock: cold, warm, expired, concurrent, replaced. */
import { expect, test } from 'vitest';
import { begin, hello, plain } from './story.ts';

const types = (events: readonly { readonly type: string }[]): string[] => events.map(({ type }) => type);

test('the first request waits for a new environment, the next one finds it warm', async () => {
  const { account } = await begin();
  const first = await account.lambda.invoke({ FunctionName: 'hello', Payload: '{}' });
  const second = await account.lambda.invoke({ FunctionName: 'hello', Payload: '{}' });

  expect(first.StatusCode).toBe(200);
  expect(first.Payload).toBe('"ok"');
  expect(first.ExecutedVersion).toBe('$LATEST');
  expect(first.trace).toMatchObject({
    start: 'cold',
    initDurationMs: 130,
    durationMs: 10,
    billedDurationMs: 140,
    memorySizeMB: 128,
    maxMemoryUsedMB: 70,
  });
  expect(first.trace.phases.map(({ name }) => name)).toEqual(['create', 'init', 'invoke']);
  expect(plain(first.trace.logs)).toEqual([
    'INIT_START Runtime Version: nodejs:24.v18\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:<hash>',
    'START RequestId: <id> Version: $LATEST',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 10.00 ms\tBilled Duration: 140 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 130.00 ms',
  ]);

  expect(second.trace).toMatchObject({ start: 'warm', durationMs: 10, billedDurationMs: 10 });
  expect(second.trace.environmentId).toBe(first.trace.environmentId);
  expect(second.trace.initDurationMs).toBeUndefined();
  expect(plain(second.trace.logs)).toEqual([
    'START RequestId: <id> Version: $LATEST',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB',
  ]);
});

test('a cold and a warm invocation leave this trace', async () => {
  const { account } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(types(account.trace)).toEqual([
    'functionChanged',
    'requestArrived',
    'environmentCreated',
    'requestPlaced',
    'phaseStarted',
    'phaseEnded',
    'phaseStarted',
    'phaseEnded',
    'phaseStarted',
    'invocationStarted',
    'responseSent',
    'phaseEnded',
    'invocationReported',
    'usageMetered',
    'usageMetered',
    'usageMetered',
    'environmentFrozen',
  ]);
  const seen = account.trace.length;
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(types(account.traceSince(seen))).toEqual([
    'requestArrived',
    'requestPlaced',
    'environmentResumed',
    'phaseStarted',
    'invocationStarted',
    'responseSent',
    'phaseEnded',
    'invocationReported',
    'usageMetered',
    'usageMetered',
    'environmentFrozen',
  ]);
  expect(account.trace.every((event) => Object.isFrozen(event))).toBe(true);
});

test('an environment idle for the keep-alive is gone, a moment before it is not', async () => {
  const { account, processes } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ milliseconds: 599_999.999 });
  expect((await account.lambda.invoke({ FunctionName: 'hello' })).trace.start).toBe('warm');
  account.clock.advance({ minutes: 10 });
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', reason: 'idle' });
  expect(processes[0]?.killed).toBe(true);
  expect((await account.lambda.invoke({ FunctionName: 'hello' })).trace.start).toBe('cold');
});

test('requests of the same moment get an environment each, and the most recently used one serves next', async () => {
  const { account } = await begin({ handler: (_request, { count }) => ({ ms: 10 * count, respond: '1' }) });
  const burst = await Promise.all(Array.from({ length: 5 }, () => account.lambda.invoke({ FunctionName: 'hello' })));
  expect(new Set(burst.map(({ trace }) => trace.environmentId)).size).toBe(5);
  expect(burst.every(({ trace }) => trace.start === 'cold')).toBe(true);

  const reports = account.trace.filter((event) => event.type === 'invocationReported');
  const next = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(next.trace.start).toBe('warm');
  expect(next.trace.environmentId).toBe(reports.at(-1)?.environmentId);
});

test('who awaits one of several invocations goes on at the moment of its report', async () => {
  const { account } = await begin({
    handler: ({ payload }) => ({ ms: Number(payload), respond: 'null' }),
  });
  const slow = account.lambda.invoke({ FunctionName: 'hello', Payload: '2000' });
  await account.lambda.invoke({ FunctionName: 'hello', Payload: '10' });
  const third = await account.lambda.invoke({ FunctionName: 'hello', Payload: '10' });
  expect(third.trace.start).toBe('warm');
  await slow;
  const order = account.trace.flatMap((event) => (event.type === 'invocationReported' ? [event.durationMs] : []));
  expect(order).toEqual([10, 10, 2000]);
});

test('new code means new environments, and one that is busy finishes first', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1000, respond: '1' }) });
  const first = account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ milliseconds: 500 });
  await account.lambda.updateFunctionCode({
    FunctionName: 'hello',
    Files: { 'index.mjs': 'export const handler = 1;' },
  });
  const old = await first;
  expect(old.Payload).toBe('1');
  expect(account.trace.at(-1)).toMatchObject({
    type: 'environmentGone',
    reason: 'code-changed',
    environmentId: old.trace.environmentId,
  });
  const next = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(next.trace.start).toBe('cold');
});

test('an environment that is still initialising when the code changes serves its request with the old code', async () => {
  const { account, processes } = await begin();
  const first = account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ milliseconds: 100 });
  await account.lambda.updateFunctionCode({ FunctionName: 'hello', Files: { 'index.mjs': 'new' } });
  const second = account.lambda.invoke({ FunctionName: 'hello' });
  const [old, fresh] = await Promise.all([first, second]);
  expect(old.trace.environmentId).not.toBe(fresh.trace.environmentId);
  expect(processes.map(({ configuration }) => configuration.code['index.mjs'])).toEqual([
    'export const handler = async () => "ok";',
    'new',
  ]);
  expect(account.trace.filter(({ type }) => type === 'environmentGone')).toHaveLength(1);
});

test('a new configuration and deleting end idle environments at once', async () => {
  const { account, processes } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  await account.lambda.updateFunctionConfiguration({ FunctionName: 'hello', MemorySize: 256 });
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', reason: 'configuration-changed' });
  const second = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(second.trace).toMatchObject({ start: 'cold', memorySizeMB: 256 });
  await account.lambda.deleteFunction({ FunctionName: 'hello' });
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', reason: 'function-deleted' });
  expect(processes.every(({ killed }) => killed)).toBe(true);
  await expect(account.lambda.invoke({ FunctionName: 'hello' })).rejects.toThrow('Function not found');
});

test('a frozen process stays frozen until the next request', async () => {
  const { account, processes } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(processes[0]?.frozen).toBe(true);
  expect(account.clock.pending).toBe(1);
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(processes).toHaveLength(1);
  expect(processes[0]?.requests).toHaveLength(2);
});

test('the answer leaves before the event loop is empty, Duration goes on', async () => {
  const { account } = await begin({ handler: () => ({ ms: 10, respond: '1', afterMs: 90 }) });
  const { trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(trace.durationMs).toBe(100);
  const sent = account.trace.find((event) => event.type === 'responseSent');
  const invoked = trace.phases.find(({ name }) => name === 'invoke');
  expect(sent?.time).toBe((invoked?.start ?? 0) + 10);
});

test('the same seed gives the same trace, another seed another', async () => {
  const run = async (seed: number): Promise<string> => {
    const { account } = await begin({}, {}, { seed });
    await Promise.all([1, 2, 3].map(() => account.lambda.invoke({ FunctionName: 'hello' })));
    account.clock.advance({ hours: 1 });
    await account.lambda.invoke({ FunctionName: 'hello' });
    return JSON.stringify(account.trace);
  };
  expect(await run(7)).toBe(await run(7));
  expect(await run(7)).not.toBe(await run(8));
});

test('placing another function in between changes nothing for the first', async () => {
  const { account } = await begin();
  await account.lambda.createFunction({ ...hello, FunctionName: 'other', MemorySize: 512 });
  const [one, other] = await Promise.all([
    account.lambda.invoke({ FunctionName: 'hello' }),
    account.lambda.invoke({ FunctionName: 'other' }),
  ]);
  expect(one.trace.environmentId).not.toBe(other.trace.environmentId);
  expect(other.trace.memorySizeMB).toBe(512);
});

test('an account that is closed tells who waits', async () => {
  const { account, processes } = await begin();
  const waiting = account.lambda.invoke({ FunctionName: 'hello' });
  account.clock.advance({ milliseconds: 100 });
  account.dispose();
  await expect(waiting).rejects.toMatchObject({ name: 'AccountClosedError' });
  expect(processes.every(({ killed }) => killed)).toBe(true);
});
