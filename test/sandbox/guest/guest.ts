/** A tiny host: evaluates the guest library inside real QuickJS, and the same snippets in Node for comparison. */
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSContext, type QuickJSRuntime } from 'quickjs-emscripten-core';
import { globals, modules } from '../../../sandbox/runtime/guest/library.generated.ts';
import { Random } from '../../../sandbox/kernel/random.ts';
import { callNative } from '../../../sandbox/runtime/native-call.ts';
import { createNativeFunctions } from '../../../sandbox/runtime/native/native-functions.ts';
import { modules as intlModules } from '../../../sandbox/runtime/guest/intl.generated.ts';

const sources: Record<string, string> = { ...modules, ...intlModules };

/** What stands in for the guest core: timers in virtual time, an in-memory file system, V8-like stacks. */
const bootstrap = `(function (sources, globals, promiseState, hostNative) {
  const stacks = new WeakMap();
  Error.prepareStackTrace = (error, sites) => {
    if (stacks.has(error)) return;
    const frames = sites.filter((site) => !/^node:/.test(site.getFileName() ?? ''));
    const text = () => [Error.prototype.toString.call(error), ...frames.map((site) => '    at ' + (site.getFunctionName() || '<anonymous>'))].join('\\n');
    stacks.set(error, undefined);
    Object.defineProperty(error, 'stack', { get() { if (stacks.get(this) === undefined) stacks.set(this, { text: text() }); return stacks.get(this).text }, set(value) { stacks.set(this, { text: value }) }, enumerable: false, configurable: false });
  };
  let time = 0, order = 0, immediates = [], ticks = [], timers = [];
  class Timeout { ref() { return this } unref() { return this } hasRef() { return true } refresh() { return this } close() { timers = timers.filter((t) => t !== this) } [Symbol.toPrimitive]() { return this.order } }
  const setTimeout = (callback, delay, ...values) => {
    const wanted = Number(delay);
    const timer = Object.assign(new Timeout(), { due: time + (wanted >= 1 ? Math.trunc(wanted) : 1), order: order++, run: () => callback(...values) });
    timers.push(timer);
    return timer;
  };
  const clearTimeout = (timer) => { timers = timers.filter((item) => item !== timer); if (timer) timer.cleared = true };
  const setInterval = (callback, delay, ...values) => {
    const timer = setTimeout(() => { callback(...values); if (!timer.cleared) { timer.due = time + Math.max(1, delay); timer.order = order++; timers.push(timer) } }, delay);
    return timer;
  };
  const setImmediate = (callback, ...values) => { const item = { run: () => callback(...values) }; immediates.push(item); return item };
  const clearImmediate = (item) => { immediates = immediates.filter((other) => other !== item) };
  const nextTick = (callback, ...values) => { ticks.push(() => callback(...values)) };
  const written = new Map();
  const readOnly = new Map([['/var/task/index.mjs', new Uint8Array([101])], ['/var/task/data/a.json', new Uint8Array([123, 125])]]);
  const output = [];
  globalThis.console = { log: (...values) => output.push(values.join(' ')) };
  const frames = { current: undefined };
  const native = (name, ...values) => {
    const result = hostNative(name, ...values.map((value) => value instanceof Uint8Array ? value.length > 0 && new Uint8Array(value).buffer : value));
    return result === false ? new Uint8Array(0) : result instanceof ArrayBuffer ? new Uint8Array(result).slice() : result;
  };
  const process = { env: {}, cwd: () => '/var/task', pid: 2, nextTick, version: 'v24.11.0', versions: { node: '24.11.0' }, platform: 'linux', arch: 'arm64',
    memoryUsage: () => ({ rss: 70e6 }), emitWarning: (warning) => output.push('warning: ' + (warning.message ?? warning)), hrtime: Object.assign(() => [0, 0], { bigint: () => 0n }) };
  const internals = {
    now: () => 1767603600000 + time, elapsed: () => time,
    native, randomBytes: (length) => native('randomBytes', length), promiseState, proxyDetails: () => undefined, meter: (units) => { internals.metered += units }, unmetered: (work) => work(), metered: 0, writeRaw: (text) => output.push(text), log: () => {}, network: { answers: () => false },
    files: {
      read: (path) => written.get(path) ?? readOnly.get(path),
      size: (path) => (written.get(path) ?? readOnly.get(path))?.length,
      write: (path, bytes) => { if (!path.startsWith('/tmp/')) return 'EROFS'; if (bytes.length > 1e6) return 'ENOSPC'; written.set(path, bytes); return 'ok' },
      remove: (path) => !path.startsWith('/tmp/') ? 'EROFS' : written.delete(path) ? 'ok' : 'ENOENT',
      list: () => [...written.keys(), ...readOnly.keys()].sort(),
    },
    asyncContext: { get: () => frames.current, set: (frame) => { frames.current = frame } },
    process, createRequire: () => require, isError: Error.isError,
    timers: { setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout, setImmediate, clearImmediate, queueMicrotask, nextTick },
    network: { answers: () => false, request: () => Promise.reject(new Error('closed')), callApi: () => Promise.reject(new Error('closed')) },
    configuration: { runtime: 'nodejs24.x', architecture: 'arm64', memorySizeMB: 128, visibleCores: 2 },
  };
  const cache = new Map();
  const require = (name) => {
    name = name.replace(/^node:/, '');
    const cached = cache.get(name);
    if (cached) return cached.exports;
    const source = sources(name);
    if (source === undefined) throw new Error('No such built-in module: node:' + name);
    const module = { exports: {} };
    cache.set(name, module);
    source(module.exports, require, module, internals);
    return module.exports;
  };
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  for (const [name, value] of Object.entries({ require, process, setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout, setImmediate, clearImmediate, output, internals })) define(name, value);
  for (const [name, from] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, get() { const value = require(from.module)[from.export]; define(name, value); return value; }, set(value) { define(name, value) } });
  }
  return () => {
    if (ticks.length > 0) { for (const tick of ticks.splice(0)) tick(); return true }
    const dueNow = timers.filter((t) => t.due <= time);
    if (dueNow.length === 0 && immediates.length > 0) { for (const item of immediates.splice(0)) item.run(); return true }
    if (timers.length === 0) return false;
    timers.sort((a, b) => a.due - b.due || a.order - b.order);
    const timer = timers.shift();
    time = Math.max(time, timer.due);
    timer.run();
    return true;
  };
})`;

const quickjs = await newQuickJSWASMModuleFromVariant(variant);

export interface Guest {
  /** Runs the body of an async function and gives its result as JSON would carry it; throws what it throws. */
  run(body: string): unknown;
  /** Real ms that evaluating a library module took, its requirements included. */
  evaluationTime(name: string): number;
  dispose(): void;
}

export function createGuest(): Guest {
  const runtime: QuickJSRuntime = quickjs.newRuntime();
  const context: QuickJSContext = runtime.newContext();
  const evaluate = (source: string, file: string) => context.unwrapResult(context.evalCode(source, file));
  const promiseState = context.newFunction('promiseState', (promise) => {
    const state = context.getPromiseState(promise);
    const result = context.newObject();
    context.newString(state.type).consume((type) => context.setProp(result, 'state', type));
    if (state.type === 'fulfilled' && !state.notAPromise)
      state.value.consume((value) => context.setProp(result, 'value', value));
    if (state.type === 'rejected') state.error.consume((value) => context.setProp(result, 'value', value));
    return result;
  });
  const moduleSource = context.newFunction('sources', (name) => {
    const source = sources[context.getString(name)];
    return source === undefined ? context.undefined : evaluate(source, `node:${context.getString(name)}`);
  });
  const functions = createNativeFunctions({
    spend: () => true,
    affordableNanoseconds: () => Infinity,
    freeBytes: () => Infinity,
    outOfMemory: () => undefined,
    random: new Random(7),
  });
  const host = { context, newText: (text: string) => context.newString(text) };
  const native = context.newFunction('native', (name, ...values) =>
    callNative(host, functions, context.getString(name), values),
  );
  const start = evaluate(bootstrap, 'node:bootstrap');
  const globalsHandle = evaluate(`(${JSON.stringify(globals)})`, 'node:globals');
  const step = context.unwrapResult(
    context.callFunction(start, context.undefined, moduleSource, globalsHandle, promiseState, native),
  );
  for (const handle of [start, globalsHandle, promiseState, moduleSource, native]) handle.dispose();

  const drain = (): void => {
    const result = runtime.executePendingJobs();
    if (result.error) {
      const error = context.dump(result.error) as { message: string };
      result.error.dispose();
      throw new Error(error.message);
    }
    result.dispose();
  };
  return {
    run(body) {
      evaluate(
        `globalThis.settled = undefined; (async () => {${body}\n})().then((v) => { settled = JSON.stringify({ v }) }, (e) => { settled = JSON.stringify({ e: String(e && e.stack || e) }) })`,
        'test.js',
      ).dispose();
      for (;;) {
        drain();
        const settled = evaluate('settled', 'test.js').consume((handle) => context.dump(handle) as string | undefined);
        if (settled !== undefined) {
          const { v, e } = JSON.parse(settled) as { v?: unknown; e?: string };
          if (e !== undefined) throw new Error(e);
          return v;
        }
        const stepped = context.callFunction(step, context.undefined);
        if (stepped.error) {
          const { message, stack } = stepped.error.consume(
            (handle) => context.dump(handle) as { message: string; stack: string },
          );
          throw new Error(`uncaught in a callback: ${stack.includes(message) ? stack : message}`);
        }
        const more = stepped.value.consume((handle) => context.dump(handle) as boolean);
        if (!more) {
          drain();
          const last = evaluate('settled', 'test.js').consume((handle) => context.dump(handle) as string | undefined);
          if (last === undefined) throw new Error('the snippet never settled');
        }
      }
    },
    evaluationTime(name) {
      const before = performance.now();
      evaluate(`require(${JSON.stringify(name)}); 0`, 'test.js').dispose();
      return performance.now() - before;
    },
    dispose() {
      step.dispose();
      context.dispose();
      runtime.dispose();
    },
  };
}

const AsyncFunction = (Object.getPrototypeOf(async () => {}) as { constructor: unknown }).constructor as new (
  ...parameters: string[]
) => (require: NodeJS.Require) => Promise<unknown>;

/** The same snippet in the Node that runs the tests. */
export async function runInNode(body: string): Promise<unknown> {
  const { createRequire } = await import('node:module');
  // Old functions are compared too; that they are old is known.
  process.noDeprecation = true;
  const result = await new AsyncFunction('require', body)(createRequire('/var/task/index.js'));
  return result === undefined ? undefined : (JSON.parse(JSON.stringify(result)) as unknown);
}

/** Evaluates expressions after a prelude; an error stands as `Name|code|message`. */
const evaluation = (prelude: string, expressions: readonly string[]): string => `${prelude}
  const outcomes = [];
  for (const evaluate of [${expressions.map((expression) => `async () => (${expression})`).join(',\n')}]) {
    try { const value = await evaluate(); outcomes.push(value === undefined ? 'undefined' : value) }
    catch (error) { outcomes.push([error?.name, error?.code, error?.message].join('|')) }
  }
  return outcomes;`;

/** What the guest gives for each expression. */
export function evaluateInGuest(prelude: string, expressions: readonly string[]): unknown[] {
  const guest = createGuest();
  try {
    return guest.run(evaluation(prelude, expressions)) as unknown[];
  } finally {
    guest.dispose();
  }
}

/** The expressions for which the guest and the Node that runs the tests differ, with both results. */
export async function differencesFromNode(prelude: string, expressions: readonly string[]): Promise<unknown[]> {
  const inGuest = evaluateInGuest(prelude, expressions);
  const inNode = (await runInNode(evaluation(prelude, expressions))) as unknown[];
  return expressions
    .map((expression, index) => ({ expression, guest: inGuest[index], node: inNode[index] }))
    .filter(({ guest, node }) => JSON.stringify(guest) !== JSON.stringify(node));
}
