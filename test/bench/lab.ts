/** The lab's day: 100,000 requests over a dozen functions with guest code, as its worker runs it, in slices. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openLab } from '../../sandbox/lab/open-lab.ts';
import type { LabAction } from '../../sandbox/lab/lab.types.ts';
import type { Measurement } from './measure.ts';

const functions = 12;
const requests = 100_000;
const dayMs = 86_400_000;
/** Real ms that the worker runs before it looks at its messages. */
const slice = 40;
const source = `let calls = 0;
export const handler = async (event) => {
  calls += 1;
  if (event.n % 50 === 0) throw new Error('now and then');
  return { message: 'Hello ' + event.name, calls };
};`;

export async function measureLab(): Promise<Measurement[]> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  let begun = performance.now();
  let longest = 0;
  let pauses = 0;
  let most = 0;
  const { lab } = await openLab({ seed: 7, startTime: '2026-01-05T00:00:00Z' }, setUp(), {
    control: {
      isDue: () => performance.now() - begun > slice,
      pause: async () => {
        longest = Math.max(longest, performance.now() - begun);
        pauses += 1;
        if (pauses % 100 === 0) most = Math.max(most, heap());
        await new Promise((resolve) => setImmediate(resolve));
        begun = performance.now();
        return false;
      },
    },
  });
  const before = heap();
  longest = 0;
  begun = performance.now();
  const start = performance.now();
  const { workloads } = await lab.perform({ kind: 'wait', milliseconds: dayMs });
  const seconds = (performance.now() - start) / 1000;
  const sent = workloads.reduce((sum, load) => sum + load.sent, 0);
  if (sent !== functions * Math.floor(requests / functions)) throw new Error(`${sent} requests were sent.`);
  const asked = performance.now();
  await lab.look({ about: 'account' });
  await lab.look({ about: 'logs', logGroupName: '/aws/lambda/worker-0', filterPattern: 'ERROR', most: 300 });
  await lab.look({ about: 'metrics', functionName: 'worker-0' });
  const answered = performance.now() - asked;
  most = Math.max(most, heap());
  lab.close();
  return [
    { name: 'the lab’s day of 100,000 requests over 12 functions', value: seconds, unit: 's', aim: { atMost: 120 } },
    { name: 'longest time in it without a look at messages', value: longest, unit: 'ms', aim: { atMost: 500 } },
    { name: 'what it holds of the heap, at most', value: most - before, unit: 'MB', aim: { atMost: 400 } },
    { name: 'account, log and metrics of it looked at', value: answered, unit: 'ms', aim: { atMost: 2000 } },
  ];
}

function setUp(): readonly LabAction[] {
  return Array.from({ length: functions }, (_, index) => `worker-${index}`).flatMap((FunctionName): LabAction[] => [
    {
      kind: 'deploy',
      function: {
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        MemorySize: 128,
        Timeout: 3,
        Architectures: ['arm64'],
        Files: { 'index.mjs': source },
      },
    },
    {
      kind: 'workload',
      workload: {
        name: FunctionName,
        count: Math.floor(requests / functions),
        milliseconds: dayMs,
        arrivals: 'random',
        target: { invoke: FunctionName, payload: '{"name":"Ada","n":{n}}' },
      },
    },
  ]);
}
