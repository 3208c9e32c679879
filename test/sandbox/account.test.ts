/** The door of the sandbox with a real engine behind it. */
import { expect, test } from 'vitest';
import { createAccount } from '../../sandbox/account.ts';
import { loadEngine } from '../../sandbox/runtime/engine.ts';

const counter = {
  FunctionName: 'counter',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { Files: { 'index.mjs': 'let n = 0; export const handler = async (event) => ({ n: ++n, event });' } },
  MemorySize: 128,
  Timeout: 3,
} as const;

test('create, send, wait, send, and read the bill', async () => {
  const account = await createAccount({ seed: 7, region: 'us-east-1', startTime: '2026-01-05T09:00:00Z' });
  await account.lambda.createFunction(counter);
  const send = (): ReturnType<typeof account.lambda.invoke> =>
    account.lambda.invoke({ FunctionName: 'counter', Payload: '{"key1":"a"}', LogType: 'Tail' });
  const cold = await send();
  const warm = await send();
  account.clock.advance({ minutes: 45 });
  const again = await send();
  expect([cold, warm, again].map(({ Payload }) => Payload)).toEqual([
    '{"n":1,"event":{"key1":"a"}}',
    '{"n":2,"event":{"key1":"a"}}',
    '{"n":1,"event":{"key1":"a"}}',
  ]);
  expect([cold, warm, again].map(({ trace }) => trace?.start)).toEqual(['cold', 'warm', 'cold']);
  const bill = account.bill();
  expect(bill.lines.map(({ id }) => id)).toEqual(['requests', 'init', 'compute']);
  const billedMs = [cold, warm, again].reduce((sum, { trace }) => sum + (trace?.billedDurationMs ?? 0), 0);
  const gbSeconds = bill.lines.slice(1).reduce((sum, { quantity }) => sum + quantity, 0);
  expect(gbSeconds * 8).toBeCloseTo(billedMs / 1000, 9);
  account.dispose();
});

test('an engine that a trap has retired is replaced before the next request', async () => {
  const retired = await loadEngine();
  retired.retired = true;
  let loads = 0;
  const account = await createAccount({
    engine: retired,
    loadEngine: () => {
      loads += 1;
      return loadEngine();
    },
  });
  await account.lambda.createFunction(counter);
  expect((await account.lambda.invoke({ FunctionName: 'counter' })).Payload).toBe('{"n":1,"event":{}}');
  await account.lambda.invoke({ FunctionName: 'counter' });
  expect(loads).toBe(1);
  account.dispose();
});
