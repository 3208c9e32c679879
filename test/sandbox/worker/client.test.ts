/** The page's client: one worker, calls and replies, errors across the wire, the watchdog. */
import { afterEach, expect, test, vi } from 'vitest';
import { createAccount } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { createClient } from '../../../sandbox/worker/client.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import type { FunctionDefinition, OpenSession } from '../../../sandbox/worker/session.types.ts';
import { scriptedProcesses, type Script } from '../scripted-process.ts';
import { fakeWorker, type FakeWorker } from './in-process-worker.ts';

const definition: FunctionDefinition = {
  FunctionName: 'checkout',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 128,
  Timeout: 3,
  Architectures: ['arm64'],
  Files: { 'index.mjs': 'export const handler = async () => 1;' },
};

function client(script?: Script): { openSession: OpenSession; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const createWorker = (): FakeWorker => {
    const worker = fakeWorker(script);
    workers.push(worker);
    return worker;
  };
  return { openSession: createClient({ createWorker, patience: 10_000, loadingPatience: 30_000 }), workers };
}

afterEach(() => void vi.useRealTimers());

test('sessions share one worker, started on first use', async () => {
  const { openSession, workers } = client();
  expect(workers).toHaveLength(0);
  const one = await openSession();
  const two = await openSession({ seed: 8 });
  expect(workers).toHaveLength(1);
  await one.deploy(definition);
  await two.deploy(definition);
  const [first, second] = await Promise.all([
    one.run({ kind: 'invoke', payload: '{}' }),
    two.run({ kind: 'invoke', payload: '{}' }),
  ]);
  expect(first.invocations[0]?.requestId).not.toBe(second.invocations[0]?.requestId);
});

test('through the worker and in process a session gives the same bytes', async () => {
  const { openSession } = client();
  const account = await createAccount({ createProcess: scriptedProcesses().create });
  const results = await Promise.all(
    [await openSession(), sessionOf(account, defaultFacts)].map(async (session) => [
      await session.deploy(definition),
      await session.run({ kind: 'invoke', payload: '{}', count: 3 }),
      await session.run({ kind: 'wait', milliseconds: 700_000 }),
      await session.setFreeTier(true),
      await session.run({ kind: 'invoke', payload: '{}' }),
    ]),
  );
  expect(JSON.stringify(results[0])).toBe(JSON.stringify(results[1]));
});

test('errors cross with name, message and code, and the session goes on', async () => {
  const { openSession } = client();
  const session = await openSession();
  await session.deploy(definition);
  await expect(session.run({ kind: 'invoke', payload: '{' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    message:
      'Could not parse request body into json: Could not parse payload into json: Unexpected end of text at line 1, column 2',
    code: 400,
  });
  expect((await session.run({ kind: 'invoke', payload: '{}' })).invocations).toHaveLength(1);
});

test('a stuck worker is ended, everybody who waits is told, and the next call starts anew', async () => {
  const { openSession, workers } = client();
  const session = await openSession();
  const other = await openSession();
  await session.deploy(definition);
  await session.run({ kind: 'invoke', payload: '{}' });
  await other.deploy(definition);

  vi.useFakeTimers();
  workers[0]?.stall();
  const stuck = session.run({ kind: 'invoke', payload: '{}' });
  const waiting = other.run({ kind: 'invoke', payload: '{}' });
  const outcome = Promise.allSettled([stuck, waiting]);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(workers[0]?.isTerminated).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(workers[0]?.isTerminated).toBe(true);
  expect(await outcome).toMatchObject([
    { status: 'rejected', reason: { name: 'SandboxStuckError' } },
    { status: 'rejected', reason: { name: 'SandboxStuckError' } },
  ]);
  await expect(stuck).rejects.toThrow('did not answer for 10 seconds');
  vi.useRealTimers();

  const next = await session.run({ kind: 'invoke', payload: '{}' });
  expect(workers).toHaveLength(2);
  expect(next.startedAnew).toBe(true);
  expect(next.events[0]).toMatchObject({ type: 'functionChanged', change: 'created' });
  expect(next.events.find(({ type }) => type === 'requestPlaced')).toMatchObject({ start: 'cold' });
  expect(next.bill.lines[0]?.quantity).toBe(1);
  expect((await session.run({ kind: 'invoke', payload: '{}' })).startedAnew).toBeUndefined();
  // The other session lost its account too, and says so when it is used again.
  expect((await other.deploy(definition)).startedAnew).toBe(true);
});

test('a session that starts anew keeps its options, its function and the free tier', async () => {
  const { openSession, workers } = client();
  const session = await openSession({ seed: 11, startTime: '2026-03-01T00:00:00Z' });
  const deployed = await session.deploy(definition);
  const first = await session.run({ kind: 'invoke', payload: '{}' });
  await session.setFreeTier(true);
  workers[0]?.fail('boom');
  const again = await session.run({ kind: 'invoke', payload: '{}' });
  expect(JSON.stringify(again.events)).toBe(JSON.stringify([...deployed.events, ...first.events]));
  expect(again.bill.freeTier).toBe(true);
});

test('the loss is told by the first update that arrives, even after a refusal', async () => {
  const { openSession, workers } = client();
  const session = await openSession();
  await session.deploy(definition);
  workers[0]?.fail('boom');
  await expect(session.deploy({ ...definition, MemorySize: 1 })).rejects.toMatchObject({ name: 'ValidationException' });
  const update = await session.deploy(definition);
  expect(update.startedAnew).toBe(true);
  expect(update.events.map(({ type }) => type)).toEqual(['functionChanged']);
});

test('two calls after a loss begin one account', async () => {
  const { openSession, workers } = client();
  const session = await openSession();
  await session.deploy(definition);
  workers[0]?.fail('boom');
  const [one, two] = await Promise.all([
    session.run({ kind: 'invoke', payload: '{}' }),
    session.run({ kind: 'invoke', payload: '{}' }),
  ]);
  expect([one.startedAnew, two.startedAnew]).toEqual([true, undefined]);
  expect(two.bill.lines[0]?.quantity).toBe(2);
});

test('a page that stood still does not take it out on the worker', async () => {
  vi.useFakeTimers();
  const { openSession, workers } = client();
  const session = await openSession();
  await session.deploy(definition);
  workers[0]?.stall();
  const outcome = Promise.allSettled([session.run({ kind: 'invoke', payload: '{}' })]);
  await vi.advanceTimersByTimeAsync(0);
  const now = performance.now();
  const asleep = vi.spyOn(performance, 'now').mockReturnValue(now + 3_600_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(workers[0]?.isTerminated).toBe(false);
  asleep.mockReturnValue(now + 3_610_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(workers[0]?.isTerminated).toBe(true);
  expect(await outcome).toMatchObject([{ reason: { name: 'SandboxStuckError' } }]);
  asleep.mockRestore();
});

test('a slow answer to one of several calls is not held against the others', async () => {
  vi.useFakeTimers();
  const { openSession, workers } = client();
  const session = await openSession();
  await session.deploy(definition);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(workers[0]?.isTerminated).toBe(false);
  expect((await session.run({ kind: 'invoke', payload: '{}' })).invocations).toHaveLength(1);
});

test('an engine that does not load makes the sandbox unavailable, and opening can be tried again', async () => {
  const failure = Object.assign(new Error('The JavaScript engine could not be loaded: no'), {
    name: 'EngineLoadError',
  });
  const workers = [fakeWorker({}, failure), fakeWorker()];
  const openSession = createClient({ createWorker: () => workers.shift() ?? fakeWorker() });
  await expect(openSession()).rejects.toMatchObject({ name: 'SandboxUnavailableError', message: failure.message });
  expect((await (await openSession()).deploy(definition)).events).toHaveLength(1);
});

test('a worker that cannot start makes the sandbox unavailable', async () => {
  const openSession = createClient({
    createWorker: () => {
      throw new Error('blocked');
    },
  });
  await expect(openSession()).rejects.toMatchObject({ name: 'SandboxUnavailableError' });
  const { openSession: open, workers } = client();
  const opening = open();
  workers[0]?.fail('script not found');
  await expect(opening).rejects.toThrow('The sandbox could not be started. script not found');
});

test('closing frees the account in the worker', async () => {
  const { openSession, workers } = client();
  const session = await openSession();
  await session.deploy(definition);
  session.close();
  await expect(session.run({ kind: 'invoke', payload: '{}' })).rejects.toThrow('There is no such session.');
  expect(workers[0]?.isTerminated).toBe(false);
});
