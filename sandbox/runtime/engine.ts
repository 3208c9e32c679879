/**
 * The engine: one QuickJS WebAssembly instance that environments share, with what the library does not expose.
 *
 * quickjs-emscripten gives no access to four things that a simulated Lambda needs: the exact value of QuickJS's
 * interrupt counter (metering), the bytes a runtime has allocated (memory), the promise rejections that nobody handles, and the clock that Date reads (virtual time). This file adds them from outside: the WebAssembly
 * imports for time are replaced, the function table is exported so that hooks can be installed, and fields of
 * QuickJS's structures are read and written at the offsets of quickjs-layout.ts, which hold for exactly the pinned version. `verifyLayout`
 * proves the offsets each time an engine loads, so another version fails loudly instead of metering nonsense.
 */
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { replaceClock } from './clock-imports.ts';
import { framesAreKnown } from './call-frames.ts';
import { GuestHandle } from './guest-handle.ts';
import { hookModuleBytes, type HookExports } from './hook-module.ts';
import { layout, ticksPerPoll } from './quickjs-layout.ts';
import { exportFunctionTable } from './wasm-binary.ts';

/** Thrown when the engine can't be loaded; the message says why. */
export class EngineLoadError extends Error {
  override readonly name = 'EngineLoadError';
}

/** The first Math.random() after the random state 88172645463325252. */
const firstRandom = 0.9009953686486218;

/** What QuickJS's own bookkeeping of a fresh runtime and context amounts to, in bytes; counted from here on. */
const freshRuntimeBytes = 160_000;

/** The part of the emscripten module that is used here. */
interface EmscriptenModule {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(pointer: number): void;
}

interface EngineExports {
  /** Emscripten's stack restore and current stack pointer: WebAssembly does not unwind them after a trap. */
  readonly Na: (stackPointer: number) => void;
  readonly Pa: () => number;
  readonly functionTable: WebAssembly.Table;
}

/** Receives QuickJS's promise events of one context. Values are raw JSValues, valid during the call only. */
export interface PromiseObserver {
  rejection(promise: bigint, reason: bigint, handled: boolean): void;
}

/** Where virtual time comes from while a guest runs. */
export interface GuestClock {
  /** Virtual ms since the epoch. */
  now(): number;
}

export interface EngineOptions {
  /** The bytes of the QuickJS WebAssembly file. Read from the package when absent (Node only). */
  readonly wasm?: ArrayBuffer | Uint8Array<ArrayBuffer>;
}

/**
 * One WebAssembly instance of QuickJS. Many runtimes live in it; `retired` tells when to load another. What a guest
 * allocates depends in its last bytes on what was in the instance before, so an account has an engine of its own: then
 * the same requests give the same bytes.
 */
export class Engine {
  readonly #module: QuickJSWASMModule;
  readonly #exports: EngineExports;
  readonly #emscripten: EmscriptenModule;
  /** Places of the hooks in the function table. */
  readonly #hooks: Readonly<Record<'usableSize' | 'rejection' | 'malloc' | 'calloc' | 'realloc', number>>;
  readonly #exported: HookExports;
  readonly #observers = new Map<number, PromiseObserver>();
  #clock: GuestClock | undefined;
  #view: DataView;
  /** Set when a trap left the instance in doubt. Runtimes that exist go on; new ones should go elsewhere. */
  retired = false;

  private constructor(
    module: QuickJSWASMModule,
    exports: EngineExports,
    clockSlot: { now: () => number },
    hookModule: WebAssembly.Module,
  ) {
    this.#module = module;
    this.#exports = exports;
    this.#emscripten = (module as unknown as { module: EmscriptenModule }).module;
    this.#view = new DataView(this.#emscripten.HEAPU8.buffer);
    clockSlot.now = () => this.#clock?.now() ?? 0;
    const hooks = new WebAssembly.Instance(hookModule, {
      e: {
        memory: module.getWasmMemory(),
        table: exports.functionTable,
        rejection: (context: number, promise: bigint, reason: bigint, handled: number) =>
          this.#observers.get(context)?.rejection(promise, reason, handled !== 0),
      },
    }).exports as unknown as HookExports;
    const table = exports.functionTable;
    const place = (hook: unknown): number => {
      const index = table.grow(1);
      table.set(index, hook);
      return index;
    };
    this.#hooks = {
      usableSize: place(hooks.usableSize),
      rejection: place(hooks.rejection),
      malloc: place(hooks.malloc),
      calloc: place(hooks.calloc),
      realloc: place(hooks.realloc),
    };
    this.#exported = hooks;
  }

  /** Compiles and instantiates QuickJS. Rejects with `EngineLoadError`. */
  static async load(options: EngineOptions = {}): Promise<Engine> {
    try {
      const compiled = await compile(options.wasm ?? (await packagedWasm()));
      const clockSlot = { now: () => 0 };
      hookModule ??= new WebAssembly.Module(hookModuleBytes());
      const hookCode = hookModule;
      let exports: EngineExports | undefined;
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
              WebAssembly.instantiate(compiled, replaceClock(imports, clockSlot)).then((instance) => {
                exports = instance.exports as unknown as EngineExports;
                onSuccess(instance);
              }, fail);
              return {};
            },
          } as EmscriptenOptions,
        }),
      );
      const module = await Promise.race([loading, failure]);
      if (exports === undefined) throw new Error('the module was not instantiated');
      const engine = new Engine(module, exports, clockSlot, hookCode);
      engine.#verifyLayout();
      return engine;
    } catch (error) {
      throw new EngineLoadError(
        `The JavaScript engine could not be loaded: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  /** A runtime with one context, its clock and its random numbers set. `randomState` must not be 0n. */
  newGuest(options: {
    readonly clock: GuestClock;
    readonly randomState: bigint;
    readonly maxStackBytes: number;
    readonly observer?: PromiseObserver;
  }): GuestHandle {
    return this.enter(options.clock, () => {
      const runtime = this.#module.newRuntime();
      const context = runtime.newContext();
      runtime.setMaxStackSize(options.maxStackBytes);
      const runtimePointer = (runtime as unknown as { rt: { value: number } }).rt.value;
      const contextPointer = (context as unknown as { ctx: { value: number } }).ctx.value;
      const view = this.#memory();
      this.#replaceAllocator(runtimePointer);
      view.setUint32(runtimePointer + layout.runtime.mallocSize, freshRuntimeBytes, true);
      view.setBigUint64(contextPointer + layout.context.randomState, options.randomState, true);
      if (options.observer !== undefined) {
        this.#observers.set(contextPointer, options.observer);
        view.setUint32(runtimePointer + layout.runtime.rejectionTracker, this.#hooks.rejection, true);
      }
      return new GuestHandle(this, runtime, context, runtimePointer, contextPointer);
    });
  }

  /** Puts the hooks in the place of a fresh runtime's allocator; what they call is what was there. */
  #replaceAllocator(runtimePointer: number): void {
    const view = this.#memory();
    const { allocator } = layout.runtime;
    for (const which of ['malloc', 'calloc', 'realloc'] as const) {
      this.#exported[`${which}Index`].value = view.getUint32(runtimePointer + allocator[which], true);
      view.setUint32(runtimePointer + allocator[which], this.#hooks[which], true);
    }
    view.setUint32(runtimePointer + allocator.usableSize, this.#hooks.usableSize, true);
  }

  /** @internal From here on the high-water mark is that of one runtime, by the address of its allocated bytes. */
  watchMemory(allocatedField: number): void {
    this.#exported.allocatedField.value = allocatedField;
    this.#exported.highWater.value = this.#memory().getUint32(allocatedField, true);
  }

  /** @internal The most bytes that the runtime watched last has held since. */
  get highWaterBytes(): number {
    return (this.#exported.highWater.value as number) >>> 0;
  }

  /** Runs `body` with guest time read from `clock`. */
  enter<T>(clock: GuestClock, body: () => T): T {
    const before = this.#clock;
    this.#clock = clock;
    try {
      return body();
    } finally {
      this.#clock = before;
    }
  }

  /** Runs `body` and, when WebAssembly trapped, puts its stack pointer back and retires the engine. */
  guard<T>(body: () => T): T {
    const stackPointer = this.#exports.Pa();
    try {
      return body();
    } catch (error) {
      this.#exports.Na(stackPointer);
      this.retired = true;
      throw error;
    }
  }

  /** @internal */
  forget(contextPointer: number): void {
    this.#observers.delete(contextPointer);
  }

  /** @internal A view of the WebAssembly memory as it is now (it moves when it grows). */
  memory(): DataView {
    return this.#memory();
  }

  /** @internal */
  get emscripten(): EmscriptenModule {
    return this.#emscripten;
  }

  /** Allocations and releases of all guests so far, modulo 2^32: what built-ins cost that the counter does not see. */
  get allocationOperations(): number {
    return this.#exported.operations.value as number;
  }

  /** Bytes of those blocks so far, modulo 2^32. */
  get allocationBytes(): number {
    return this.#exported.bytes.value as number;
  }

  /** Bytes of WebAssembly memory. */
  get memoryBytes(): number {
    return this.#emscripten.HEAPU8.length;
  }

  #memory(): DataView {
    if (this.#view.buffer !== this.#emscripten.HEAPU8.buffer) {
      this.#view = new DataView(this.#emscripten.HEAPU8.buffer);
    }
    return this.#view;
  }

  /** Proves every offset by an experiment with a known outcome. */
  #verifyLayout(): void {
    const rejections: boolean[] = [];
    const guest = this.newGuest({
      clock: { now: () => 1_234_567_890_123 },
      randomState: 88172645463325252n,
      maxStackBytes: 64 * 1024,
      observer: { rejection: (_promise, _reason, handled) => rejections.push(handled) },
    });
    const check = (what: string, holds: boolean): void => {
      if (!holds) throw new Error(`this version of QuickJS is not the one this code was written for (${what})`);
    };
    try {
      const number = (source: string): number => guest.evaluateNumber(source);
      this.enter({ now: () => 1_234_567_890_123 }, () => {
        check('clock', number('Date.now()') === 1_234_567_890_123 && number('new Date().getTimezoneOffset()') === 0);
        check('random numbers', number('Math.random()') === firstRandom);
        guest.interruptCounter = ticksPerPoll;
        number('let n = 0; for (let i = 0; i < 1000; i++) n += i; n');
        const spent = ticksPerPoll - guest.interruptCounter;
        check('interrupt counter', spent >= 1000 && spent <= 3000);
        const before = guest.allocatedBytes;
        number('globalThis.kept = new Uint8Array(1 << 20); 1');
        const grown = guest.allocatedBytes - before;
        guest.watchMemory();
        number('new Uint8Array(1 << 20).length');
        const passing = this.highWaterBytes - guest.allocatedBytes;
        check('high-water mark', passing >= 1 << 20 && passing < (1 << 20) + 20_000);
        check('allocated bytes', grown >= 1 << 20 && grown < (1 << 20) + 20_000);
        for (const text of ['a\0b\0', 'é€\0x']) {
          guest.newText(text).consume((value) => guest.context.setProp(guest.context.global, 'text', value));
          check('strings', number(`+(text === ${JSON.stringify(text)})`) === 1);
        }
        number('Promise.reject(1).catch(() => {}); 1');
        check('call frames', framesAreKnown(guest));
        check('promise rejections', rejections.length === 2 && rejections[0] === false && rejections[1] === true);
      });
    } finally {
      guest.dispose();
    }
  }
}

/** Options of emscripten that the library's types leave out. */
type EmscriptenOptions = NonNullable<Parameters<typeof newVariant>[1]['emscriptenModule']>;

/** Compiled modules by the bytes they came from: each engine is an instance of its own, compiled once. */
const compilations = new WeakMap<object, Promise<WebAssembly.Module>>();
let hookModule: WebAssembly.Module | undefined;
let packaged: Promise<Uint8Array<ArrayBuffer>> | undefined;

function compile(wasm: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const known = compilations.get(wasm);
  if (known !== undefined) return known;
  const compilation = WebAssembly.compile(exportFunctionTable(new Uint8Array(wasm)));
  compilations.set(wasm, compilation);
  return compilation;
}

function packagedWasm(): Promise<Uint8Array<ArrayBuffer>> {
  packaged ??= readPackagedWasm();
  return packaged;
}

async function readPackagedWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
  const { createRequire } = await import(/* @vite-ignore */ 'node:module');
  const path = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
  return new Uint8Array(await readFile(path));
}

/** Loads an engine; see `Engine.load`. */
export function loadEngine(options?: EngineOptions): Promise<Engine> {
  return Engine.load(options);
}
