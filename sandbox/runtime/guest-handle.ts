/** One guest: a QuickJS runtime with its context, its counter and its memory. */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, VmCallResult } from 'quickjs-emscripten-core';
import type { Engine } from './engine.ts';
import { GuestCalls } from './guest-calls.ts';
import { layout } from './quickjs-layout.ts';

const encoder = new TextEncoder();

/** What the library keeps to itself. Values are pointers to slots of eight bytes. */
interface ContextInternals {
  readonly ffi: {
    QTS_DupValuePointer(context: number, value: number): number;
    QTS_NewString(context: number, characters: number): number;
    QTS_bjson_encode(context: number, value: number): number;
    /** 0 when the value is no exception; else the error. */
    QTS_ResolveException(context: number, value: number): number;
  };
  readonly memory: { heapValueHandle(pointer: number): QuickJSHandle };
}

const valueOf = (handle: QuickJSHandle): number => (handle as unknown as { value: number }).value;

/** Flags of JS_ReadObject: the first reads bytecode, the other is nobody's and tells ours from QuickJS's own. */
const readsBytecode = 0x01 | 0x100;

/** Tags of QuickJS's values, in the upper half. */
const undefinedValue = 3n << 32n;
const isException = (value: bigint): boolean => BigInt.asUintN(32, value >> 32n) === 6n;

/** One QuickJS runtime with its one context. */
export class GuestHandle {
  readonly engine: Engine;
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly calls: GuestCalls;
  readonly #runtimePointer: number;
  readonly #contextPointer: number;
  #disposed = false;

  /** @internal */
  constructor(
    engine: Engine,
    runtime: QuickJSRuntime,
    context: QuickJSContext,
    runtimePointer: number,
    contextPointer: number,
  ) {
    this.engine = engine;
    this.runtime = runtime;
    this.context = context;
    this.#runtimePointer = runtimePointer;
    this.#contextPointer = contextPointer;
    this.calls = new GuestCalls(context, runtime, engine.emscripten, () => engine.memory());
  }

  /** Ticks left until QuickJS polls for an interrupt: one per loop turn and per call. */
  get interruptCounter(): number {
    return this.engine.memory().getInt32(this.#contextPointer + layout.context.interruptCounter, true);
  }

  set interruptCounter(ticks: number) {
    this.engine.memory().setInt32(this.#contextPointer + layout.context.interruptCounter, ticks, true);
  }

  /** Bytes that the guest's heap holds now, allocator overhead included. */
  get allocatedBytes(): number {
    return this.engine.memory().getUint32(this.#runtimePointer + layout.runtime.mallocSize, true);
  }

  /** The stack frame that runs now: the address of a JSStackFrame, or 0. See call-frames.ts. */
  get currentFrame(): number {
    return this.engine.memory().getUint32(this.#runtimePointer + layout.runtime.currentFrame, true);
  }

  /** The raw value behind a handle. */
  rawValue(handle: QuickJSHandle): bigint {
    return this.engine.memory().getBigUint64(valueOf(handle), true);
  }

  /** A handle of one's own to a raw value that the engine showed. */
  keep(value: bigint): QuickJSHandle {
    const { emscripten } = this.engine;
    const slot = emscripten._malloc(8);
    this.engine.memory().setBigUint64(slot, BigInt.asUintN(64, value), true);
    const { ffi, memory } = this.#internals;
    const copy = ffi.QTS_DupValuePointer(this.#contextPointer, slot);
    emscripten._free(slot);
    return memory.heapValueHandle(copy);
  }

  /** A text as a guest value: sooner than the library's own way for long ones, and with its NULs. */
  newText(text: string): QuickJSHandle {
    const { emscripten } = this.engine;
    // QuickJS reads to the first NUL: another character stands for each until it has.
    const room = text.length * 3 + 1;
    const pointer = emscripten._malloc(room);
    const { written } = encoder.encodeInto(
      text.includes('\0') ? text.replaceAll('\0', '\u0001') : text,
      emscripten.HEAPU8.subarray(pointer, pointer + room),
    );
    emscripten.HEAPU8[pointer + written] = 0;
    const { ffi, memory } = this.#internals;
    const value = memory.heapValueHandle(ffi.QTS_NewString(this.#contextPointer, pointer));
    emscripten._free(pointer);
    if (text.includes('\0')) this.#writeNuls(text, Number(BigInt.asUintN(32, this.rawValue(value))));
    return value;
  }

  /** A string that nobody else has yet may be changed: its characters have one byte each, or two. */
  #writeNuls(text: string, address: number): void {
    const memory = this.engine.memory();
    const isWide = memory.getInt32(address + layout.string.lengthAndWidth, true) < 0;
    const characters = address + layout.string.characters;
    for (let index = text.indexOf('\0'); index >= 0; index = text.indexOf('\0', index + 1)) {
      if (isWide) memory.setUint16(characters + index * 2, 0, true);
      else memory.setUint8(characters + index, 0);
    }
  }

  /** A script as bytecode. Throws when it does not parse. */
  compile(file: string, source: string): Uint8Array {
    const { context } = this;
    const script = context.unwrapResult(context.evalCode(source, file, { type: 'global', compileOnly: true }));
    const { ffi, memory } = this.#internals;
    const encoded = memory.heapValueHandle(ffi.QTS_bjson_encode(this.#contextPointer, valueOf(script)));
    script.dispose();
    const bytes = context.getArrayBuffer(encoded).consume((buffer) => buffer.value.slice());
    encoded.dispose();
    return bytes;
  }

  /** Runs what `compile` made, in this guest or another one. */
  evaluateBytecode(bytes: Uint8Array): VmCallResult<QuickJSHandle> {
    const { emscripten, exports } = this.engine;
    const { ffi, memory } = this.#internals;
    const pointer = emscripten._malloc(bytes.length);
    emscripten.HEAPU8.set(bytes, pointer);
    const script = exports.readObject(this.#contextPointer, pointer, bytes.length, readsBytecode);
    emscripten._free(pointer);
    const value = isException(script)
      ? script
      : exports.evalFunction(this.#contextPointer, script, undefinedValue, 0, 0);
    const slot = emscripten._malloc(8);
    this.engine.memory().setBigUint64(slot, BigInt.asUintN(64, value), true);
    const error = ffi.QTS_ResolveException(this.#contextPointer, slot);
    if (error === 0) return { value: memory.heapValueHandle(slot) };
    emscripten._free(slot);
    return { error: memory.heapValueHandle(error) };
  }

  /** Begins to watch this guest's memory: `highWaterBytes` starts at what it holds now. */
  watchMemory(): void {
    this.engine.watchMemory(this.#runtimePointer + layout.runtime.mallocSize);
  }

  /** @internal For checks: the number that a script evaluates to. */
  evaluateNumber(source: string): number {
    const result = this.context.unwrapResult(this.context.evalCode(source));
    const value = this.context.getNumber(result);
    result.dispose();
    return value;
  }

  get #internals(): ContextInternals {
    return this.context as unknown as ContextInternals;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Frees the guest. One that was interrupted may not come apart cleanly: then its engine is retired. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.engine.forget(this.#contextPointer);
    this.engine.workLeft = Infinity;
    this.calls.dispose();
    try {
      this.context.dispose();
      this.runtime.dispose();
    } catch {
      this.engine.retired = true;
    }
  }

  /** Gives the guest up without freeing it, after a trap inside it. */
  abandon(): void {
    this.#disposed = true;
    this.engine.forget(this.#contextPointer);
  }
}
