/** node:util, node:events, node:async_hooks and the small modules inside the guest. */
import { expect, test } from 'vitest';
import { createGuest, evaluateInGuest } from './guest.ts';

const prelude = "const u = require('util'), EE = require('events');";

test('util: promisify, callbackify, deprecate, parseArgs, types', () => {
  expect(
    evaluateInGuest(prelude, [
      'u.promisify((a, done) => done(null, a + 1))(1)',
      "u.promisify((done) => done(new Error('pe')))()",
      'new Promise((done) => u.callbackify(async (x) => x * 2)(4, (e, v) => done([e, v])))',
      'u.isDeepStrictEqual({ a: [1, { b: new Set([2]) }] }, { a: [1, { b: new Set([2]) }] })',
      "u.parseArgs({ args: ['-f', '--bar', 'b', 'pos'], options: { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string' } }, allowPositionals: true })",
      "u.parseArgs({ args: ['--zz'], options: {} })",
      "u.stripVTControlCharacters('\\u001b[31mred\\u001b[0m')",
      "u.styleText('red', 'plain, for the output is no terminal')",
      '[u.types.isPromise(Promise.resolve()), u.types.isDate({}), u.types.isAsyncFunction(async () => {}), u.types.isProxy({})]',
      "(() => { u.deprecate(() => 3, 'old thing', 'D1')(); return output })()",
      'u.promisify(5)',
    ]),
  ).toEqual([
    2,
    'Error||pe',
    [null, 8],
    true,
    { values: { foo: true, bar: 'b' }, positionals: ['pos'] },
    "TypeError|ERR_PARSE_ARGS_UNKNOWN_OPTION|Unknown option '--zz'",
    'red',
    'plain, for the output is no terminal',
    [true, false, true, false],
    ['warning: old thing'],
    'TypeError|ERR_INVALID_ARG_TYPE|The "original" argument must be of type function. Received type number (5)',
  ]);
});

test('events: order, errors, waiting, leak warning', () => {
  expect(
    evaluateInGuest(prelude, [
      "(() => { const seen = []; const e = new EE(); e.on('a', (x) => seen.push(['on', x])); e.once('a', (x) => seen.push(['once', x])); e.prependListener('a', (x) => seen.push(['first', x])); e.emit('a', 1); e.emit('a', 2); return seen })()",
      "new EE().emit('error', new Error('bad'))",
      "new EE().emit('error', { a: 1 })",
      "new EE().on('x', 1)",
      "(() => { const e = new EE(); const waiting = EE.once(e, 'later'); e.emit('later', 1, 2); return waiting })()",
      "(async () => { const e = new EE(); const events = EE.on(e, 'it'); e.emit('it', 1); e.emit('it', 2); return [(await events.next()).value, (await events.next()).value] })()",
      "(() => { const e = new EE(); for (let n = 0; n < 11; n++) e.on('x', () => {}); return output.at(-1) })()",
    ]),
  ).toEqual([
    [
      ['first', 1],
      ['on', 1],
      ['once', 1],
      ['first', 2],
      ['on', 2],
    ],
    'Error||bad',
    'Error|ERR_UNHANDLED_ERROR|Unhandled error. ({ a: 1 })',
    'TypeError|ERR_INVALID_ARG_TYPE|The "listener" argument must be of type function. Received type number (1)',
    [1, 2],
    [[1], [2]],
    'warning: Possible EventEmitter memory leak detected. 11 x listeners added to [EventEmitter]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit',
  ]);
});

test('AsyncLocalStorage: stores nest, are bound and leave no trace', () => {
  expect(
    evaluateInGuest(
      "const { AsyncLocalStorage, AsyncResource } = require('async_hooks'); const als = new AsyncLocalStorage();",
      [
        'als.getStore()',
        'als.run({ id: 1 }, () => [als.getStore().id, als.run({ id: 2 }, () => als.getStore().id), als.getStore().id])',
        'als.run(1, () => als.exit(() => als.getStore()))',
        'als.run(5, () => AsyncLocalStorage.bind(() => als.getStore()))()',
        'als.run(6, () => AsyncLocalStorage.snapshot())(() => als.getStore())',
        "als.run(7, () => new AsyncResource('T')).runInAsyncScope(() => als.getStore())",
        "(() => { try { als.run(8, () => { throw new Error('out') }) } catch { return String(als.getStore()) } })()",
        'new AsyncLocalStorage({ defaultValue: 9 }).getStore()',
      ],
    ),
  ).toEqual(['undefined', [1, 2, 1], 'undefined', 5, 6, 7, 'undefined', 9]);
});

test('what the simulator does not have says so', () => {
  expect(
    evaluateInGuest('', [
      "require('child_process').exec('ls')",
      "new (require('worker_threads').Worker)('x')",
      "require('vm').runInNewContext('1')",
      "require('http').createServer()",
      "require('cluster').fork()",
      "require('vm').runInThisContext('1 + 1')",
    ]),
  ).toEqual([
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|child_process.exec() is not available in this simulator: it runs no other programs',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|new Worker() is not available in this simulator: a function is one thread',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|vm.runInNewContext() is not available in this simulator: a function has one context',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|http.createServer() is not available in this simulator: a function takes no connections',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|cluster.fork() is not available in this simulator: a function is one process',
    2,
  ]);
});

test('console.table draws Node’s tables', () => {
  expect(
    evaluateInGuest("const { table } = require('internal/console');", [
      "table([{ a: 1, b: 'x' }, { a: 2, c: true }])",
      "table(new Map([['k', 1]]))",
      'String(table(5))',
    ]),
  ).toEqual([
    '┌─────────┬───┬─────┬──────┐\n' +
      '│ (index) │ a │ b   │ c    │\n' +
      '├─────────┼───┼─────┼──────┤\n' +
      "│ 0       │ 1 │ 'x' │      │\n" +
      '│ 1       │ 2 │     │ true │\n' +
      '└─────────┴───┴─────┴──────┘',
    '┌───────────────────┬─────┬────────┐\n' +
      '│ (iteration index) │ Key │ Values │\n' +
      '├───────────────────┼─────┼────────┤\n' +
      "│ 0                 │ 'k' │ 1      │\n" +
      '└───────────────────┴─────┴────────┘',
    'undefined',
  ]);
});

test('every module evaluates, and every global is there', async () => {
  const { globals, modules } = await import('../../../sandbox/runtime/guest/library.generated.ts');
  const guest = createGuest();
  const failed = guest.run(`
    const failed = [];
    for (const name of ${JSON.stringify(Object.keys(modules).filter((name) => !name.startsWith('lambda/')))}) {
      try { if (require(name) == null) failed.push(name) } catch (error) { failed.push(name + ': ' + error.message) }
    }
    for (const name of ${JSON.stringify(Object.keys(globals))}) if (globalThis[name] == null) failed.push('global ' + name);
    return failed;`);
  guest.dispose();
  expect(failed).toEqual([]);
});
