/** The timeline of what the Lambda service does beyond one function: provisioned environments, retried events. */
import { expect, test } from 'vitest';
import { timelineOf } from '../../src/components/timeline/model.ts';
import { rowsOf } from '../../src/components/timeline/rows.ts';
import { segmentLabel } from '../../src/components/timeline/layout.ts';
import { begin } from '../sandbox/lambda/story.ts';

test('a provisioned environment initialises ahead and waits at a cost', async () => {
  const { account } = await begin({}, { Publish: true });
  const provisioned = { FunctionName: 'hello', Qualifier: '1' };
  await account.lambda.putProvisionedConcurrencyConfig({ ...provisioned, ProvisionedConcurrentExecutions: 1 });
  account.clock.advance({ minutes: 2 });
  await account.lambda.invoke({ FunctionName: 'hello:1' });
  account.clock.advance({ minutes: 1 });
  await account.lambda.deleteProvisionedConcurrencyConfig(provisioned);

  const model = timelineOf(account.trace);
  const [lane] = model.lanes;
  expect(lane?.isProvisioned).toBe(true);
  expect(lane?.segments.map(({ kind }) => kind)).toEqual(['create', 'init', 'frozen', 'invoke', 'frozen']);
  expect(lane?.segments.map((segment) => segmentLabel(segment, true)).slice(1)).toEqual([
    'init ahead 130 ms',
    'provisioned',
    '10 ms',
    'provisioned',
  ]);
  expect(lane?.gone?.reason).toBe('deprovisioned');
  const said = rowsOf(model, []).map(({ what }) => what);
  expect(said).toContain('init, ahead of requests');
  expect(said).toContain('frozen, ready; provisioned concurrency is billed');
  expect(said).toContain('request 1 arrives: provisioned start');
  const moments = model.moments.map(({ text }) => text).join('\n');
  expect(moments).toContain('provisioned concurrency 1 of hello:1 is being allocated');
  expect(moments).toContain('provisioned concurrency 1 of hello:1 is ready');
  expect(moments).toContain('provisioned concurrency 1 of hello:1 is given up');
});

test('an event that fails once and then succeeds has one bad bar and no bad request', async () => {
  let calls = 0;
  const failure = { payload: '{}', errorType: 'E' };
  const { account } = await begin({
    handler: () => ((calls += 1) === 1 ? { ms: 10, fail: failure } : { ms: 10, respond: '1' }),
  });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 2 });
  const model = timelineOf(account.trace);
  const invoked = model.lanes[0]?.segments.filter(({ kind }) => kind === 'invoke') ?? [];
  expect(invoked.map(({ failed }) => failed === true)).toEqual([true, false]);
  expect(model.requests).toMatchObject([{ number: 1, start: 'warm', failed: false }]);
  expect(model.moments.map(({ text }) => text).join('\n')).toContain('request 1 waits 1 min for its next attempt');
  const rows = rowsOf(model, []).map(({ what }) => what);
  expect(rows.filter((what) => what.endsWith('ends with an error'))).toHaveLength(1);
});

test('an event that was throttled first is not shown as refused when it was served', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1500, respond: '1' }) });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 });
  account.lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 1 });
  const [, event] = timelineOf(account.trace).requests;
  expect(event?.throttled).toBeUndefined();
  expect(event?.start).toBe('warm');
});
