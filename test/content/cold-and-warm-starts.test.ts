/** What the lesson "Cold starts and warm starts" says about its runs, run. */
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { createAccount } from '../../sandbox/account.ts';
import type { FunctionDefinition } from '../../sandbox/worker/session.types.ts';

let checkout: FunctionDefinition;
beforeAll(async () => {
  const lesson = 'content/lessons/03-how-lambda-runs-your-code/02-cold-and-warm-starts';
  ({ definition: checkout } = await readFunctionFolder(resolve(lesson, 'checkout')));
});

/** An account with the function; `order` sends so many orders at the same moment. */
async function open(Files = checkout.Files) {
  const account = await createAccount();
  await account.lambda.createFunction({ ...checkout, Code: { Files } });
  const order = async (count = 1) => {
    const invoke = () => account.lambda.invoke({ FunctionName: checkout.FunctionName, Payload: '{"order": 1042}' });
    const answers = await Promise.all(Array.from({ length: count }, invoke));
    return answers.map(({ Payload, trace }) => ({
      start: trace.start,
      served: (JSON.parse(Payload) as { served: number }).served,
      connected: trace.logs.filter((line) => line.endsWith('\tconnected')).length,
      init: trace.initDurationMs,
      duration: trace.durationMs,
      billed: trace.billedDurationMs,
    }));
  };
  return { account, order };
}

const starts = (orders: readonly { start: string }[]) => orders.map(({ start }) => start);

describe('three orders, one after the other', () => {
  it('print connected once and count on', async () => {
    const { account, order } = await open();
    const orders = [...(await order()), ...(await order()), ...(await order())];
    expect(starts(orders)).toEqual(['cold', 'warm', 'warm']);
    expect(orders.map(({ connected }) => connected)).toEqual([1, 0, 0]);
    expect(orders.map(({ served }) => served)).toEqual([1, 2, 3]);
    account.dispose();
  });

  it('have an Init Duration for the first only, and it is billed', async () => {
    const { account, order } = await open();
    const [first, second] = [...(await order()), ...(await order())];
    expect(first?.billed).toBe(Math.ceil((first?.init ?? 0) + (first?.duration ?? 0)));
    expect(second).toMatchObject({ init: undefined, billed: Math.ceil(second?.duration ?? 0) });
    account.dispose();
  });
});

describe('orders at the same moment', () => {
  it('five with one idle environment: four start cold, and served is 1 for four', async () => {
    const { account, order } = await open();
    await order();
    const orders = await order(5);
    expect(starts(orders).sort()).toEqual(['cold', 'cold', 'cold', 'cold', 'warm']);
    expect(orders.filter(({ served }) => served === 1)).toHaveLength(4);
    account.dispose();
  });

  it('six with two idle environments: four start cold', async () => {
    const { account, order } = await open();
    await order(2);
    expect(starts(await order(6)).filter((start) => start === 'cold')).toHaveLength(4);
    account.dispose();
  });
});

it('after fifteen idle minutes the next order starts cold', async () => {
  const { account, order } = await open();
  await order(5);
  account.clock.advance({ minutes: 15 });
  expect(starts(await order())).toEqual(['cold']);
  account.dispose();
});

it('with connect() in the handler init is shorter and every order pays for connecting', async () => {
  const line = 'const database = await connect();\n';
  const index = checkout.Files['index.mjs'] ?? '';
  const moved = index.replace(line, '').replace('served += 1;\n', `served += 1;\n  ${line}`);
  const before = await open();
  const after = await open({ ...checkout.Files, 'index.mjs': moved });
  const [outside] = await before.order();
  const inside = [...(await after.order()), ...(await after.order()), ...(await after.order())];
  expect(inside[0]?.init).toBeLessThan((outside?.init ?? 0) - 200);
  expect(inside.map(({ duration }) => duration > 265)).toEqual([true, true, true]);
  before.account.dispose();
  after.account.dispose();
});
