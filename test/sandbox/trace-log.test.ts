/** What an account keeps of its trace. */
import { expect, test } from 'vitest';
import { begin } from './lambda/story.ts';

test('a long run keeps its newest events, and its bill covers all', async () => {
  const { account } = await begin({}, {}, { keepEvents: 50 });
  const seen: string[] = [];
  const stop = account.onEvent(({ type }) => seen.push(type));
  for (let request = 0; request < 200; request += 1) await account.lambda.invoke({ FunctionName: 'hello' });
  expect(account.trace.length).toBeGreaterThanOrEqual(50);
  expect(account.trace.length).toBeLessThanOrEqual(100);
  expect(account.bill().lines[0]?.quantity).toBe(200);
  expect(seen.filter((type) => type === 'requestArrived')).toHaveLength(200);
  // The function was created before anybody listened.
  expect(account.traceEnd).toBe(seen.length + 1);

  const position = account.traceEnd;
  expect(account.traceSince(position)).toEqual([]);
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(account.traceSince(position)[0]).toMatchObject({ type: 'requestArrived' });
  expect(account.traceSince(position).at(-1)).toBe(account.trace.at(-1));
  expect(account.traceSince(0)).toEqual(account.trace);
  stop();
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(seen).toHaveLength(position - 1 + (account.traceEnd - position) / 2);
});

test('a trace keeps everything when nobody says otherwise, and at least one event', async () => {
  const { account } = await begin();
  for (let request = 0; request < 50; request += 1) await account.lambda.invoke({ FunctionName: 'hello' });
  expect(account.trace).toHaveLength(account.traceEnd);
  await expect(begin({}, {}, { keepEvents: 0 })).rejects.toThrow('A trace must keep at least one event.');
});
