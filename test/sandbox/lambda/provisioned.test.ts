/** Provisioned concurrency: environments ahead of their requests, what they cost, and what spills over. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import type { CreateFunctionRequest } from '../../../sandbox/lambda/api.types.ts';
import {
  allocationStartMs,
  billedCapacityMs,
  provisionedShares,
} from '../../../sandbox/lambda/policies/provisioned.ts';
import type { ProcessRecord, Script } from '../scripted-process.ts';
import { begin, hello } from './story.ts';

interface Provisioned {
  readonly account: Account;
  readonly processes: ProcessRecord[];
}

/** A function whose version 1 has an alias `live`. */
async function published(script: Script = {}, settings: Partial<CreateFunctionRequest> = {}): Promise<Provisioned> {
  const story = await begin(script, settings);
  await story.account.lambda.publishVersion({ FunctionName: 'hello' });
  await story.account.lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  return story;
}

/** The same with that much provisioned and ready. */
async function ready(
  count: number,
  script: Script = {},
  settings: Partial<CreateFunctionRequest> = {},
): Promise<Provisioned> {
  const story = await published(script, settings);
  await put(story.account, count);
  story.account.clock.advance({ minutes: 3 });
  return story;
}

const put = ({ lambda }: Account, ProvisionedConcurrentExecutions: number, Qualifier = 'live'): Promise<object> =>
  lambda.putProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier, ProvisionedConcurrentExecutions });

const get = ({ lambda }: Account, Qualifier = 'live') =>
  lambda.getProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier });

test('environments are initialised ahead, and none can be used before all are', async () => {
  const { account, processes } = await published();
  expect(await put(account, 3)).toEqual({
    RequestedProvisionedConcurrentExecutions: 3,
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
    LastModified: '2026-01-05T09:00:00.000+0000',
  });
  account.clock.advance({ seconds: 89 });
  expect(processes).toHaveLength(0);
  expect((await account.lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('cold');

  account.clock.advance({ seconds: 10 });
  expect(await get(account)).toMatchObject({
    AvailableProvisionedConcurrentExecutions: 3,
    AllocatedProvisionedConcurrentExecutions: 3,
    Status: 'READY',
  });
  const { trace } = await account.lambda.invoke({ FunctionName: 'hello:live' });
  expect(trace).toMatchObject({ start: 'provisioned', durationMs: 10, billedDurationMs: 10, initDurationMs: 130 });
  expect(trace.phases.map(({ name }) => name)).toEqual(['invoke']);
  expect(trace.logs[0]).toMatch(/^START/);
  expect(processes.map(({ configuration }) => configuration.environment['AWS_LAMBDA_INITIALIZATION_TYPE'])).toEqual([
    'on-demand',
    'provisioned-concurrency',
    'provisioned-concurrency',
    'provisioned-concurrency',
  ]);
  expect(
    account.trace.flatMap((event) => (event.type === 'provisionedConcurrencyChanged' ? [event.status] : [])),
  ).toEqual(['IN_PROGRESS', 'READY']);
});

test('init is written to the log long before the first request', async () => {
  const { account } = await ready(1);
  const init = account.trace.find((event) => event.type === 'phaseStarted' && event.phase === 'init');
  const created = account.trace.find((event) => event.type === 'environmentCreated');
  expect(created).toMatchObject({ version: '1', initializationType: 'provisioned-concurrency' });
  account.clock.advance({ hours: 1 });
  await account.lambda.invoke({ FunctionName: 'hello:live' });
  const start = account.trace.find((event) => event.type === 'invocationStarted');
  expect((start?.time ?? 0) - (init?.time ?? 0)).toBeGreaterThan(3_600_000);
});

test('an idle provisioned environment does not expire', async () => {
  const { account } = await ready(1);
  account.clock.advance({ hours: 1 });
  expect((await account.lambda.invoke({ FunctionName: 'hello:1' })).trace.start).toBe('provisioned');
});

test('one that has lived for hours is replaced, and initialised again', async () => {
  const { account } = await ready(1);
  account.clock.advance({ hours: 5 });
  expect(account.trace.filter((event) => event.type === 'environmentGone')).toMatchObject([{ reason: 'lifetime' }]);
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 1, Status: 'READY' });
  expect((await account.lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('provisioned');
});

test('what is more than provisioned spills over to on-demand environments', async () => {
  const { account } = await ready(2, { handler: () => ({ ms: 1000, respond: '1' }) });
  const all = Array.from({ length: 3 }, () => account.lambda.invoke({ FunctionName: 'hello:live' }));
  const starts = (await Promise.all(all)).map(({ trace }) => trace.start);
  expect(starts).toEqual(['provisioned', 'provisioned', 'cold']);
  expect(account.trace.filter(({ type }) => type === 'provisionedConcurrencySpilled')).toMatchObject([
    { functionName: 'hello', version: '1' },
  ]);
  // Another version of the function has none.
  expect((await account.lambda.invoke({ FunctionName: 'hello' })).trace.start).toBe('cold');
});

test('what is provisioned counts against the account even while it is idle', async () => {
  const { account } = await ready(900);
  expect((await account.lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(100);
  const { lambda } = account;
  await lambda.createFunction({ ...hello, FunctionName: 'other' });
  const settled = await Promise.allSettled(Array.from({ length: 101 }, () => lambda.invoke({ FunctionName: 'other' })));
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  // The provisioned environments have room although the pool is full.
  expect((await lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('provisioned');
});

test('provisioned and reserved concurrency that are equal leave nothing for $LATEST', async () => {
  const { account } = await ready(2);
  const { lambda } = account;
  await lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 2 });
  await expect(lambda.invoke({ FunctionName: 'hello' })).rejects.toMatchObject({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  expect((await lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('provisioned');
  await expect(put(account, 3)).rejects.toThrow(
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
  await expect(
    lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 1 }),
  ).rejects.toThrow(
    "ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
  );
});

test('an init of provisioned concurrency may take 130 seconds, or the timeout if that is longer', async () => {
  const slow = await ready(1, { init: () => ({ ms: 100_000 }) });
  slow.account.clock.advance({ minutes: 2 });
  expect(await get(slow.account)).toMatchObject({ Status: 'READY' });

  const hanging = await published({ init: () => ({ ms: 0, hang: true }) });
  await put(hanging.account, 1);
  hanging.account.clock.advance({ minutes: 5 });
  expect(await get(hanging.account)).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' });
  expect(hanging.account.trace.find((event) => event.type === 'initReported')).toMatchObject({
    phase: 'init',
    status: 'timeout',
    durationMs: 130_000,
  });

  const patient = await published({ init: () => ({ ms: 200_000 }) }, { Timeout: 900 });
  await put(patient.account, 1);
  patient.account.clock.advance({ minutes: 6 });
  expect(await get(patient.account)).toMatchObject({ Status: 'READY' });
});

test('an init that fails makes the whole request fail, and leaves no environment behind', async () => {
  const fail = { errorType: 'Error', errorMessage: 'no', trace: [] };
  const { account, processes } = await published({ init: () => ({ ms: 10, fail }) });
  await put(account, 5);
  account.clock.advance({ minutes: 3 });
  expect(await get(account)).toMatchObject({
    Status: 'FAILED',
    StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
  });
  expect(processes.every(({ killed }) => killed)).toBe(true);
  const gone = account.trace.flatMap((event) => (event.type === 'environmentGone' ? [event.reason] : []));
  expect(gone).toEqual(['failed', 'failed', 'failed', 'failed', 'failed']);
});

test('moving an alias moves what is provisioned for it', async () => {
  const { account } = await ready(2);
  const { lambda, clock } = account;
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 });
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '2' });
  expect(await get(account)).toMatchObject({ Status: 'IN_PROGRESS', AvailableProvisionedConcurrentExecutions: 0 });
  expect(account.trace.filter((event) => event.type === 'environmentGone')).toMatchObject([
    { reason: 'deprovisioned' },
    { reason: 'deprovisioned' },
  ]);
  expect((await lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('cold');
  clock.advance({ minutes: 3 });
  const moved = await lambda.invoke({ FunctionName: 'hello:live' });
  expect([moved.ExecutedVersion, moved.trace.start]).toEqual(['2', 'provisioned']);
});

test('a weighted alias shares what is provisioned out, and cannot be set to another number meanwhile', async () => {
  const { account } = await ready(10);
  const { lambda, clock } = account;
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 });
  await lambda.publishVersion({ FunctionName: 'hello' });
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.3 } };
  await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', RoutingConfig });
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 7, Status: 'IN_PROGRESS' });
  clock.advance({ minutes: 3 });
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 10, Status: 'READY' });
  await expect(put(account, 5)).rejects.toThrow('Invalid alias configuration for Provisioned Concurrency');
});

test('more is allocated beside what is there, less goes at once', async () => {
  const { account } = await ready(2);
  await put(account, 5);
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 2, Status: 'IN_PROGRESS' });
  expect((await account.lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('provisioned');
  account.clock.advance({ minutes: 3 });
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 5, Status: 'READY' });
  await put(account, 1);
  expect(await get(account)).toMatchObject({ AvailableProvisionedConcurrentExecutions: 1, Status: 'READY' });
  await account.lambda.deleteProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier: 'live' });
  await expect(get(account)).rejects.toMatchObject({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
    message: 'No Provisioned Concurrency Config found for this function',
  });
  expect(account.trace.filter((event) => event.type === 'environmentGone')).toHaveLength(5);
  expect((await account.lambda.invoke({ FunctionName: 'hello:live' })).trace.start).toBe('cold');
  expect((await account.lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(1000);
});

test('a busy environment that is given up finishes first', async () => {
  const { account, processes } = await ready(1, { handler: () => ({ ms: 1000, respond: '"done"' }) });
  const answers: unknown[] = [];
  account.lambda.invoker.invokeSync('hello:live', '{}', { kind: 'account' }, (outcome) => answers.push(outcome));
  account.clock.advance({ milliseconds: 500 });
  await account.lambda.deleteProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier: 'live' });
  expect(processes[0]?.killed).toBe(false);
  account.clock.advance({ seconds: 1 });
  expect(answers).toMatchObject([{ ok: true, payload: '"done"' }]);
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', reason: 'deprovisioned' });
});

test('deleting the function, the version or the alias takes everything back', async () => {
  const one = await ready(2);
  await one.account.lambda.deleteFunction({ FunctionName: 'hello' });
  expect(one.processes.every(({ killed }) => killed)).toBe(true);
  expect(one.account.clock.pending).toBe(0);
  expect((await one.account.lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(1000);

  const two = await ready(2);
  await two.account.lambda.deleteAlias({ FunctionName: 'hello', Name: 'live' });
  expect(two.account.clock.pending).toBe(0);
  expect((await two.account.lambda.getAccountSettings()).AccountLimit.UnreservedConcurrentExecutions).toBe(1000);
});

test.each([
  ['$LATEST', 1, 'InvalidParameterValueException', 'Provisioned Concurrency Configs cannot be applied to unpublished'],
  ['dev', 1, 'InvalidParameterValueException', 'Provisioned Concurrency Configs cannot be applied to unpublished'],
  ['live', 0, 'ValidationException', "Value '0' at 'provisionedConcurrentExecutions'"],
  ['live', 901, 'InvalidParameterValueException', 'below its minimum value of [100].'],
  ['live', 1001, 'InvalidParameterValueException', "is greater than account's unreserved concurrency [1000]."],
  ['nobody', 1, 'ResourceNotFoundException', 'Function not found'],
])('refuses %s with %i', async (qualifier, count, name, message) => {
  const { account } = await published();
  await account.lambda.createAlias({ FunctionName: 'hello', Name: 'dev', FunctionVersion: '$LATEST' });
  await expect(put(account, count, qualifier)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message) as string,
  });
});

test('a version has one configuration, its own or that of an alias', async () => {
  const { account } = await published();
  await put(account, 1);
  await expect(put(account, 1, '1')).rejects.toThrow('Version is pointed by a Provisioned Concurrency alias');
  await account.lambda.deleteProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier: 'live' });
  await put(account, 1, '1');
  await expect(put(account, 1)).rejects.toThrow(
    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
  );
  const { ProvisionedConcurrencyConfigs } = await account.lambda.listProvisionedConcurrencyConfigs({
    FunctionName: 'hello',
  });
  expect(ProvisionedConcurrencyConfigs).toMatchObject([
    {
      FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:hello:1',
      RequestedProvisionedConcurrentExecutions: 1,
    },
  ]);
});

test('capacity is billed in steps of five minutes while it is configured, duration at its own price', async () => {
  const { account } = await published({}, { MemorySize: 1024, Architectures: ['x86_64'] });
  const capacity = (): number | undefined =>
    account.bill().lines.find(({ id }) => id === 'provisioned-capacity')?.quantity;
  await put(account, 10);
  expect(capacity()).toBe(10 * 300);
  account.clock.advance({ minutes: 4 });
  await account.lambda.invoke({ FunctionName: 'hello:live' });
  // Two more for the minute that is left of the step, then twelve for a whole one.
  await put(account, 12);
  expect(capacity()).toBeCloseTo(10 * 300 + 2 * 60, 1);
  account.clock.advance({ minutes: 1 });
  expect(capacity()).toBeCloseTo(10 * 300 + 2 * 60 + 12 * 300, 1);
  await account.lambda.deleteProvisionedConcurrencyConfig({ FunctionName: 'hello', Qualifier: 'live' });
  account.clock.advance({ hours: 1 });
  expect(capacity()).toBeCloseTo(10 * 300 + 2 * 60 + 12 * 300, 1);

  // Ten inits of 130 ms and one handler of 10 ms; no line for on-demand compute.
  const { lines } = account.bill();
  expect(lines.map(({ id }) => id)).toEqual(['requests', 'provisioned-capacity', 'provisioned-compute']);
  expect(lines[2]).toMatchObject({
    label: 'handler and init, provisioned, 1.310 s × 1 GB',
    formula: '1.31 GB-s × $0.0000097222',
    facts: ['price-pc-x86'],
    freeQuantity: 0,
  });
});

test('the rules for the fleet: when environments begin, what is billed, how weights share', () => {
  const times = { preparationMs: 90_000, environmentsPerMinute: 6000 };
  expect([0, 1, 6000].map((index) => allocationStartMs(index, times))).toEqual([90_000, 90_010, 150_000]);
  expect([0, 1, 300_000, 300_001].map((ms) => billedCapacityMs(ms, 300_000))).toEqual([0, 300_000, 300_000, 600_000]);
  expect([...provisionedShares(10, '1', { 2: 0.25 })]).toEqual([
    ['2', 3],
    ['1', 7],
  ]);
  expect([...provisionedShares(1, '1', { 2: 0.4 })]).toEqual([['1', 1]]);
  expect([...provisionedShares(4, '1', { 2: 1 })]).toEqual([['2', 4]]);
});
