/** node:events: EventEmitter, and waiting for events with promises. */
import { abortError, codedError, invalidArgType } from './internal/errors.ts';
import { validateAbortSignal, validateFunction, validateNumber } from './internal/validate.ts';

// The engine lacks the two symbols, and readable-stream would make others of its own.
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}

type Listener = ((...args: any[]) => unknown) & { listener?: Listener };
type EventName = string | symbol;

const captureRejectionSymbol = Symbol.for('nodejs.rejection');
const errorMonitor = Symbol('events.errorMonitor');
const shapeSymbol = Symbol('shapeMode');
const captureSymbol = Symbol('kCapture');

let defaultMaxListeners = 10;

const inspect = (value: unknown): string => load('internal/inspect').inspect(value) as string;

/** Node's EventEmitter is a plain constructor: old code calls it without `new` and inherits from it by prototype. */
export interface EventEmitter {
  _events: Record<EventName, Listener | Listener[]> | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  on(name: EventName, listener: Listener): this;
  once(name: EventName, listener: Listener): this;
  off(name: EventName, listener: Listener): this;
  addListener(name: EventName, listener: Listener): this;
  removeListener(name: EventName, listener: Listener): this;
  prependListener(name: EventName, listener: Listener): this;
  prependOnceListener(name: EventName, listener: Listener): this;
  removeAllListeners(name?: EventName): this;
  emit(name: EventName, ...args: unknown[]): boolean;
  setMaxListeners(count: number): this;
  getMaxListeners(): number;
  listeners(name: EventName): Listener[];
  rawListeners(name: EventName): Listener[];
  listenerCount(name: EventName, listener?: Listener): number;
  eventNames(): EventName[];
}

export function EventEmitter(this: any, options?: { captureRejections?: boolean }): void {
  EventEmitter.init.call(this, options);
}

EventEmitter.init = function (this: any, options?: { captureRejections?: boolean }): void {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners ||= undefined;
  this[shapeSymbol] = false;
  this[captureSymbol] = Boolean(options?.captureRejections);
};

const prototype = EventEmitter.prototype as EventEmitter & Record<PropertyKey, any>;
prototype._events = undefined;
prototype._eventsCount = 0;
prototype._maxListeners = undefined;
prototype[captureSymbol] = false;

prototype.setMaxListeners = function setMaxListeners(count) {
  validateNumber(count, 'setMaxListeners', 0);
  this._maxListeners = count;
  return this;
};

prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners ?? defaultMaxListeners;
};

function unhandledError(error: unknown): Error {
  if (error instanceof Error) return error;
  let text: string;
  try {
    text = inspect(error);
  } catch {
    text = String(error);
  }
  const thrown = codedError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`);
  return Object.assign(thrown, { context: error });
}

prototype.emit = function emit(name, ...args) {
  const events = this._events;
  if (name === 'error') {
    if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    if (events?.['error'] === undefined) throw unhandledError(args[0]);
  }
  const handler = events?.[name];
  if (handler === undefined) return false;
  const capture = (this as any)[captureSymbol] as boolean;
  for (const listener of typeof handler === 'function' ? [handler] : [...handler]) {
    const result = listener.apply(this, args);
    if (capture && result != null) watchRejection(this, result, name, args);
  }
  return true;
};

function watchRejection(emitter: any, result: any, name: EventName, args: unknown[]): void {
  if (typeof result.then !== 'function') return;
  result.then(undefined, (error: unknown) => {
    internals.timers.nextTick(() => {
      if (typeof emitter[captureRejectionSymbol] === 'function') emitter[captureRejectionSymbol](error, name, ...args);
      else emitter.emit('error', error);
    });
  });
}

function add(emitter: EventEmitter, name: EventName, listener: Listener, first: boolean): EventEmitter {
  validateFunction(listener, 'listener');
  emitter._events ??= Object.create(null) as Record<EventName, Listener>;
  // Told before it is added, so that a listener for `newListener` cannot miss or repeat it.
  if (emitter._events['newListener'] !== undefined) emitter.emit('newListener', name, listener.listener ?? listener);
  const existing = emitter._events[name];
  let list: Listener[];
  if (existing === undefined) {
    emitter._events[name] = listener;
    emitter._eventsCount++;
    return emitter;
  } else if (typeof existing === 'function') {
    list = first ? [listener, existing] : [existing, listener];
    emitter._events[name] = list;
  } else {
    list = existing;
    if (first) list.unshift(listener);
    else list.push(listener);
  }
  warnOfLeak(emitter, name, list as Listener[] & { warned?: boolean });
  return emitter;
}

function warnOfLeak(emitter: EventEmitter, name: EventName, list: Listener[] & { warned?: boolean }): void {
  const limit = emitter.getMaxListeners();
  if (limit <= 0 || list.length <= limit || list.warned) return;
  list.warned = true;
  const who = load('internal/inspect').inspect(emitter, { depth: -1 }) as string;
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${list.length} ${String(name)} listeners added to ${who}. ` +
      `MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`,
  );
  warning.name = 'MaxListenersExceededWarning';
  (internals.process['emitWarning'] as (warning: Error) => void)(
    Object.assign(warning, { emitter, type: name, count: list.length }),
  );
}

prototype.addListener = function addListener(name, listener) {
  return add(this, name, listener, false) as typeof this;
};
prototype.on = prototype.addListener;
prototype.prependListener = function prependListener(name, listener) {
  return add(this, name, listener, true) as typeof this;
};

function onceWrapper(emitter: EventEmitter, name: EventName, listener: Listener): Listener {
  let fired = false;
  const wrapped: Listener = function (this: unknown, ...args: unknown[]) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(name, wrapped);
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return wrapped;
}

prototype.once = function once(name, listener) {
  validateFunction(listener, 'listener');
  return this.on(name, onceWrapper(this, name, listener));
};
prototype.prependOnceListener = function prependOnceListener(name, listener) {
  validateFunction(listener, 'listener');
  return this.prependListener(name, onceWrapper(this, name, listener));
};

prototype.removeListener = function removeListener(name, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const existing = events?.[name];
  if (events === undefined || existing === undefined) return this;
  if (typeof existing === 'function') {
    if (existing !== listener && existing.listener !== listener) return this;
    this._eventsCount--;
    Reflect.deleteProperty(events, name);
  } else {
    const index = existing.findLastIndex((item) => item === listener || item.listener === listener);
    if (index === -1) return this;
    const rest = existing.toSpliced(index, 1);
    events[name] = rest.length === 1 ? (rest[0] as Listener) : rest;
  }
  if (events['removeListener'] !== undefined) this.emit('removeListener', name, listener);
  return this;
};
prototype.off = prototype.removeListener;

prototype.removeAllListeners = function removeAllListeners(name) {
  const events = this._events;
  if (events === undefined) return this;
  const names = name === undefined ? Reflect.ownKeys(events).filter((key) => key !== 'removeListener') : [name];
  if (events['removeListener'] !== undefined) {
    for (const each of names)
      for (const listener of this.rawListeners(each).reverse()) this.removeListener(each, listener);
    if (name !== undefined) return this;
  }
  if (name === undefined) {
    this._events = Object.create(null) as Record<EventName, Listener>;
    this._eventsCount = 0;
  } else if (events[name] !== undefined) {
    this._eventsCount--;
    Reflect.deleteProperty(events, name);
  }
  return this;
};

prototype.rawListeners = function rawListeners(name) {
  const existing = this._events?.[name];
  return existing === undefined ? [] : typeof existing === 'function' ? [existing] : [...existing];
};
prototype.listeners = function listeners(name) {
  return this.rawListeners(name).map((listener) => listener.listener ?? listener);
};
prototype.listenerCount = function listenerCount(name, listener) {
  const all = this.rawListeners(name);
  return listener === undefined
    ? all.length
    : all.filter((item) => item === listener || item.listener === listener).length;
};
prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 && this._events !== undefined ? Reflect.ownKeys(this._events) : [];
};

const isEventTarget = (emitter: any): boolean => typeof emitter?.addEventListener === 'function';

function listen(emitter: any, name: EventName, listener: Listener, once: boolean): () => void {
  if (typeof emitter?.on === 'function') {
    if (once) emitter.once(name, listener);
    else emitter.on(name, listener);
    return () => emitter.removeListener(name, listener);
  }
  if (isEventTarget(emitter)) {
    emitter.addEventListener(name, listener, { once });
    return () => emitter.removeEventListener(name, listener);
  }
  throw invalidArgType('emitter', 'EventEmitter', emitter);
}

/** A promise of the arguments of the next event; an `error` event rejects it. */
export async function once(emitter: any, name: EventName, options: { signal?: AbortSignal } = {}): Promise<unknown[]> {
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const settle = (action: () => void): void => {
      for (const stop of stops) stop();
      action();
    };
    stops.push(listen(emitter, name, (...args: unknown[]) => settle(() => resolve(args)), true));
    if (name !== 'error' && typeof emitter.once === 'function') {
      stops.push(listen(emitter, 'error', (error: unknown) => settle(() => reject(error)), true));
    }
    if (signal !== undefined) stops.push(listen(signal, 'abort', () => settle(() => reject(abortError(signal))), true));
  });
}

/** The events of an emitter as an async iterator of argument arrays. */
export function on(
  emitter: any,
  name: EventName,
  options: { signal?: AbortSignal; close?: string[] } = {},
): AsyncIterableIterator<unknown[]> {
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  const events: unknown[][] = [];
  const waiting: { resolve: (result: IteratorResult<unknown[]>) => void; reject: (error: unknown) => void }[] = [];
  let failure: { error: unknown } | undefined;
  let finished = false;
  const stops: (() => void)[] = [];
  const done = { value: undefined, done: true as const };
  const finish = (): Promise<IteratorResult<unknown[]>> => {
    for (const stop of stops) stop();
    finished = true;
    for (const { resolve } of waiting.splice(0)) resolve(done);
    return Promise.resolve(done);
  };
  const fail = (error: unknown): void => {
    const first = waiting.shift();
    if (first === undefined) failure = { error };
    else first.reject(error);
    void finish();
  };
  stops.push(
    listen(
      emitter,
      name,
      (...args: unknown[]) => {
        const first = waiting.shift();
        if (first === undefined) events.push(args);
        else first.resolve({ value: args, done: false });
      },
      false,
    ),
  );
  if (name !== 'error' && typeof emitter.on === 'function') stops.push(listen(emitter, 'error', fail, false));
  for (const close of options.close ?? []) stops.push(listen(emitter, close, () => void finish(), false));
  if (signal !== undefined) stops.push(listen(signal, 'abort', () => fail(abortError(signal)), true));
  return {
    next() {
      const value = events.shift();
      if (value !== undefined) return Promise.resolve({ value, done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (finished) return Promise.resolve(done);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: finish,
    throw(error: unknown) {
      fail(error);
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  } as AsyncIterableIterator<unknown[]>;
}

export function getEventListeners(emitter: any, name: EventName): Listener[] {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(name) as Listener[];
  if (isEventTarget(emitter)) return load('internal/event-target').listenersOf(emitter, name) as Listener[];
  throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], emitter);
}

export function setMaxListeners(count: number = defaultMaxListeners, ...emitters: any[]): void {
  validateNumber(count, 'setMaxListeners', 0);
  if (emitters.length === 0) defaultMaxListeners = count;
  for (const emitter of emitters) emitter.setMaxListeners?.(count);
}

export function addAbortListener(
  signal: AbortSignal,
  listener: (event?: unknown) => void,
): { [Symbol.dispose](): void } {
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  if (signal.aborted) internals.timers.queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
}

export class EventEmitterAsyncResource extends (EventEmitter as unknown as new () => EventEmitter) {
  readonly asyncResource: unknown;

  constructor(options: { name?: string } = {}) {
    super();
    const { AsyncResource } = load('async_hooks');
    this.asyncResource = new AsyncResource(options.name ?? new.target.name);
  }

  override emit(name: EventName, ...args: unknown[]): boolean {
    return (this.asyncResource as any).runInAsyncScope(prototype.emit, this, name, ...args) as boolean;
  }
}

Object.assign(EventEmitter, {
  EventEmitter,
  EventEmitterAsyncResource,
  once,
  on,
  getEventListeners,
  getMaxListeners: (emitter: any): number => emitter.getMaxListeners?.() ?? defaultMaxListeners,
  setMaxListeners,
  addAbortListener,
  listenerCount: (emitter: any, name: EventName): number => emitter.listenerCount(name),
  errorMonitor,
  captureRejectionSymbol,
  captureRejections: false,
  usingDomains: false,
});
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  get: () => defaultMaxListeners,
  set: (count: number) => {
    validateNumber(count, 'defaultMaxListeners', 0);
    defaultMaxListeners = count;
  },
  enumerable: true,
});

export default EventEmitter;
