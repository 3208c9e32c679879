/** Event, CustomEvent and EventTarget. */
import { codedError, invalidArgType } from './errors.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const dispatching = Symbol('dispatching');

type Inspect = (value: unknown, options?: unknown) => string;

export class Event {
  readonly #type: string;
  readonly #bubbles: boolean;
  readonly #cancelable: boolean;
  readonly #composed: boolean;
  readonly #timeStamp = internals.elapsed();
  #target: unknown = null;
  #prevented = false;
  #propagationStopped = false;
  #stopped = false;
  #active = false;
  #passive = false;

  constructor(type: unknown, options: EventInit | null = {}) {
    if (arguments.length === 0)
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    this.#type = String(type);
    this.#bubbles = Boolean(options?.bubbles);
    this.#cancelable = Boolean(options?.cancelable);
    this.#composed = Boolean(options?.composed);
  }

  get type(): string {
    return this.#type;
  }

  get target(): unknown {
    return this.#target;
  }

  get currentTarget(): unknown {
    return this.#active ? this.#target : null;
  }

  get srcElement(): unknown {
    return this.#target;
  }

  get bubbles(): boolean {
    return this.#bubbles;
  }

  get cancelable(): boolean {
    return this.#cancelable;
  }

  get composed(): boolean {
    return this.#composed;
  }

  get defaultPrevented(): boolean {
    return this.#cancelable && this.#prevented;
  }

  get returnValue(): boolean {
    return !this.defaultPrevented;
  }

  get cancelBubble(): boolean {
    return this.#propagationStopped;
  }

  get eventPhase(): number {
    return this.#active ? 2 : 0;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  get isTrusted(): boolean {
    return false;
  }

  composedPath(): unknown[] {
    return this.#active ? [this.#target] : [];
  }

  preventDefault(): void {
    if (!this.#passive) this.#prevented = true;
  }

  stopPropagation(): void {
    this.#propagationStopped = true;
  }

  stopImmediatePropagation(): void {
    this.#stopped = true;
  }

  /** Calls the listeners in turn until one stops the event. */
  [dispatching](target: unknown, listeners: Iterable<Entry>, remove: (entry: Entry) => void): void {
    if (this.#active)
      throw codedError(Error, 'ERR_EVENT_RECURSION', `The event "${this.#type}" is already being dispatched`);
    this.#target = target;
    this.#active = true;
    for (const entry of listeners) {
      if (this.#stopped) break;
      if (entry.removed) continue;
      if (entry.once) remove(entry);
      this.#passive = entry.passive;
      try {
        const { listener } = entry;
        if (typeof listener === 'function') listener.call(target, this);
        else listener.handleEvent(this);
      } catch (error) {
        internals.timers.nextTick(() => {
          throw error;
        });
      }
    }
    this.#passive = false;
    this.#active = false;
  }

  [inspectSymbol](depth: number, options: any, inspect: Inspect): string {
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    return `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
Object.assign(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });

export class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(type: unknown, options: CustomEventInit | null = {}) {
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail(): unknown {
    return this.#detail;
  }
}

interface Entry {
  listener: ((event: Event) => unknown) | { handleEvent(event: Event): unknown };
  capture: boolean;
  once: boolean;
  passive: boolean;
  removed: boolean;
}

type Options = boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal } | null;

const listenersByTarget = new WeakMap<object, Map<string, Entry[]>>();

export class EventTarget {
  constructor() {
    listenersByTarget.set(this, new Map());
  }

  addEventListener(type: unknown, listener: any, options: Options = {}): void {
    if (arguments.length < 2)
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    if (listener == null) return;
    if (typeof listener !== 'function' && typeof listener !== 'object')
      throw invalidArgType('listener', 'EventListener', listener);
    const {
      capture = false,
      once = false,
      passive = false,
      signal,
    } = typeof options === 'object' && options !== null ? options : { capture: Boolean(options) };
    if (signal?.aborted) return;
    const entries = entriesOf(this, String(type));
    if (entries.some((entry) => entry.listener === listener && entry.capture === capture)) return;
    entries.push({ listener, capture, once, passive, removed: false });
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, { capture }), { once: true });
  }

  removeEventListener(type: unknown, listener: any, options: Options = {}): void {
    const capture = Boolean(typeof options === 'object' ? options?.capture : options);
    const entries = entriesOf(this, String(type));
    const index = entries.findIndex((entry) => entry.listener === listener && entry.capture === capture);
    if (index === -1) return;
    (entries[index] as Entry).removed = true;
    entries.splice(index, 1);
  }

  dispatchEvent(event: unknown): boolean {
    if (!(event instanceof Event)) throw invalidArgType('event', 'Event', event);
    const entries = entriesOf(this, event.type);
    event[dispatching](this, [...entries], (entry) => {
      entry.removed = true;
      entries.splice(entries.indexOf(entry), 1);
    });
    return !event.defaultPrevented;
  }

  [inspectSymbol](): string {
    return `${this.constructor.name} {}`;
  }
}

function entriesOf(target: object, type: string): Entry[] {
  const map = listenersByTarget.get(target);
  if (map === undefined) throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
  let entries = map.get(type);
  if (entries === undefined) map.set(type, (entries = []));
  return entries;
}

export const listenersOf = (target: object, type: string): unknown[] =>
  entriesOf(target, type).map((entry) => entry.listener);

/** Gives a class an `on<type>` property that behaves as a listener. */
export function defineHandler(prototype: object, type: string): void {
  const handlers = new WeakMap<object, { handler: unknown; listener: (event: Event) => void }>();
  Object.defineProperty(prototype, `on${type}`, {
    get(this: EventTarget) {
      return handlers.get(this)?.handler ?? null;
    },
    set(this: EventTarget, handler: unknown) {
      const existing = handlers.get(this);
      if (existing !== undefined) existing.handler = handler;
      else {
        const entry = {
          handler,
          listener: (event: Event): void => {
            if (typeof entry.handler === 'function') entry.handler.call(this, event);
          },
        };
        handlers.set(this, entry);
        this.addEventListener(type, entry.listener);
      }
    },
    enumerable: true,
    configurable: true,
  });
}

for (const type of [Event, CustomEvent, EventTarget]) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}
