/** Recursive loops: chains of requests that come back to a function, and their end. */
import { expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import { Random } from '../../../sandbox/kernel/random.ts';
import { chainTrace } from '../../../sandbox/lambda/recursion/lineage.ts';
import type { Caller } from '../../../sandbox/services/service.ts';
import { scriptedProcesses } from '../scripted-process.ts';
import { allow, createRole, openAccount } from '../services/function-story.ts';
import { withDeadLetterQueue } from './neighbours.ts';
import { hello } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

/** A function that does what a queue between it and itself would do: every invocation sends the next event. */
async function looping(): Promise<{ account: Account; calls: () => number }> {
  let calls = 0;
  const { create } = scriptedProcesses({
    handler: ({ traceId }) => {
      calls += 1;
      const caller: Caller = { kind: 'service', principal: 'lambda.amazonaws.com', traceId };
      if (calls < 50) account.lambda.invoker.invokeAsync(arn, '{}', caller);
      return { ms: 10, respond: '1' };
    },
  });
  const account: Account = await createAccount({ createProcess: create });
  await account.lambda.createFunction(hello);
  return { account, calls: () => calls };
}

test('a loop is stopped after 16 invocations', async () => {
  const { account, calls } = await looping();
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 1 });
  expect(calls()).toBe(16);
  expect(account.trace.filter(({ type }) => type === 'recursionStopped')).toMatchObject([
    { functionName: 'hello', invocations: 16 },
  ]);
  const conditions = account.trace.flatMap((event) => (event.type === 'eventEnded' ? [event.condition] : []));
  expect(conditions.filter((condition) => condition === 'Success')).toHaveLength(16);
  expect(conditions.filter((condition) => condition === 'RecursiveInvocationException')).toHaveLength(1);
});

test('the event that was stopped goes to the dead-letter queue', async () => {
  const TargetArn = 'arn:aws:sqs:us-east-1:123456789012:dead';
  const { account } = await looping();
  await withDeadLetterQueue(account, TargetArn);
  const bodies: string[] = [];
  account.lambda.connect({ deliveries: { deliver: (_, body) => bodies.push(body) } });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event', Payload: '{}' });
  account.clock.advance({ minutes: 1 });
  expect(bodies).toEqual(['{}']);
});

test('a function that allows recursion goes on', async () => {
  const { account, calls } = await looping();
  expect(await account.lambda.getFunctionRecursionConfig({ FunctionName: 'hello' })).toEqual({
    RecursiveLoop: 'Terminate',
  });
  await account.lambda.putFunctionRecursionConfig({ FunctionName: 'hello', RecursiveLoop: 'Allow' });
  await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'Event' });
  account.clock.advance({ minutes: 1 });
  expect(calls()).toBe(50);
});

test('a caller that waits is told', async () => {
  const { account } = await looping();
  const random = new Random(1);
  let traceId: string | undefined;
  for (let hop = 0; hop < 16; hop += 1) traceId = chainTrace(traceId, arn, random, account.clock.now).traceId;
  const outcomes: unknown[] = [];
  const caller: Caller = {
    kind: 'role',
    roleArn: '',
    sessionArn: '',
    environmentId: 'e',
    ...(traceId === undefined ? {} : { traceId }),
  };
  account.lambda.invoker.invokeSync(arn, '{}', caller, (outcome) => outcomes.push(outcome));
  account.clock.advance({ seconds: 1 });
  expect(outcomes).toMatchObject([{ ok: false, error: { name: 'RecursiveInvocationException', code: 400 } }]);
});

test('a chain keeps its root and sampling, and counts each function for itself', () => {
  const random = new Random(7);
  const first = chainTrace(undefined, arn, random, 0);
  expect(first.traceId).toMatch(/^Root=1-00000000-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0$/);
  const other = chainTrace(first.traceId.replace('Sampled=0', 'Sampled=1'), `${arn}2`, random, 1000);
  const back = chainTrace(other.traceId, arn, random, 2000);
  expect([first.invocations, other.invocations, back.invocations]).toEqual([0, 0, 1]);
  const [root] = /Root=[^;]+/.exec(first.traceId) ?? [];
  expect(back.traceId.startsWith(`${root};Parent=`)).toBe(true);
  expect(back.traceId).toContain(';Sampled=1;');
  expect(back.traceId).not.toContain(/Parent=[^;]+/.exec(first.traceId)?.[0]);
  expect(back.traceId).toMatch(/Lineage=1:[0-9a-f]{8}:1\|[0-9a-f]{8}:0$/);
});

test('a header that is damaged begins a chain', () => {
  const random = new Random(7);
  for (const header of ['', 'nonsense', 'Lineage=1:xx', 'Root=;Lineage=1:zz:9']) {
    expect(chainTrace(header, arn, random, 0).invocations).toBe(0);
  }
});

test('a function that invokes itself through the SDK is stopped too', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('lambda')]);
  const source = `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
    const lambda = new LambdaClient({});
    export const handler = async () => {
      await lambda.send(new InvokeCommand({ FunctionName: 'loop', InvocationType: 'Event', Payload: '{}' }));
      return 'sent';
    };`;
  await account.lambda.createFunction({
    ...hello,
    FunctionName: 'loop',
    Role,
    Code: { Files: { 'index.mjs': source } },
  });
  await account.lambda.invoke({ FunctionName: 'loop', InvocationType: 'Event', Payload: '{}' });
  account.clock.advance({ minutes: 10 });
  expect(account.trace.filter(({ type }) => type === 'invocationReported')).toHaveLength(16);
  expect(account.trace.filter(({ type }) => type === 'recursionStopped')).toHaveLength(1);
  account.dispose();
});
