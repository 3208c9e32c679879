/** A simulated day: 100,000 requests over a dozen functions with guest code, with a bounded trace. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAccount } from '../../sandbox/account.ts';
import { Random } from '../../sandbox/kernel/random.ts';
import type { Measurement } from './measure.ts';

const functions = 12;
const requests = 100_000;
const dayMs = 86_400_000;
const source = `let calls = 0;
export const handler = async (event) => {
  calls += 1;
  if (event.n % 50 === 0) throw new Error('now and then');
  return { message: 'Hello ' + event.name, calls };
};`;

export async function measureDay(): Promise<Measurement[]> {
  const account = await createAccount({ seed: 7, keepEvents: 10_000 });
  const names = Array.from({ length: functions }, (_, index) => `worker-${index}`);
  for (const FunctionName of names) {
    await account.lambda.createFunction({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { Files: { 'index.mjs': source } },
    });
  }
  const random = new Random(7);
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  /** What is in use, in MB. */
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const before = heap();
  let most = before;
  const start = performance.now();
  for (let n = 1; n <= requests; n += 1) {
    const name = names[random.nextUint32() % functions] ?? '';
    const payload = JSON.stringify({ name: 'Ada', n });
    if (n % 2 === 0) account.lambda.invoker.invokeAsync(name, payload, { kind: 'account' });
    else account.lambda.invoker.invokeSync(name, payload, { kind: 'account' }, () => undefined);
    account.clock.advance({ milliseconds: (2 * random.uniform() * dayMs) / requests });
    if (n % 10_000 === 0) most = Math.max(most, heap());
  }
  account.clock.advance({ hours: 7 });
  const seconds = (performance.now() - start) / 1000;
  account.dispose();
  return [
    { name: 'a day of 100,000 requests over 12 functions', value: seconds, unit: 's', aim: { atMost: 60 } },
    { name: 'what it holds of the heap, at most', value: most - before, unit: 'MB', aim: { atMost: 50 } },
  ];
}
