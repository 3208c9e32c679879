/**
 * Calls between host and guest for what every invocation does, without the library's handles: a handle costs more than
 * the call. Values are pointers to slots of eight bytes, as the library has them.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';

/** What the library keeps to itself. */
interface ContextInternals {
  readonly ctx: { readonly value: number };
  readonly ffi: {
    QTS_ArgvGetJSValueConstPointer(values: number, index: number): number;
    QTS_Call(context: number, called: number, receiver: number, count: number, values: number): number;
    QTS_ExecutePendingJob(runtime: number, most: number, contextOut: number): number;
    QTS_FreeValuePointer(context: number, value: number): void;
    QTS_FreeValuePointerRuntime(runtime: number, value: number): void;
    QTS_GetFloat64(context: number, value: number): number;
    QTS_GetString(context: number, value: number): number;
    QTS_NewFunction(context: number, name: string, length: number, isConstructor: boolean, id: number): number;
    /** 0 when the value is no exception; else the error. */
    QTS_ResolveException(context: number, value: number): number;
  };
  readonly memory: {
    heapValueHandle(pointer: number): QuickJSHandle;
    consumeJSCharPointer(pointer: number): string;
  };
  readonly cToHostCallbacks: {
    callFunction(context: number, receiver: number, count: number, values: number, id: number): number;
  };
}

interface RuntimeInternals {
  readonly rt: { readonly value: number };
  readonly hostRefs: { put(value: unknown): number };
}

interface Memory {
  _malloc(size: number): number;
  _free(pointer: number): void;
}

/** As many values as a call without handles may have. */
const mostValues = 8;

/** Reads the values that a host function was called with, by their place. */
export interface CallValues {
  number(index: number): number;
  text(index: number): string;
}

export class GuestCalls {
  readonly #context: ContextInternals;
  readonly #runtime: RuntimeInternals;
  readonly #receiver: number;
  readonly #memory: () => DataView;
  readonly #emscripten: Memory;
  /** Room for the pointers to values; a call has read them before anything else can be called. */
  readonly #room: number;
  readonly #actions = new Map<number, (values: CallValues) => void>();

  constructor(context: QuickJSContext, runtime: QuickJSRuntime, emscripten: Memory, memory: () => DataView) {
    this.#context = context as unknown as ContextInternals;
    this.#runtime = runtime as unknown as RuntimeInternals;
    this.#receiver = pointerOf(context.undefined);
    this.#memory = memory;
    this.#emscripten = emscripten;
    this.#room = emscripten._malloc(mostValues * 4);
    const callbacks = this.#context.cToHostCallbacks;
    const ordinary = callbacks.callFunction.bind(callbacks);
    callbacks.callFunction = (caller, receiver, count, values, id) => {
      const action = this.#actions.get(id);
      if (action === undefined) return ordinary(caller, receiver, count, values, id);
      action(this.#read(values));
      // No value: undefined.
      return 0;
    };
  }

  /** A function of the guest's that does something in the host and has no result. */
  newAction(name: string, action: (values: CallValues) => void): QuickJSHandle {
    const id = this.#runtime.hostRefs.put(action);
    this.#actions.set(id, action);
    const { ffi, memory, ctx } = this.#context;
    return memory.heapValueHandle(ffi.QTS_NewFunction(ctx.value, name, 0, false, id));
  }

  /** Calls a function of the guest's and reads its result as a number: NaN when it has thrown, which `failed` gets. */
  call(called: QuickJSHandle, values: readonly QuickJSHandle[], failed: (error: QuickJSHandle) => void): number {
    const { ffi, memory, ctx } = this.#context;
    const view = this.#memory();
    values.forEach((value, index) => view.setUint32(this.#room + index * 4, pointerOf(value), true));
    const result = ffi.QTS_Call(ctx.value, pointerOf(called), this.#receiver, values.length, this.#room);
    const error = ffi.QTS_ResolveException(ctx.value, result);
    if (error !== 0) {
      ffi.QTS_FreeValuePointer(ctx.value, result);
      const handle = memory.heapValueHandle(error);
      failed(handle);
      handle.dispose();
      return NaN;
    }
    const number = ffi.QTS_GetFloat64(ctx.value, result);
    ffi.QTS_FreeValuePointer(ctx.value, result);
    return number;
  }

  /** Runs the microtasks that wait, until there are none or one is stopped. */
  runJobs(): void {
    const { ffi } = this.#context;
    const runtime = this.#runtime.rt.value;
    ffi.QTS_FreeValuePointerRuntime(runtime, ffi.QTS_ExecutePendingJob(runtime, -1, this.#room));
  }

  dispose(): void {
    this.#emscripten._free(this.#room);
  }

  #read(values: number): CallValues {
    const { ffi, memory, ctx } = this.#context;
    const at = (index: number): number => ffi.QTS_ArgvGetJSValueConstPointer(values, index);
    return {
      number: (index) => ffi.QTS_GetFloat64(ctx.value, at(index)),
      text: (index) => memory.consumeJSCharPointer(ffi.QTS_GetString(ctx.value, at(index))),
    };
  }
}

const pointerOf = (handle: QuickJSHandle): number => (handle as unknown as { value: number }).value;
