/**
 * node:async_hooks: AsyncLocalStorage and AsyncResource.
 *
 * The current stores are one immutable map, the frame. The process core carries the frame that was current when a
 * callback was registered (a timer, a tick, a promise reaction, the rest of an async function) to the moment it runs.
 */
import { invalidArgType, notSimulated } from './internal/errors.ts';
import { validateFunction, validateString } from './internal/validate.ts';

type AnyFunction = (...args: any[]) => any;
type Frame = ReadonlyMap<AsyncLocalStorage<unknown>, unknown>;

const emptyFrame: Frame = new Map();

const { asyncContext } = internals;
const currentFrame = (): Frame => (asyncContext.get() as Frame | undefined) ?? emptyFrame;

/** Runs a function with a frame, and puts the caller's back whatever happens. */
function runIn<T>(frame: Frame, callback: () => T): T {
  const before = asyncContext.get();
  asyncContext.set(frame);
  try {
    return callback();
  } finally {
    asyncContext.set(before);
  }
}

interface StorageOptions<T> {
  defaultValue?: T;
  name?: string;
}

export class AsyncLocalStorage<T> {
  readonly name: string;
  readonly #defaultValue: T | undefined;

  constructor(options: StorageOptions<T> = {}) {
    if (options === null || typeof options !== 'object') throw invalidArgType('options', 'Object', options);
    this.name = options.name ?? '';
    this.#defaultValue = options.defaultValue;
    Object.defineProperty(this, 'name', { enumerable: false });
  }

  static bind<F extends AnyFunction>(callback: F): F {
    validateFunction(callback, 'fn');
    const frame = currentFrame();
    return function (this: unknown, ...args: unknown[]) {
      return runIn(frame, () => callback.apply(this, args) as unknown);
    } as F;
  }

  static snapshot(): AnyFunction {
    return AsyncLocalStorage.bind((callback: AnyFunction, ...args: unknown[]): unknown => callback(...args));
  }

  run<R>(store: T, callback: (...args: any[]) => R, ...args: unknown[]): R {
    return runIn(this.#with(store), () => callback(...args));
  }

  exit<R>(callback: (...args: any[]) => R, ...args: unknown[]): R {
    return this.run(undefined as T, callback, ...args);
  }

  enterWith(store: T): void {
    asyncContext.set(this.#with(store));
  }

  disable(): void {
    const frame = new Map(currentFrame());
    frame.delete(this);
    asyncContext.set(frame);
  }

  getStore(): T | undefined {
    const frame = currentFrame();
    return frame.has(this) ? (frame.get(this) as T) : this.#defaultValue;
  }

  #with(store: T): Frame {
    return new Map(currentFrame()).set(this, store);
  }
}

let lastId = 1;

export class AsyncResource {
  readonly type: string;
  readonly #frame = currentFrame();
  readonly #id = ++lastId;

  constructor(type: unknown) {
    validateString(type, 'type');
    this.type = type;
    Object.defineProperty(this, 'type', { enumerable: false });
  }

  static bind<F extends AnyFunction>(callback: F, type?: string): F {
    return new AsyncResource(type || callback.name || 'bound-anonymous-fn').bind(callback);
  }

  bind<F extends AnyFunction>(callback: F): F {
    validateFunction(callback, 'fn');
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the bound function has a `this` of its own
    const resource = this;
    return function (this: unknown, ...args: unknown[]) {
      return resource.runInAsyncScope(callback, this, ...args) as unknown;
    } as F;
  }

  runInAsyncScope<R>(callback: (...args: any[]) => R, thisArg?: unknown, ...args: unknown[]): R {
    return runIn(this.#frame, () => callback.apply(thisArg, args));
  }

  emitDestroy(): this {
    return this;
  }

  asyncId(): number {
    return this.#id;
  }

  triggerAsyncId(): number {
    return 1;
  }
}

export const executionAsyncId = (): number => 1;
export const triggerAsyncId = (): number => 0;
export const executionAsyncResource = (): object => ({});
export const asyncWrapProviders: object = Object.freeze({});

export function createHook(): never {
  throw notSimulated('async_hooks.createHook()', 'is not available in this simulator: use AsyncLocalStorage');
}
