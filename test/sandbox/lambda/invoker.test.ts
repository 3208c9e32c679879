/** Services at the door of Lambda: they hand over events, or invoke and wait. */
import { expect, test } from 'vitest';
import type { Caller, InvokeOutcome } from '../../../sandbox/services/service.ts';
import { begin } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const account: Caller = { kind: 'account' };

test('a service that waits gets the answer in virtual time', async () => {
  const story = await begin({ handler: ({ payload }) => ({ ms: 10, respond: payload ?? '', afterMs: 500 }) });
  const outcomes: InvokeOutcome[] = [];
  story.account.lambda.invoker.invokeSync(arn, '{"a":1}', account, (outcome) => outcomes.push(outcome));
  expect(outcomes).toEqual([]);
  story.account.clock.advance({ seconds: 1 });
  const placed = story.account.trace.find((event) => event.type === 'invocationStarted');
  const arrived = story.account.trace.find((event) => event.type === 'requestArrived');
  expect(outcomes).toEqual([
    {
      ok: true,
      requestId: arrived?.requestId,
      functionError: false,
      payload: '{"a":1}',
      executedVersion: '$LATEST',
      durationMs: Number(((placed?.time ?? 0) + 10 - (arrived?.time ?? 0)).toFixed(3)),
    },
  ]);
});

test('a service that waits is told of a function error and of a function that does not exist', async () => {
  const story = await begin({ handler: () => ({ ms: 1, fail: { payload: '{"errorType":"E"}', errorType: 'E' } }) });
  const outcomes: InvokeOutcome[] = [];
  story.account.lambda.invoker.invokeSync(arn, '{}', account, (outcome) => outcomes.push(outcome));
  story.account.lambda.invoker.invokeSync(`${arn}x`, '{}', account, (outcome) => outcomes.push(outcome));
  story.account.clock.advance({ seconds: 1 });
  expect(outcomes).toMatchObject([
    { ok: false, error: { name: 'ResourceNotFoundException', message: `Function not found: ${arn}x` } },
    { ok: true, functionError: true, payload: '{"errorType":"E"}' },
  ]);
});

test('an event is handed over at once and handled when time goes on', async () => {
  const story = await begin();
  story.account.lambda.invoker.invokeAsync(arn, '{"n":1}', account);
  expect(story.processes).toHaveLength(0);
  story.account.clock.advance({ seconds: 1 });
  expect(story.processes[0]?.requests.map(({ payload }) => payload)).toEqual(['{"n":1}']);
  expect(() => story.account.lambda.invoker.invokeAsync(`${arn}x`, '{}', account)).toThrow('Function not found');
});
