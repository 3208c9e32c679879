/** Generators of programs and events that try what handlers should not. */
import fc from 'fast-check';

/** Fixed so that a run repeats; fast-check prints it with the path of a failure. */
export const fuzzSeed = 20261121;

const statements = [
  'for (;;);',
  'while (true) await null;',
  'throw { toString() { throw 1; } };',
  'throw new Proxy(new Error("p"), { get() { throw 1; } });',
  'throw Object.create(null);',
  'return new Proxy({}, { ownKeys() { throw 1; } });',
  'return { toJSON() { for (;;); } };',
  'return { toJSON() { return event; } };',
  'return { then(resolve) { resolve({ then(again) { again(1); } }); } };',
  'const a = {}; a.a = a; return a;',
  'return 10n;',
  'return Symbol("s");',
  'return "x".repeat(7_000_000);',
  'let text = "x"; for (;;) text += text;',
  'const all = []; for (;;) all.push(new Array(1000).fill(all));',
  'const again = () => again(); again();',
  'return JSON.parse("[".repeat(50_000));',
  'let deep = {}; for (let i = 0; i < 50_000; i++) deep = { deep }; return deep;',
  'process.exit(event?.code ?? 3);',
  'process.abort();',
  'Promise.reject(new Error("lost"));',
  'setTimeout(() => { throw new Error("late"); }, 1);',
  'queueMicrotask(() => { throw new Error("micro"); });',
  'process.on("uncaughtException", () => { throw 2; });',
  'console.log("\\u0000\\ud800<b>", { get x() { throw 1; } });',
  'for (let i = 0; i < 5000; i++) console.log(i);',
  'Object.prototype.polluted = true;',
  'Array.prototype.push = null;',
  'Promise.prototype.then = function () {};',
  'JSON.stringify = () => { throw 1; };',
  'globalThis.console = null;',
  'delete globalThis.process;',
  'Object.freeze(globalThis);',
  'Error.prepareStackTrace = () => { throw 1; };',
  'Map.prototype.get = null;',
  'String.prototype.split = null;',
  'Function.prototype.call = null;',
  'Date.now = () => { throw 1; };',
  'globalThis.__nodeModuleBridge = null;',
  'eval("(".repeat(5000));',
  'new Function("return this")().x = 1;',
  'await import("node:fs").then((fs) => fs.writeFileSync("/tmp/x", "y".repeat(1000)));',
  'await import("data:text/javascript,for(;;);");',
  'context.getRemainingTimeInMillis = null;',
  'await new Promise(() => {});',
  'await new Promise((resolve) => setTimeout(resolve, 20_000));',
  'new FinalizationRegistry(() => { for (;;); }).register({}, 1);',
];

/** An ES module: some hostile lines at the top, some in the handler. */
export const hostileProgram = fc
  .record({
    top: fc.subarray(
      statements.filter((line) => !/\b(return|await|event|context)\b/.test(line)),
      { maxLength: 1 },
    ),
    body: fc.shuffledSubarray(statements, { minLength: 1, maxLength: 4 }),
    isAsync: fc.boolean(),
  })
  .map(({ top, body, isAsync }) => {
    const lines = isAsync ? body : body.filter((line) => !line.includes('await'));
    const handler = `${isAsync ? 'async ' : ''}(event, context) => { ${lines.map((line) => `{ ${line} }`).join(' ')} }`;
    return `${top.join('\n')}\nexport const handler = ${handler};`;
  });

/** JSON texts, strange ones included. */
export const hostileEvent = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '{}',
    'null',
    '"\\ud800"',
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    `{"a":"${'x'.repeat(100_000)}"}`,
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ),
);
