/** Labs through a worker: progress, cancel, the watchdog, errors, and the same bytes as in this thread. */
import { afterEach, expect, test, vi } from 'vitest';
import type { LabAction, LabProgress } from '../../../sandbox/lab/lab.types.ts';
import { openLab } from '../../../sandbox/lab/open-lab.ts';
import { createLabClient } from '../../../sandbox/worker/lab-client.ts';
import { serveLabs } from '../../../sandbox/worker/serve-labs.ts';
import type { WorkerLike } from '../../../sandbox/worker/worker-link.ts';
import { scriptedProcesses } from '../scripted-process.ts';
import { deploy, invoke, openScripted, start, wait } from './lab-story.ts';

type Listener = (event: { readonly data: unknown; readonly message?: string }) => void;

interface FakeWorker extends WorkerLike {
  isTerminated: boolean;
  isStalled: boolean;
}

/** A worker in this thread, whose own time goes on by a second whenever it looks at it. */
function labWorker(): FakeWorker {
  const toPage: Listener[] = [];
  const toHost: Listener[] = [];
  const fake: FakeWorker = {
    isTerminated: false,
    isStalled: false,
    postMessage: (call) => {
      const data: unknown = structuredClone(call);
      queueMicrotask(() => {
        if (!fake.isTerminated && !fake.isStalled) toHost.forEach((listener) => listener({ data }));
      });
    },
    terminate: () => (fake.isTerminated = true),
    addEventListener: (type: string, listener: Listener) => {
      if (type === 'message') toPage.push(listener);
    },
  };
  let seconds = 0;
  serveLabs(
    {
      postMessage: (reply) => {
        const data = structuredClone(reply);
        queueMicrotask(() => {
          if (!fake.isTerminated) toPage.forEach((listener) => listener({ data }));
        });
      },
      addEventListener: (_type, listener) => void toHost.push(listener),
    },
    ({ start: from, actions }, control) =>
      openLab(from, actions, { control, createProcess: scriptedProcesses().create }),
    { now: () => (seconds += 1) * 1000, breathe: () => new Promise((resolve) => setImmediate(resolve)) },
  );
  return fake;
}

function client() {
  const workers: FakeWorker[] = [];
  const createWorker = (): FakeWorker => {
    const worker = labWorker();
    workers.push(worker);
    return worker;
  };
  return { open: createLabClient({ createWorker }), workers };
}

const busy: readonly LabAction[] = [
  deploy('hello'),
  {
    kind: 'workload',
    workload: {
      name: 'day',
      count: 400,
      milliseconds: 3_600_000,
      arrivals: 'random',
      target: { invoke: 'hello', payload: '{}' },
    },
  },
];

afterEach(() => void vi.useRealTimers());

test('through the worker and in this thread a lab gives the same bytes', async () => {
  const { lab, update } = await client().open(start, busy);
  const there = [update, await lab.perform(wait(60_000)), await lab.step(), await lab.perform(invoke('hello'))];
  const here = await openScripted(busy);
  const same = [here.last, await here.lab.perform(wait(60_000)), await here.lab.step()];
  same.push(await here.lab.perform(invoke('hello')));
  expect(JSON.stringify(there)).toBe(JSON.stringify(same));
  expect(await lab.look({ about: 'account' })).toEqual(await here.lab.look({ about: 'account' }));
});

test('a long wait tells how far it is, and ends where it is cancelled', async () => {
  const told: LabProgress[] = [];
  const { open } = client();
  const { lab } = await open(start, busy, {
    onProgress: (progress) => {
      told.push(progress);
      if (told.length === 12) lab.cancel();
    },
  });
  const update = await lab.perform(wait(3_600_000));
  expect(update.cancelled).toBe(true);
  expect(told.at(-1)).toMatchObject({
    now: expect.any(Number) as number,
    until: Date.parse(start.startTime) + 3_600_000,
  });
  const [cut] = update.done;
  expect(cut).toMatchObject({ kind: 'wait' });
  // What comes after a cancel is not cancelled.
  const next = await lab.perform(wait(1000));
  expect(next).toMatchObject({ done: [wait(1000)], now: update.now + 1000 });
});

test('restoring tells which action it is at, and can be cancelled', async () => {
  const told: LabProgress[] = [];
  const { lab, update } = await client().open(start, [...busy, wait(60_000)], {
    onProgress: (progress) => void told.push(progress),
  });
  expect(update.cancelled).toBeUndefined();
  expect(told.slice(0, 3).map(({ actions }) => actions)).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  lab.close();
});

test('restoring is given up when it is no longer wanted', async () => {
  const abort = new AbortController();
  const { update } = await client().open(start, [...busy, wait(3_600_000), invoke('hello')], {
    onProgress: ({ actions }) => actions?.[0] === 2 && abort.abort(),
    signal: abort.signal,
  });
  expect(update.cancelled).toBe(true);
  expect(update.done.some(({ kind }) => kind === 'invoke')).toBe(false);
});

test('a silent worker is ended, and the next lab gets another one', async () => {
  const { open, workers } = client();
  const { lab } = await open(start, [deploy('hello')]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const [worker] = workers;
  if (worker) worker.isStalled = true;
  const asked = expect(lab.perform(invoke('hello'))).rejects.toMatchObject({ name: 'SandboxStuckError' });
  await vi.advanceTimersByTimeAsync(10_000);
  await asked;
  expect(worker?.isTerminated).toBe(true);
  vi.useRealTimers();
  const { update } = await open(start, [deploy('hello')]);
  expect(update.done).toHaveLength(1);
  expect(workers).toHaveLength(2);
});
