/** Concurrency: what the account shares out, and who is throttled. */
import { expect, test } from 'vitest';
import type { Account, AccountOptions } from '../../../sandbox/account.ts';
import type { Script } from '../scripted-process.ts';
import { begin, hello } from './story.ts';

const slow: Script = { handler: () => ({ ms: 1000, respond: '1' }) };

interface Outcome {
  readonly served: number;
  /** By reason. */
  readonly throttled: Readonly<Record<string, number>>;
}

/** Sends so many requests at the same moment and waits for all. */
async function burst({ lambda }: Account, count: number, FunctionName = 'hello'): Promise<Outcome> {
  const throttled: Record<string, number> = {};
  const answers = await Promise.all(
    Array.from({ length: count }, () =>
      lambda.invoke({ FunctionName }).catch((error: unknown) => {
        const { Reason = 'other' } = error as { readonly Reason?: string };
        throttled[Reason] = (throttled[Reason] ?? 0) + 1;
        return undefined;
      }),
    ),
  );
  return { served: answers.filter((answer) => answer !== undefined).length, throttled };
}

const withOther = async (options: AccountOptions = {}): Promise<Account> => {
  const { account } = await begin(slow, {}, options);
  await account.lambda.createFunction({ ...hello, FunctionName: 'other' });
  return account;
};

test('a new account with ten concurrent executions throttles the eleventh', async () => {
  const account = await withOther({ concurrentExecutions: 10 });
  expect(await burst(account, 11)).toEqual({ served: 10, throttled: { ConcurrentInvocationLimitExceeded: 1 } });
  expect((await account.lambda.getAccountSettings()).AccountLimit).toMatchObject({
    ConcurrentExecutions: 10,
    UnreservedConcurrentExecutions: 10,
  });
});

test('a throttled request says why, and when to come back', async () => {
  const account = await withOther({ concurrentExecutions: 10 });
  const all = Array.from({ length: 11 }, () => account.lambda.invoke({ FunctionName: 'hello' }));
  const [refused] = (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject({
    reason: {
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      code: 429,
      Type: 'User',
      Reason: 'ConcurrentInvocationLimitExceeded',
      retryAfterSeconds: '1',
      details: { Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded', retryAfterSeconds: '1' },
    },
  });
});

test('reserved concurrency is a cap', async () => {
  const account = await withOther();
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 3 });
  expect(await burst(account, 5)).toEqual({
    served: 3,
    throttled: { ReservedFunctionConcurrentInvocationLimitExceeded: 2 },
  });
  expect(await account.lambda.getFunctionConcurrency({ FunctionName: 'hello' })).toEqual({
    ReservedConcurrentExecutions: 3,
  });
  expect((await account.lambda.getFunction({ FunctionName: 'hello' })).Concurrency).toEqual({
    ReservedConcurrentExecutions: 3,
  });
});

test('reserved concurrency is a guarantee: others get what is left', async () => {
  const account = await withOther({ concurrentExecutions: 110 });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 10 });
  const [others, own] = await Promise.all([burst(account, 120, 'other'), burst(account, 12)]);
  expect(others).toEqual({ served: 100, throttled: { ConcurrentInvocationLimitExceeded: 20 } });
  expect(own).toEqual({ served: 10, throttled: { ReservedFunctionConcurrentInvocationLimitExceeded: 2 } });
});

test('a reserved concurrency of 0 switches the function off, and taking it back on again', async () => {
  const account = await withOther();
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  expect(await burst(account, 1)).toEqual({
    served: 0,
    throttled: { ReservedFunctionConcurrentInvocationLimitExceeded: 1 },
  });
  await account.lambda.deleteFunctionConcurrency({ FunctionName: 'hello' });
  expect(await account.lambda.getFunctionConcurrency({ FunctionName: 'hello' })).toEqual({});
  expect(await burst(account, 1)).toEqual({ served: 1, throttled: {} });
  expect(account.trace.filter(({ type }) => type === 'reservedConcurrencyChanged')).toMatchObject([
    { functionName: 'hello', reserved: 0 },
    { functionName: 'hello' },
  ]);
});

test('requests in flight count where they belong when a reservation comes or goes', async () => {
  const { account } = await begin(
    { handler: () => ({ ms: 60_000, respond: '1' }) },
    { Timeout: 100 },
    { concurrentExecutions: 110 },
  );
  await account.lambda.createFunction({ ...hello, FunctionName: 'other', Timeout: 100 });
  /** How many of so many requests are let in; they stay in flight for a minute. */
  const letIn = (FunctionName: string, count: number): number => {
    const before = account.trace.length;
    for (let request = 0; request < count; request += 1) {
      account.lambda.invoker.invokeSync(FunctionName, '{}', { kind: 'account' }, () => undefined);
    }
    account.clock.advance({ milliseconds: 1 });
    return account.traceSince(before).filter(({ type }) => type === 'requestPlaced').length;
  };
  expect(letIn('hello', 8)).toBe(8);
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 10 });
  // 8 of 10 reserved are busy; all 100 of the pool are free.
  expect(letIn('hello', 4)).toBe(2);
  expect(letIn('other', 101)).toBe(100);
  account.clock.advance({ minutes: 5 });
  expect(letIn('hello', 11)).toBe(10);
  await account.lambda.deleteFunctionConcurrency({ FunctionName: 'hello' });
  // The pool has 110 again, 10 of which are in use.
  expect(letIn('other', 101)).toBe(100);
  account.clock.advance({ minutes: 5 });
  expect(letIn('hello', 111)).toBe(110);
});

test('deleting a function gives its reservation back', async () => {
  const { lambda } = await withOther();
  await lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 900 });
  expect((await lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(100);
  await lambda.deleteFunction({ FunctionName: 'hello' });
  expect((await lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(1000);
});

test('at least 100 stay unreserved, and an account with less keeps all of it', async () => {
  const { lambda } = await withOther();
  const put = (FunctionName: string, ReservedConcurrentExecutions: number): Promise<object> =>
    lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions });
  await put('hello', 500);
  await put('other', 400);
  await put('hello', 500);
  await expect(put('other', 401)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  await expect(put('hello', -1)).rejects.toThrow("Value '-1' at 'reservedConcurrentExecutions'");
  await expect(put('hello:1', 1)).rejects.toThrow('This operation is permitted on Lambda functions only.');

  const small = await withOther({ concurrentExecutions: 10 });
  await expect(
    small.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 }),
  ).rejects.toThrow('below its minimum value of [10].');
});

test('a function gets 1,000 environments at once and then 100 more each second', async () => {
  const { account } = await begin(
    { handler: () => ({ ms: 60_000, respond: '1' }) },
    { Timeout: 100 },
    { concurrentExecutions: 5000 },
  );
  const { lambda, clock } = account;
  const started = (): number => account.trace.filter(({ type }) => type === 'environmentCreated').length;
  const send = (count: number): void => {
    for (let request = 0; request < count; request += 1) {
      lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
    }
    clock.advance({ milliseconds: 0 });
  };
  send(1100);
  expect(started()).toBe(1000);
  clock.advance({ seconds: 1 });
  send(500);
  expect(started()).toBe(1100);
  clock.advance({ milliseconds: 10 });
  send(500);
  expect(started()).toBe(1101);
  // Unused allowance is not saved up beyond 1,000.
  clock.advance({ seconds: 30 });
  send(1500);
  expect(started()).toBe(2101);
  expect(account.trace.filter((event) => event.type === 'requestThrottled').map(({ reason }) => reason)).toEqual(
    Array.from({ length: 100 + 400 + 499 + 500 }, () => 'ConcurrentInvocationLimitExceeded'),
  );
});

test('functions grow independently of each other', async () => {
  const account = await withOther({ concurrentExecutions: 3000 });
  const [one, two] = await Promise.all([burst(account, 1100), burst(account, 1100, 'other')]);
  expect([one.served, two.served]).toEqual([1000, 1000]);
});

test('a function takes ten synchronous requests a second for each of its concurrency', async () => {
  const { account } = await begin({ handler: () => ({ ms: 10, respond: '1' }) });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 2 });
  const { lambda } = account;
  await burst(account, 2);
  const start = account.clock.now;
  let throttled = 0;
  // One request after the other, each of 10 ms: 100 a second, 20 of which are let in; the bucket held 18 more.
  while (account.clock.now < start + 1000) {
    try {
      await lambda.invoke({ FunctionName: 'hello' });
    } catch (error) {
      expect(error).toMatchObject({ Reason: 'ReservedFunctionInvocationRateLimitExceeded' });
      throttled += 1;
      account.clock.advance({ milliseconds: 10 });
    }
  }
  expect(throttled).toBeGreaterThanOrEqual(60);
  expect(throttled).toBeLessThanOrEqual(64);
});

test('asynchronous events know no request rate', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1, respond: '1' }) });
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 });
  for (let event = 0; event < 50; event += 1) {
    await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
    account.clock.advance({ milliseconds: event === 0 ? 1000 : 2 });
  }
  expect(account.trace.filter(({ type }) => type === 'requestThrottled')).toEqual([]);
});

test('an environment is replaced after some hours, however busy it is', async () => {
  const { account } = await begin();
  const { lambda, clock } = account;
  const first = await lambda.invoke({ FunctionName: 'hello' });
  let minutes = 0;
  let start: string = 'warm';
  while (start === 'warm' && minutes < 300) {
    clock.advance({ minutes: 5 });
    minutes += 5;
    start = (await lambda.invoke({ FunctionName: 'hello' })).trace.start;
  }
  expect(minutes).toBeGreaterThanOrEqual(120);
  expect(minutes).toBeLessThanOrEqual(245);
  expect(account.trace.find((event) => event.type === 'environmentGone')).toMatchObject({
    reason: 'lifetime',
    environmentId: first.trace.environmentId,
  });
});
