/** What a handler catches reads as in Node 24, and what it throws itself stays as it is. */
import { beforeAll, expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import { messageCases } from './messages.cases.ts';

let account: Account;
beforeAll(async () => {
  account = await createAccount();
});

/** Answers with what the handler of `index.mjs` (or other files) returns, or its error payload. */
async function result(files: Record<string, string>, event: unknown = {}): Promise<unknown> {
  const FunctionName = `f${functions++}`;
  await account.lambda.createFunction({
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 1769,
    Timeout: 60,
    Code: { Files: files },
  });
  const { Payload } = await account.lambda.invoke({ FunctionName, Payload: JSON.stringify(event) });
  return JSON.parse(Payload) as unknown;
}
let functions = 0;

const perFunction = 50;
const chunks = Array.from({ length: Math.ceil(messageCases.length / perFunction) }, (_, index) =>
  messageCases.slice(index * perFunction, (index + 1) * perFunction),
);

test.each(chunks.map((chunk) => ({ first: chunk[0]?.[0], chunk })))('messages from `$first` on', async ({ chunk }) => {
  const source = `const outcome = (e) => e instanceof Error ? [e.name, e.message] : [typeof e, String(e)];
const cases = [
${chunk.map(([statement]) => `async () => {\n${statement}\n},`).join('\n')}
];
export const handler = async () => {
  const outcomes = [];
  for (const run of cases) {
    try { await run(); outcomes.push(['none', '']); } catch (e) { outcomes.push(outcome(e)); }
  }
  return outcomes;
};`;
  const outcomes = (await result({ 'index.mjs': source })) as [string, string][];
  const answers = chunk.map(([statement], index) => [statement, ...(outcomes[index] ?? [])]);
  expect(answers).toEqual(chunk);
});

test.each([
  ['let a = ;', "Unexpected token ';'"],
  ['const a = 1;\nconst a = 2;', "Identifier 'a' has already been declared"],
  ["console.log('a' 'b');", 'missing ) after argument list'],
  ['if (a {', "Unexpected token '{'"],
  ['const f = () => { await g(); };', 'Unexpected reserved word'],
  ['const o = { a: 1; };', "Unexpected token ';'"],
  ["const s = 'abc;", 'Invalid or unexpected token'],
  ['const r = /(/;', 'Invalid regular expression: /(/: Unterminated group'],
  ['export const handler = () => {', 'Unexpected end of input'],
  [
    "import { nothing } from 'node:path';",
    "The requested module 'node:path' does not provide an export named 'nothing'",
  ],
])('a module with %j does not load', async (source, message) => {
  const payload = await result({ 'index.mjs': `${source}\n` });
  expect(payload).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${message}` });
});

test.each([
  ["import fs from 'fs';", 'Cannot use import statement outside a module'],
  ['export const a = 1;', "Unexpected token 'export'"],
  ['await 1;', 'await is only valid in async functions and the top level bodies of modules'],
])('a CommonJS file with %j does not load', async (source, message) => {
  const payload = await result({ 'index.cjs': `${source}\n` });
  expect(payload).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${message}` });
});

test('hostile errors neither break the runtime nor run code of the function', async () => {
  const source = `export const handler = async () => {
  const seen = [];
  const spy = new Proxy({}, { get: () => { seen.push('get'); }, ownKeys: () => { seen.push('keys'); return []; } });
  try { [1].map(spy); } catch (e) { seen.push(e.message); }
  const frozen = Object.freeze(new TypeError('not a function'));
  try { throw frozen; } catch (e) { seen.push(e.message); }
  class Getter extends Error { get message() { seen.push('message'); return 'mine'; } }
  try { throw new Getter(); } catch (e) { seen.push(e instanceof Getter); }
  Error.stackTraceLimit = 0;
  try { throw new TypeError('not a function'); } catch (e) { seen.push(e.message); }
  try { null.x; } catch (e) { seen.push(e.message); }
  return seen;
};`;
  expect(await result({ 'index.mjs': source })).toEqual([
    'object is not a function',
    'not a function',
    true,
    'not a function',
    "Cannot read properties of null (reading 'x')",
  ]);
});

test('frames have names and places as in Node 24', async () => {
  const source = `class Shop {
  constructor(stock) { if (!stock) throw new RangeError('no stock'); }
  static open() { return new Shop(); }
  sell(order) { return order.item.price; }
  #count() { return null.length; }
  count() { return [1].map(() => this.#count()); }
}
const tools = { sort() { return [2, 1].sort(() => undefined.a); } };
const frames = (run) => {
  try { run(); } catch (e) {
    return e.stack.split('\\n').slice(1).filter((line) => /Shop|sort|count|Array/.test(line) || line.includes('(<anonymous>)'));
  }
};
export const handler = async () => [
  frames(() => Shop.open()),
  frames(() => new Shop(1).sell({})),
  frames(() => new Shop(1).count()),
  frames(() => tools.sort()),
];`;
  const file = 'file:///var/task/index.mjs';
  expect(await result({ 'index.mjs': source })).toEqual([
    [`    at new Shop (${file}:2:42)`, `    at Shop.open (${file}:3:26)`],
    [`    at Shop.sell (${file}:4:35)`],
    [`    at #count (${file}:5:26)`, '    at Array.map (<anonymous>)', `    at Shop.count (${file}:6:24)`],
    ['    at Array.sort (<anonymous>)', `    at Object.sort (${file}:8:40)`],
  ]);
});

test('captureStackTrace, stackTraceLimit and cause do what they do in Node 24', async () => {
  const source = `class Missing extends Error {
  constructor(message) { super(message); this.name = 'Missing'; Error.captureStackTrace(this, Missing); }
}
const find = () => { throw new Missing('no such order'); };
export const handler = async () => {
  const seen = [];
  try { find(); } catch (e) { seen.push(e.stack.split('\\n').slice(0, 2)); }
  const plain = {};
  Error.captureStackTrace(plain);
  seen.push(plain.stack.split('\\n')[0]);
  Error.stackTraceLimit = 1;
  const error = new TypeError('not a function', { cause: 'mine' });
  seen.push(error.stack.split('\\n'), error.cause, Object.keys(error));
  return seen;
};`;
  expect(await result({ 'index.mjs': source })).toEqual([
    ['Missing: no such order', '    at find (file:///var/task/index.mjs:4:28)'],
    'Error',
    ['TypeError: not a function', '    at handler (file:///var/task/index.mjs:12:17)'],
    'mine',
    [],
  ]);
});
