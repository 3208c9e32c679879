/** Handlers that try what a handler should not: each is contained, ends as Lambda would end it, and the next run works. */
import { expect, test } from 'vitest';
import { createAccount } from '../../../sandbox/account.ts';

interface Outcome {
  readonly error: boolean;
  /** The result; of an error its type and message, without the request's id. */
  readonly value: unknown;
}

const answered = (value: unknown): Outcome => ({ error: false, value });
const failed = (value: string): Outcome => ({ error: true, value });
const timedOut = failed('Sandbox.Timedout: Error: Task timed out after 3.00 seconds');
const outOfMemory = failed('Runtime.OutOfMemory: Error: Runtime exited with error: signal: killed');
const aborted = failed('Runtime.ExitError: Error: Runtime exited with error: signal: aborted');
const tooDeep = failed('RangeError: Maximum call stack size exceeded');
const notJson = failed('Runtime.JSONStringifyError: Unable to stringify response body');
const unreadable = failed(
  'handled: callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
);

/** Bodies of a handler on nodejs24.x, called with `{"__proto__":{"x":1}}`. */
const snippets: readonly (readonly [string, Outcome])[] = [
  [String.raw`Object.prototype.toJSON = () => "hacked"; return { a: 1 };`, answered('hacked')],
  [
    String.raw`Object.defineProperty(Object.prototype, "level", { get() { throw 1; } }); console.log("x"); return 1;`,
    answered(1),
  ],
  [
    String.raw`return [].constructor.constructor("return typeof process.binding + typeof require + typeof WebAssembly + typeof importScripts + typeof postMessage")();`,
    answered('undefinedundefinedundefinedundefinedundefined'),
  ],
  [String.raw`return (0, eval)("this") === globalThis;`, answered(true)],
  [
    String.raw`return Promise.allSettled(["/etc/passwd", "file:///etc/passwd", "../../../../etc/passwd", "https://example.com/x.js", "http://localhost/", "/srv/x.js", "/tmp/x.mjs"].map((p) => import(p))).then((r) => r.map((x) => x.status + ":" + x.reason?.code));`,
    answered([
      'rejected:ERR_MODULE_NOT_FOUND',
      'rejected:ERR_MODULE_NOT_FOUND',
      'rejected:ERR_MODULE_NOT_FOUND',
      'rejected:ERR_UNSUPPORTED_ESM_URL_SCHEME',
      'rejected:ERR_UNSUPPORTED_ESM_URL_SCHEME',
      'rejected:ERR_MODULE_NOT_FOUND',
      'rejected:ERR_MODULE_NOT_FOUND',
    ]),
  ],
  [
    String.raw`const { createRequire } = await import("module"); const r = createRequire("/etc/x.js"); try { r("./passwd"); } catch (e) { return e.code; }`,
    answered('MODULE_NOT_FOUND'),
  ],
  [
    String.raw`const fs = await import("fs"); const o = []; for (const p of ["/etc/passwd", "/proc/self/environ", "/srv", "/home", "../../etc/passwd", "/dev/null"]) try { o.push(String(fs.readFileSync(p)).slice(0, 20)); } catch (e) { o.push(e.code); } return o;`,
    answered(['ENOENT', 'ENOENT', 'ENOENT', 'EISDIR', 'ENOENT', 'ENOENT']),
  ],
  [
    String.raw`try { (await import("child_process")).execSync("id"); } catch (e) { return [e.name, e.message]; }`,
    answered(['Error', 'child_process.execSync() is not available in this simulator: it runs no other programs']),
  ],
  [
    String.raw`try { const { Worker } = await import("worker_threads"); new Worker("x"); } catch (e) { return [e.name, e.message]; }`,
    answered(['Error', 'new Worker() is not available in this simulator: a function is one thread']),
  ],
  [
    String.raw`try { return (await import("vm")).runInNewContext("this.constructor.constructor('return process')()") } catch (e) { return [e.name, e.message]; }`,
    answered(['Error', 'vm.runInNewContext() is not available in this simulator: a function has one context']),
  ],
  [
    String.raw`Object.setPrototypeOf(globalThis, new Proxy({}, { get() { throw new Error("trap"); }, has() { return true; } })); return typeof nothing;`,
    failed('Error: trap'),
  ],
  [
    String.raw`Error.prepareStackTrace = (e, s) => s.map((x) => [x.getThis?.(), x.getFunction?.(), x.getFileName()]); const s = new Error("x").stack; return JSON.stringify(s).length < 5000;`,
    answered(true),
  ],
  [String.raw`Error.prepareStackTrace = () => { for (;;); }; throw new Error("x");`, timedOut],
  [
    String.raw`Error.prepareStackTrace = () => { throw new Error("again"); }; throw new Error("x");`,
    failed('Error: x'),
  ],
  [
    String.raw`Error.prepareStackTrace = (e, sites) => sites; const sites = new Error().stack; const leaked = []; for (const s of sites) { try { const f = s.getFunction?.(); if (typeof f === "function" && /handler/.test(f.name) === false) leaked.push(f.name); } catch {} } return leaked;`,
    answered(['call']),
  ],
  [String.raw`Error.stackTraceLimit = { valueOf() { throw 1; } }; throw new Error("x");`, failed('Error: x')],
  [
    String.raw`class A extends Array { static get [Symbol.species]() { return function (n) { return new Proxy({}, { set() { throw 1; }, defineProperty() { throw 2; } }); }; } } try { new A(1, 2, 3).map((x) => x); } catch (e) { return String(e); }`,
    answered('2'),
  ],
  [String.raw`globalThis.Promise = class { constructor() { throw 1; } }; return 1;`, answered(1)],
  [
    String.raw`JSON.parse = () => { throw 1; }; JSON.stringify = () => "hacked"; return { real: 1 };`,
    answered({ real: 1 }),
  ],
  [
    String.raw`let s = "[".repeat(1e5) + "]".repeat(1e5); try { JSON.parse(s); return "parsed"; } catch (e) { return e.name; }`,
    tooDeep,
  ],
  [String.raw`let d = {}; for (let i = 0; i < 1e5; i++) d = { d }; return d;`, tooDeep],
  [String.raw`const b = { toJSON() { return [b, b]; } }; return b;`, tooDeep],
  [String.raw`return { toJSON() { for (;;); } };`, timedOut],
  [
    String.raw`const o = { toJSON(k) { return { a: { toJSON: o.toJSON }, b: { toJSON: o.toJSON } }; } }; return o;`,
    tooDeep,
  ],
  [String.raw`return { get a() { throw new RangeError("g"); } };`, notJson],
  [
    String.raw`return new Proxy({}, { get(t, k) { return k === "toJSON" ? undefined : new Proxy({}, this); }, ownKeys() { return ["x"]; }, getOwnPropertyDescriptor() { return { enumerable: true, configurable: true, value: 1 }; } });`,
    tooDeep,
  ],
  [String.raw`return new Proxy({}, { get(t, k) { if (k === "then") return (r) => r(5); } });`, answered(5)],
  [
    String.raw`throw new Proxy(new Error("e"), { get(t, k) { if (k === "stack") throw 1; return t[k]; }, getPrototypeOf() { throw 2; } });`,
    unreadable,
  ],
  [
    String.raw`const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy;`,
    failed("TypeError: Cannot perform 'get' on a proxy that has been revoked"),
  ],
  [String.raw`const { proxy, revoke } = Proxy.revocable(new Error("x"), {}); revoke(); throw proxy;`, unreadable],
  [String.raw`const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); console.log(proxy); return 1;`, answered(1)],
  [String.raw`console.log({ get [Symbol.toStringTag]() { throw 1; } }); return 1;`, failed('number: 1')],
  [
    String.raw`console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("insp"); } }); return 1;`,
    failed('Error: insp'),
  ],
  [String.raw`console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;); } });`, timedOut],
  [String.raw`console.log("%s", { toString() { throw 5; } }); return 1;`, failed('number: 5')],
  [
    String.raw`console.log({ __proto__: { constructor: { name: { toString() { throw 1; } } } } }); return 1;`,
    answered(1),
  ],
  [
    String.raw`console.log("<img src=x onerror=alert(1)>\u001b[31m\u202e\u0000\ud800"); return "\u2028<script>";`,
    answered('\u2028<script>'),
  ],
  [String.raw`console = null; return 1;`, answered(1)],
  [
    String.raw`Object.defineProperty(globalThis, "console", { get() { throw 1; } }); throw new Error("x");`,
    failed('Error: x'),
  ],
  [String.raw`globalThis.process = undefined; throw new Error("still");`, failed('Error: still')],
  [String.raw`process.emit("exit", 0); process.emit("uncaughtException", new Error("x")); return 1;`, answered(1)],
  [
    String.raw`try { process.exit(2); } finally { for (;;); }`,
    failed('Runtime.ExitError: Error: Runtime exited with error: exit status 2'),
  ],
  [
    String.raw`return { get a() { process.exit(6); } };`,
    failed('Runtime.ExitError: Error: Runtime exited with error: exit status 6'),
  ],
  [String.raw`process.on("exit", () => { for (;;); }); process.exit(1);`, timedOut],
  [
    String.raw`process.on("exit", () => { throw new Error("at exit"); }); process.exit(1);`,
    failed('Runtime.ExitError: Error: Runtime exited with error: exit status 1'),
  ],
  [
    String.raw`process.on("uncaughtException", () => { throw new Error("more"); }); setTimeout(() => { throw new Error("x"); }, 1); await new Promise((r) => setTimeout(r, 50));`,
    failed('Runtime.ExitError: Error: Runtime exited with error: exit status 7'),
  ],
  [
    String.raw`process.on("unhandledRejection", () => { Promise.reject(1); }); Promise.reject(2); await new Promise((r) => setTimeout(r, 50));`,
    timedOut,
  ],
  [
    String.raw`Object.defineProperty(context, "awsRequestId", { get() { throw 1; } }); context.done = 1; return 1;`,
    answered(1),
  ],
  [
    String.raw`return [event.__proto__?.x ?? null, Object.keys(event), ({}).x ?? null];`,
    answered([1, ['__proto__'], null]),
  ],
  [String.raw`new FinalizationRegistry(() => { throw new Error("fin"); }).register({}, 1); return 1;`, answered(1)],
  [
    String.raw`function* g() { try { yield 1; } finally { for (;;) yield 2; } } for (const x of g()) break; return 1;`,
    answered(1),
  ],
  [
    String.raw`for await (const x of { [Symbol.asyncIterator]() { return { next: () => ({ value: 1, done: false }) }; } });`,
    timedOut,
  ],
  [
    String.raw`const it = { [Symbol.iterator]() { return { next() { return { done: false, value: 1 }; }, return() { throw new Error("ret"); } }; } }; for (const x of it) break;`,
    failed('Error: ret'),
  ],
  [String.raw`const mk = () => ({ then(r) { r(mk()); } }); return mk();`, timedOut],
  [String.raw`return { get then() { throw new Error("then"); } };`, failed('Error: then')],
  [String.raw`return { then(r, j) { r(1); j(new Error("2")); r(3); } };`, answered(1)],
  [String.raw`return { then() { throw new TypeError("sync"); } };`, failed('TypeError: sync')],
  [String.raw`const f = () => Promise.resolve().then(f).then(f); f(); await new Promise(() => {});`, outOfMemory],
  [
    String.raw`const f = () => { process.nextTick(f); process.nextTick(f); }; f(); await new Promise(() => {});`,
    outOfMemory,
  ],
  [String.raw`for (;;) setTimeout(() => {}, 0);`, outOfMemory],
  [String.raw`const f = () => { setImmediate(f); setImmediate(f); }; f(); await new Promise(() => {});`, timedOut],
  [String.raw`let s = "x"; for (;;) s += s;`, failed('RangeError: Invalid string length')],
  [String.raw`const all = []; for (;;) all.push(new ArrayBuffer(1 << 26));`, outOfMemory],
  [String.raw`const o = { get a() { return this.a; } }; return o.a;`, tooDeep],
  [String.raw`const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); return p.x;`, tooDeep],
  [String.raw`const o = { toString() { return "" + this; } }; return "" + o;`, tooDeep],
  [String.raw`const o = { toJSON() { return JSON.stringify(this); } }; return o;`, notJson],
  [String.raw`const f = () => [2, 1].sort(f); return f();`, tooDeep],
  [String.raw`const f = () => "a".replace(/a/, f); return f();`, tooDeep],
  [
    String.raw`let n = 0; const f = () => { n++; f(); }; for (let i = 0; i < 50; i++) try { f(); } catch {} return n > 50;`,
    answered(true),
  ],
  [String.raw`for (;;) try { const a = []; for (;;) a.push(new Array(1e6)); } catch {}`, outOfMemory],
  [String.raw`for (;;) try { for (;;); } catch {} finally { continue; }`, timedOut],
  [
    String.raw`try { eval("}"); } catch (e) { return [e.name, e.message]; }`,
    answered(['SyntaxError', "Unexpected token '}'"]),
  ],
  [
    String.raw`Date.now = () => NaN; Date = class { constructor() { throw 1; } }; await new Promise((r) => setTimeout(r, 5)); return 1;`,
    answered(1),
  ],
  [
    String.raw`globalThis.setTimeout = null; globalThis.setImmediate = null; globalThis.queueMicrotask = null; return 1;`,
    answered(1),
  ],
  [
    String.raw`Reflect.apply = null; Object.keys = null; Object.defineProperty = null; Object.freeze = null; Function.prototype.apply = null; Function.prototype.bind = null; console.log({ a: 1 }); return { a: 1 };`,
    aborted,
  ],
  [
    String.raw`Symbol.iterator; delete Array.prototype[Symbol.iterator]; delete String.prototype[Symbol.iterator]; console.log("a %s", [1]); throw new Error("x");`,
    aborted,
  ],
  [String.raw`Error.prototype.toString = () => { throw 1; }; Error = null; throw new TypeError("t");`, unreadable],
  [
    String.raw`class X extends Error { get name() { return { toString() { throw 1; } }; } } throw new X("n");`,
    unreadable,
  ],
  [String.raw`const e = new Error("c"); e.cause = e; e.self = e; throw e;`, failed('Error: c')],
  [String.raw`const e = new Error("c"); e.stack = { toString() { throw 1; } }; throw e;`, unreadable],
  [String.raw`throw function f() {};`, failed('function: function f() {}')],
  [String.raw`throw globalThis;`, failed('object: [object global]')],
  [String.raw`return globalThis;`, answered({})],
  [
    String.raw`return new Float64Array(1e6);`,
    failed(
      'Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    ),
  ],
  [
    String.raw`for (const k of Reflect.ownKeys(globalThis)) { try { globalThis[k] = null; } catch {} } return 1;`,
    aborted,
  ],
  [
    String.raw`for (const k of Reflect.ownKeys(globalThis)) { try { delete globalThis[k]; } catch {} } return 1;`,
    aborted,
  ],
  [
    String.raw`Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype); Object.freeze(globalThis); console.log({ a: [1] }); await new Promise((r) => setTimeout(r, 1)); return { ok: 1 };`,
    answered({ ok: 1 }),
  ],
  [
    String.raw`Object.freeze(Error.prototype); Object.freeze(Error); null.x;`,
    failed("TypeError: Cannot read properties of null (reading 'x')"),
  ],
  [String.raw`const fs = await import("fs"); for (let i = 0; ; i++) fs.writeFileSync("/tmp/" + i, "");`, timedOut],
  [
    String.raw`const fs = await import("fs"); fs.writeFileSync("/tmp/../var/task/index.mjs", "x"); return 1;`,
    failed("Error: EROFS: read-only file system, open '/tmp/../var/task/index.mjs'"),
  ],
  [
    String.raw`const fs = await import("fs"); try { fs.writeFileSync("/tmp/a\u0000b", "x"); return "wrote"; } catch (e) { return e.code; }`,
    answered('ERR_INVALID_ARG_VALUE'),
  ],
  [
    String.raw`const o = []; for (const u of ["http://169.254.169.254/latest", "http://localhost:9001/2018-06-01/runtime/invocation/next", "file:///etc/passwd", "blob:x", "chrome://x"]) o.push(await fetch(u).then((r) => r.status, (e) => e.message)); return o;`,
    answered(['fetch failed', 'fetch failed', 'fetch failed', 'fetch failed', 'fetch failed']),
  ],
  [
    String.raw`const { Readable } = await import("stream"); for await (const c of new Readable({ read() {} })) ;`,
    failed('Runtime.ExitError: Error: Runtime exited without providing a reason'),
  ],
  [String.raw`return new Date(8.64e15 + 1).getTime();`, answered(null)],
  [String.raw`return (await import("/var/task/index.mjs")).handler === undefined;`, answered(false)],
];

test.each(snippets)('%s', async (body, { error, value }) => {
  const globalsBefore = Reflect.ownKeys(globalThis).length;
  const account = await createAccount({ seed: 7 });
  await account.lambda.createFunction({
    FunctionName: 'hostile',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': `export const handler = async (event, context) => { ${body} };` } },
    MemorySize: 256,
    Timeout: 3,
  });
  const { FunctionError, Payload } = await account.lambda.invoke({
    FunctionName: 'hostile',
    Payload: '{"__proto__":{"x":1}}',
  });
  const result = JSON.parse(Payload) as { readonly errorType: string; readonly errorMessage: string };
  expect({
    error: FunctionError !== undefined,
    value:
      FunctionError === undefined
        ? result
        : `${result.errorType}: ${result.errorMessage.replace(/^RequestId: [0-9a-f-]{36} /, '')}`,
  }).toEqual({ error, value });
  await account.lambda.updateFunctionCode({
    FunctionName: 'hostile',
    Files: { 'index.mjs': 'export const handler = async () => "works";' },
  });
  expect((await account.lambda.invoke({ FunctionName: 'hostile', Payload: '{}' })).Payload).toBe('"works"');
  expect(Reflect.ownKeys(globalThis)).toHaveLength(globalsBefore);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  account.dispose();
});
