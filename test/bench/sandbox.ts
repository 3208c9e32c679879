/** How fast the sandbox is in Node: warm invocations, new environments, and what the same work costs without it. */
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { type Account, createAccount } from '../../sandbox/account.ts';
import { type Measurement, speed, timeEach } from './measure.ts';

const source = `let calls = 0;
export const handler = async (event) => {
  calls += 1;
  return { message: 'Hello ' + event.name, calls };
};`;
const payload = JSON.stringify({ name: 'Ada' });

async function accountWithFunction(): Promise<Account> {
  const account = await createAccount({ seed: 7 });
  await account.lambda.createFunction({
    FunctionName: 'hello',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': source } },
  });
  return account;
}

/** Ends the idle environments, so that the next request finds none. */
const beCold = (account: Account): void => account.clock.advance({ hours: 2 });

async function warmInvocations(): Promise<number[]> {
  const account = await accountWithFunction();
  const times = await timeEach(5000, 500, () => account.lambda.invoke({ FunctionName: 'hello', Payload: payload }));
  account.dispose();
  return times;
}

/** Create the environment, load the function, answer the first request. */
async function coldInvocations(): Promise<number[]> {
  const account = await accountWithFunction();
  const times: number[] = [];
  for (let i = 0; i < 220; i += 1) {
    beCold(account);
    const [time = 0] = await timeEach(1, 0, () => account.lambda.invoke({ FunctionName: 'hello', Payload: payload }));
    if (i >= 20) times.push(time);
  }
  account.dispose();
  return times;
}

/** A call of the same handler as a plain function. */
async function plainCalls(): Promise<number[]> {
  let calls = 0;
  const handler = async (event: { name: string }) => {
    calls += 1;
    return { message: 'Hello ' + event.name, calls };
  };
  return timeEach(5000, 500, async () => JSON.stringify(await handler(JSON.parse(payload) as { name: string })));
}

/** The same handler called in QuickJS with nothing around it; and a QuickJS made for it, as an environment is. */
async function bareQuickJS(): Promise<{ calls: number[]; creations: number[] }> {
  const engine = await newQuickJSWASMModuleFromVariant(variant);
  const script = `let calls = 0;
    (text) => { const event = JSON.parse(text); calls += 1; return JSON.stringify({ message: 'Hello ' + event.name, calls }); }`;
  const create = () => {
    const context = engine.newContext();
    return { context, handler: context.unwrapResult(context.evalCode(script)) };
  };
  const { context, handler } = create();
  const calls = await timeEach(5000, 500, () => {
    using text = context.newString(payload);
    using result = context.unwrapResult(context.callFunction(handler, context.undefined, text));
    return context.getString(result);
  });
  handler.dispose();
  context.dispose();
  const creations = await timeEach(200, 20, () => {
    const made = create();
    made.handler.dispose();
    made.context.dispose();
  });
  return { calls, creations };
}

export async function measureSandbox(): Promise<Measurement[]> {
  const warm = speed(await warmInvocations());
  const cold = speed(await coldInvocations());
  const plain = speed(await plainCalls());
  const quickJS = await bareQuickJS();
  const call = speed(quickJS.calls);
  const creation = speed(quickJS.creations);
  const bareCall = { name: 'a bare QuickJS call', value: call.medianMs };
  return [
    { name: 'warm invocations', value: warm.perSecond, unit: '/s', aim: { atLeast: 2000 } },
    { name: 'warm invocation, median', value: warm.medianMs, unit: 'ms', aim: { atMost: 0.1 }, baseline: bareCall },
    {
      name: 'environments created',
      value: cold.perSecond,
      unit: '/s',
      baseline: { name: 'bare QuickJS contexts', value: creation.perSecond },
    },
    {
      name: 'cold invocation, median',
      value: cold.medianMs,
      unit: 'ms',
      aim: { atMost: 5 },
      baseline: { name: 'a bare QuickJS context', value: creation.medianMs },
    },
    {
      name: 'a bare QuickJS call, median',
      value: call.medianMs,
      unit: 'ms',
      baseline: { name: 'a plain call', value: plain.medianMs },
    },
  ];
}
