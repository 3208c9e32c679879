/**
 * The QuickJS WebAssembly file, changed where this code needs more of it than it gives, and made into instances.
 *
 * The library exposes neither its function table nor its functions for bytecode. Both are added to the exports, and the
 * two numbers are changed that keep QuickJS's own serialiser from writing bytecode, and loops are made
 * to count. Where they are is known for exactly the pinned version; the engine proves what they give each time it loads.
 */
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { replaceClock } from './clock-imports.ts';
import { addExports, replaceBytes } from './wasm-binary.ts';
import { countWork } from './wasm-work.ts';

/** The part of the emscripten module that is used here. */
export interface EmscriptenModule {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(pointer: number): void;
}

export interface QuickJSExports {
  /** Emscripten's stack restore and current stack pointer: WebAssembly does not unwind them after a trap. */
  readonly Na: (stackPointer: number) => void;
  readonly Pa: () => number;
  readonly functionTable: WebAssembly.Table;
  /** What may still be done before the instance traps; see wasm-work.ts. */
  readonly workLeft: WebAssembly.Global;
  /** JS_ReadObject: `(context, bytes, length, flags) -> value`. */
  readonly readObject: (context: number, bytes: number, length: number, flags: number) => bigint;
  /** JS_EvalFunctionInternal: `(context, function, this, 0, 0) -> value`; takes the function over. */
  readonly evalFunction: (context: number, code: bigint, receiver: bigint, references: 0, frame: 0) => bigint;
}

/** One instance of QuickJS. */
export interface QuickJSInstance {
  readonly module: QuickJSWASMModule;
  readonly exports: QuickJSExports;
  readonly emscripten: EmscriptenModule;
}

/** Kinds of exports: 0 is a function, 1 a table. Indices of quickjs-ng 0.12.1. */
const addedExports = [
  { name: 'functionTable', kind: 1, index: 0 },
  { name: 'readObject', kind: 0, index: 815 },
  { name: 'evalFunction', kind: 0, index: 732 },
];

/** Functions of quickjs-ng 0.12.1 by their indices, as profiles of endless code show them. */
const functionWork = {
  // The allocator, which a trap must not leave half done.
  uncounted: [158, 159, 817, 819, 820],
  // What Map and Set find, add, grow by and release: records lie anywhere in memory.
  moreATurn: { 133: 120, 198: 100, 411: 120 },
  // The power function.
  moreACall: { 133: 60, 562: 80 },
};

/** The address of "invalid string length", and the longest text: 2^29 - 24 characters in V8, in QuickJS 2^30 - 1. */
const invalidStringLength = [0x41, 0xd7, 0xf0, 0x00];
const longestText = [0xe8, 0xff, 0xff, 0xff, 0x01];
const oneMore = [0xe9, ...longestText.slice(1)];

const changes: readonly {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly count?: number;
}[] = [
  {
    from: [0x41, 0x80, 0x80, 0x80, 0x80, 0x04, 0x4f, 0x04, 0x40, 0x20, -1, ...invalidStringLength],
    to: [0x41, ...oneMore],
    count: 3,
  },
  {
    from: [0x41, 0x80, 0x80, 0x80, 0x80, 0x04, 0x4e, 0x04, 0x40, 0x20, 0, 0x28, 0x02, 0x00, ...invalidStringLength],
    to: [0x41, ...oneMore],
  },
  {
    from: [0x42, 0xff, 0xff, 0xff, 0xff, 0x03, 0x58, 0x0d, -1, ...invalidStringLength],
    to: [0x42, ...longestText],
  },
  // What QTS_bjson_encode lets through, a byte each: bytecode, shared memory, references, source. Bytecode too.
  { from: [0x41, 0x80, 0x80, 0x84, 0x08], to: [0x41, 0x81, 0x80, 0x84, 0x08] },
  // JS_ReadObject counts the names of bytecode from 229 on, which QuickJS's own built-ins need; the encoder counts them
  // from 1. So it does only when it is told nothing else: "is there the bit" becomes "are they all".
  {
    from: [0x41, 0xe5, 0x01, 0x41, 0x01, 0x20, 0x03, 0x41, 0x01, 0x71, 0x1b],
    to: [0x41, 0xe5, 0x01, 0x41, 0x01, 0x20, 0x03, 0x41, 0x01, 0x46, 0x1b],
  },
  // Where Map and Set put a number: by (b ^ b >> 32) * 3163 of its bits b, the same place for hundreds of small integers,
  // since their low bits are zero. Now by (p >> 46) ^ (p >> 32) of p = b * 3163.
  {
    from: [0xbd, 0x22, 0, 0x42, 0x20, 0x88, 0x20, 0, 0x85, 0xa7, 0x41, 0xdb, 0x18, 0x6c, 0x41, 0x08, 0x73, 0x0f],
    to: [0xbd, 0x42, 0xdb, 0x18, 0x7e, 0x22, 0, 0x42, 0x2e, 0x88, 0x20, 0, 0x42, 0x20, 0x88, 0x85, 0xa7, 0x0f],
  },
];

/** Compiled modules by the bytes they came from: each engine is an instance of its own, compiled once. */
const compilations = new WeakMap<object, Promise<WebAssembly.Module>>();
let packaged: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** The compiled file. `wasm` are its bytes; read from the package when absent (Node only). */
export async function compileQuickJS(wasm?: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const given = wasm ?? (await (packaged ??= readPackagedWasm()));
  const known = compilations.get(given);
  if (known !== undefined) return known;
  const changed = changes.reduce(
    (module, change) => replaceBytes(module, change),
    addExports(new Uint8Array(given), addedExports),
  );
  const compilation = WebAssembly.compile(countWork(changed, functionWork));
  compilations.set(given, compilation);
  return compilation;
}

/** `clock.now` is what the instance's guests read as the time, in virtual ms since the epoch. */
export async function instantiateQuickJS(
  compiled: WebAssembly.Module,
  clock: { now: () => number },
): Promise<QuickJSInstance> {
  let exports: QuickJSExports | undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const loading = newQuickJSWASMModuleFromVariant(
    newVariant(variant, {
      emscriptenModule: {
        // What emscripten prints when QuickJS aborts: the process's end says it already.
        printErr: () => undefined,
        instantiateWasm(imports: WebAssembly.Imports, onSuccess: (instance: WebAssembly.Instance) => void) {
          WebAssembly.instantiate(compiled, replaceClock(imports, clock)).then((instance) => {
            exports = instance.exports as unknown as QuickJSExports;
            onSuccess(instance);
          }, fail);
          return {};
        },
      } as EmscriptenOptions,
    }),
  );
  const module = await Promise.race([loading, failure]);
  if (exports === undefined) throw new Error('the module was not instantiated');
  return { module, exports, emscripten: (module as unknown as { module: EmscriptenModule }).module };
}

/** Options of emscripten that the library's types leave out. */
type EmscriptenOptions = NonNullable<Parameters<typeof newVariant>[1]['emscriptenModule']>;

async function readPackagedWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
  const { createRequire } = await import(/* @vite-ignore */ 'node:module');
  const path = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
  return new Uint8Array(await readFile(path));
}
