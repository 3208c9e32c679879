/**
 * Code that never ends inside of built-ins, where QuickJS asks nobody whether to go on: each ends as Lambda ends it. With
 * a tenth of the fuel, since what ends with that ends with all of it; that all of it is not too much, the last test sees.
 */
import { expect, test } from 'vitest';
import { type Account, type AccountOptions, createAccount } from '../../../sandbox/account.ts';

/** Endless, or so long that nobody would wait for it; none of it keeps more than it has at the beginning. */
const busy: Readonly<Record<string, string>> = {
  'String.prototype.indexOf':
    'const text = "a".repeat(5e6), part = "a".repeat(1e5) + "b"; for (;;) text.indexOf(part);',
  'String.prototype.repeat': 'for (;;) "abc".repeat(1e7);',
  'String.prototype.padEnd': 'for (;;) "x".padEnd(2e7, "abc");',
  'String.prototype.replaceAll': 'const text = "a".repeat(1e6); for (;;) text.replaceAll("a", "b");',
  'String.prototype.normalize': 'const text = "é".repeat(1e6); for (;;) text.normalize("NFD");',
  'String.prototype.localeCompare': 'const a = "é".repeat(1000), b = "é".repeat(1000); for (;;) a.localeCompare(b);',
  'comparison of texts': 'const a = "x".repeat(2e7), b = "x".repeat(2e7); for (;;) a === b;',
  'Array.prototype.indexOf': 'return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);',
  'Array.prototype.join': 'return Array(4e9).join("");',
  'Array.prototype.reverse': 'return Array.prototype.reverse.call({ length: 2 ** 53 - 1 });',
  'Array.prototype.fill': 'const all = new Array(1e6); for (;;) all.fill(1);',
  'Array.prototype.splice': 'const all = new Array(1e6).fill(1); for (;;) { all.splice(0, 1); all.push(1); }',
  'Array.prototype.sort':
    'const all = Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 1000003); for (;;) all.slice().sort();',
  'arguments out of an array': 'const all = new Array(60000).fill(1); for (;;) Math.max(...all);',
  'typed array fill': 'const bytes = new Uint8Array(1e7); for (;;) bytes.fill(1);',
  'typed array set': 'const a = new Float64Array(1e6), b = new Uint8Array(1e6); for (;;) a.set(b);',
  'typed array sort':
    'const all = new Float64Array(1e6).map((_, i) => (i * 7919) % 1000003); for (;;) all.slice().sort();',
  'JSON.stringify':
    'let nested = [1]; for (let i = 0; i < 40; i++) nested = [nested, nested]; return JSON.stringify(nested).length;',
  'JSON.parse': 'const text = JSON.stringify("x".repeat(5e7)); for (;;) JSON.parse(text);',
  BigInt: 'const big = 3n ** 300000n; for (;;) String(big);',
  'regular expression with backtracking': 'return /(.*)(.*)(.*)(.*)(.*)(.*)x$/.test("a".repeat(3000));',
  'regular expression over a long text': 'const text = "a".repeat(2e6); for (;;) /b/.test(text);',
  'Map from an array': 'const all = Array.from({ length: 1e5 }, (_, i) => [i, i]); for (;;) new Map(all);',
  'prototype chain': 'let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); for (;;) o.missing;',
  'code without loops or calls': `const o = { x: 1 }; for (;;) { ${'o.x = o.x + 1;'.repeat(2000)} }`,
  'eval of long code': 'const code = "1;".repeat(1e6); for (;;) eval(code);',
  'reading the clock': 'for (;;) performance.now();',
  'a line that never ends': 'for (;;) process.stdout.write("x");',
  'a file that grows': 'const fs = await import("fs"); for (;;) fs.appendFileSync("/tmp/a", "x".repeat(100));',
};

/** A single call that takes more and more memory. */
const growing: Readonly<Record<string, string>> = {
  'Array.from': 'return Array.from({ length: 1e9 }).length;',
  'spread of a sparse array': 'const all = []; all.length = 4294967295; return [...all].length;',
};

const timedOut = {
  errorType: 'Sandbox.Timedout',
  errorMessage: 'RequestId: x Error: Task timed out after 900.00 seconds',
};
const outOfMemory = {
  errorType: 'Runtime.OutOfMemory',
  errorMessage: 'RequestId: x Error: Runtime exited with error: signal: killed',
};

async function accountWith(body: string, options?: AccountOptions): Promise<Account> {
  const account = await createAccount({ seed: 7, ...options });
  await account.lambda.createFunction({
    FunctionName: 'busy',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': `export const handler = async () => { ${body} };` } },
    MemorySize: 1024,
    Timeout: 900,
  });
  return account;
}

/** The outcome without the request's id, and how often the simulator concluded. */
async function outcomeOf(account: Account): Promise<{ error: unknown; durationMs: number; conclusions: number }> {
  const { Payload, trace } = await account.lambda.invoke({ FunctionName: 'busy', Payload: '{}' });
  return {
    error: JSON.parse(Payload.replace(trace.requestId, 'x')) as unknown,
    durationMs: trace.durationMs,
    conclusions: account.trace.filter(({ type }) => type === 'outcomeConcluded').length,
  };
}

const littleFuel = { fuel: 3_200_000 };

test.each(Object.entries(busy))('%s', async (_name, body) => {
  const account = await accountWith(body, littleFuel);
  expect(await outcomeOf(account)).toEqual({ error: timedOut, durationMs: 900_000, conclusions: 1 });
  await account.lambda.updateFunctionCode({
    FunctionName: 'busy',
    Files: { 'index.mjs': 'export const handler = async () => "works";' },
  });
  expect((await account.lambda.invoke({ FunctionName: 'busy', Payload: '{}' })).Payload).toBe('"works"');
  account.dispose();
});

test.each(Object.entries(growing))('%s', async (_name, body) => {
  const account = await accountWith(body);
  expect(await outcomeOf(account)).toMatchObject({ error: outOfMemory, conclusions: 1 });
  account.dispose();
});

test('a call that needed memory before it went on for ever is no growth', async () => {
  const account = await accountWith('const text = "é".repeat(1e6); for (;;) Buffer.from(text);');
  expect(await outcomeOf(account)).toMatchObject({ error: timedOut });
  account.dispose();
});

/** What keeps a processor waiting for memory, or does much outside of the guest: the most that fuel costs. */
const costly: Readonly<Record<string, string>> = {
  'numbers in a Map': 'const m = new Map(); for (let i = 0; ; i++) m.set(i * 2 ** 32, {});',
  'lookups all over a Map':
    'const m = new Map(); for (let i = 0; i < 3e5; i++) m.set(i, i); for (let x = 1; ; x = (x * 16807) % 2147483647) m.get(x % 3e5);',
  'small texts to compress': 'const { gzipSync } = await import("zlib"); for (;;) gzipSync("x");',
};

test.each(Object.entries(costly))('%s: within 2 s of a processor', async (_name, body) => {
  const account = await accountWith(body);
  const before = process.cpuUsage();
  const { conclusions } = await outcomeOf(account);
  const { user, system } = process.cpuUsage(before);
  account.dispose();
  expect(conclusions).toBe(1);
  // A busy machine counts twice what a quiet one does: caches are shared.
  expect((user + system) / 1e6).toBeLessThan(4);
});
