/**
 * The engine: one QuickJS WebAssembly instance that environments share, with what the library does not expose.
 *
 * quickjs-emscripten gives no access to what a simulated Lambda needs: the exact value of QuickJS's interrupt counter
 * (metering), the bytes a runtime has allocated (memory), the promise rejections that nobody handles, and the clock that
 * Date reads (virtual time). They are added from outside: hooks are put into the function table, and fields of QuickJS's
 * structures are read and written at the offsets of quickjs-layout.ts, which hold for exactly the pinned version.
 * engine-check.ts proves them each time an engine loads, so another version fails loudly instead of metering nonsense.
 */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { verifyEngine } from './engine-check.ts';
import { GuestHandle } from './guest-handle.ts';
import { hookModuleBytes, type HookExports } from './hook-module.ts';
import { LibraryCompiler } from './library-compiler.ts';
import { layout } from './quickjs-layout.ts';
import {
  compileQuickJS,
  instantiateQuickJS,
  type EmscriptenModule,
  type QuickJSExports,
  type QuickJSInstance,
} from './quickjs-instance.ts';

/** Thrown when the engine can't be loaded; the message says why. */
export class EngineLoadError extends Error {
  override readonly name = 'EngineLoadError';
}

/** What QuickJS's own bookkeeping of a fresh runtime and context amounts to, in bytes; counted from here on. */
const freshRuntimeBytes = 160_000;

/** As far as an i32 counts. */
export const mostWork = 2 ** 31 - 1;

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
  readonly #exports: QuickJSExports;
  readonly #emscripten: EmscriptenModule;
  /** Places of the hooks in the function table. */
  readonly #hooks: Readonly<Record<'usableSize' | 'rejection' | 'malloc' | 'calloc' | 'realloc', number>>;
  readonly #exported: HookExports;
  readonly #observers = new Map<number, PromiseObserver>();
  #clock: GuestClock | undefined;
  #compiler: LibraryCompiler | undefined;
  #view: DataView;
  /** Set when a trap left the instance in doubt. Runtimes that exist go on; new ones should go elsewhere. */
  retired = false;

  private constructor({ module, exports, emscripten }: QuickJSInstance, clockSlot: { now: () => number }) {
    this.#module = module;
    this.#exports = exports;
    this.#emscripten = emscripten;
    this.#view = new DataView(this.#emscripten.HEAPU8.buffer);
    clockSlot.now = () => this.#clock?.now() ?? 0;
    hookModule ??= new WebAssembly.Module(hookModuleBytes());
    const hooks = new WebAssembly.Instance(hookModule, {
      e: {
        memory: module.getWasmMemory(),
        table: exports.functionTable,
        workLeft: exports.workLeft,
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
      const compiled = await compileQuickJS(options.wasm);
      const engine = await Engine.#instantiate(compiled);
      verifyEngine(engine);
      compiler ??= Engine.#instantiate(compiled).then((own) => new LibraryCompiler(own));
      engine.#compiler = await compiler;
      return engine;
    } catch (error) {
      compiler = undefined;
      throw new EngineLoadError(
        `The JavaScript engine could not be loaded: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  static async #instantiate(compiled: WebAssembly.Module): Promise<Engine> {
    const clock = { now: () => 0 };
    return new Engine(await instantiateQuickJS(compiled, clock), clock);
  }

  /** The bytecode of a script of the library: compiled once for all engines, and by none of them. */
  bytecode(file: string, source: string): Uint8Array {
    return this.#compiler!.bytecode(file, source);
  }

  /** Work that may still be done before the instance traps; see wasm-work.ts. */
  get workLeft(): number {
    return this.#exports.workLeft.value as number;
  }

  set workLeft(work: number) {
    this.#exports.workLeft.value = Math.min(work, mostWork);
  }

  /** A runtime with one context, its clock and its random numbers set. `randomState` must not be 0n. */
  newGuest(options: {
    readonly clock: GuestClock;
    readonly randomState: bigint;
    readonly maxStackBytes: number;
    readonly observer?: PromiseObserver;
  }): GuestHandle {
    this.workLeft = mostWork;
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

  /** @internal The least that it has held since `lowWaterBytes` was set. */
  get lowWaterBytes(): number {
    return (this.#exported.lowWater.value as number) >>> 0;
  }

  set lowWaterBytes(bytes: number) {
    this.#exported.lowWater.value = bytes;
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

  /** @internal What QuickJS's file exports beyond what the library calls. */
  get exports(): QuickJSExports {
    return this.#exports;
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
}

let hookModule: WebAssembly.Module | undefined;
let compiler: Promise<LibraryCompiler> | undefined;

/** Loads an engine; see `Engine.load`. */
export function loadEngine(options?: EngineOptions): Promise<Engine> {
  return Engine.load(options);
}
