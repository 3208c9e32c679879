/** Timers and immediates of Node's event loop, guest side. The host decides when each runs. */
import type { Host } from '../host.ts';
import { requireCallback, type Callback } from '../callbacks.ts';

const longestDelay = 2 ** 31 - 1;

/** What setTimeout and setInterval return. */
class Timeout {
  _onTimeout: Callback | null;
  _idleTimeout: number;
  _repeat: number | null;
  _destroyed = false;
  /** @internal */ readonly loop!: Timers;
  /** @internal */ readonly id!: number;
  /** @internal */ due = 0;
  /** @internal */ sequence = 0;
  /** @internal */ queued = false;
  /** @internal */ counted = true;
  /** @internal */ values!: unknown[];

  constructor(loop: Timers, id: number, callback: Callback, delay: number, repeat: boolean, values: unknown[]) {
    this._onTimeout = callback;
    this._idleTimeout = delay;
    this._repeat = repeat ? delay : null;
    const hidden = { loop, id, values, due: 0, sequence: 0, queued: false, counted: true };
    for (const [key, value] of Object.entries(hidden)) {
      Object.defineProperty(this, key, { value, writable: true, enumerable: false });
    }
  }

  ref(): this {
    this.loop.count(this, true);
    return this;
  }

  unref(): this {
    this.loop.count(this, false);
    return this;
  }

  hasRef(): boolean {
    return this.counted;
  }

  refresh(): this {
    if (!this._destroyed) this.loop.arm(this);
    return this;
  }

  close(): this {
    this.loop.clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }

  [Symbol.dispose](): void {
    this.loop.clearTimeout(this);
  }
}

/** What setImmediate returns. */
class Immediate {
  _onImmediate: Callback | null;
  /** @internal */ readonly loop!: Timers;
  /** @internal */ values!: unknown[];
  /** @internal */ counted = true;

  constructor(loop: Timers, callback: Callback, values: unknown[]) {
    this._onImmediate = callback;
    for (const [key, value] of Object.entries({ loop, values, counted: true })) {
      Object.defineProperty(this, key, { value, writable: true, enumerable: false });
    }
  }

  ref(): this {
    this.counted = true;
    return this;
  }

  unref(): this {
    this.counted = false;
    return this;
  }

  hasRef(): boolean {
    return this.counted;
  }

  [Symbol.dispose](): void {
    this.loop.clearImmediate(this);
  }
}

export class Timers {
  readonly #host: Host;
  readonly #now: () => number;
  readonly #uncaught: (error: unknown) => void;
  /** Binary heap by due time, then by sequence. */
  readonly #heap: Timeout[] = [];
  readonly #byId = new Map<number, Timeout>();
  #immediates: Immediate[] = [];
  #batch: Immediate[] = [];
  #sequence = 0;
  #ids = 0;

  constructor(host: Host, now: () => number, uncaught: (error: unknown) => void) {
    this.#host = host;
    this.#now = now;
    this.#uncaught = uncaught;
  }

  readonly setTimeout = (callback: unknown, delay?: unknown, ...values: unknown[]): Timeout =>
    this.#add(callback, delay, false, values);

  readonly setInterval = (callback: unknown, delay?: unknown, ...values: unknown[]): Timeout =>
    this.#add(callback, delay, true, values);

  readonly clearTimeout = (timer: unknown): void => {
    const found =
      timer instanceof Timeout
        ? timer
        : typeof timer === 'number' || typeof timer === 'string'
          ? this.#byId.get(Number(timer))
          : undefined;
    if (found === undefined) return;
    found._destroyed = true;
    found._onTimeout = null;
    this.#byId.delete(found.id);
    this.#remove(found);
  };

  readonly setImmediate = (callback: unknown, ...values: unknown[]): Immediate => {
    requireCallback(callback);
    const immediate = new Immediate(this, callback, values);
    this.#immediates.push(immediate);
    this.#host.immediatesAdded();
    return immediate;
  };

  readonly clearImmediate = (immediate: unknown): void => {
    if (immediate instanceof Immediate) immediate._onImmediate = null;
  };

  /** @internal */
  arm(timer: Timeout): void {
    this.#remove(timer);
    timer.due = this.#now() + timer._idleTimeout;
    timer.sequence = this.#sequence++;
    timer.queued = true;
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    this.#host.timersChanged();
  }

  /** @internal */
  count(timer: Timeout, counted: boolean): void {
    timer.counted = counted;
    this.#host.timersChanged();
  }

  runTimer(now: number): boolean {
    const timer = this.#heap[0];
    if (timer === undefined || timer.due > now) return false;
    this.#remove(timer);
    const callback = timer._onTimeout;
    try {
      callback?.(...timer.values);
    } catch (error) {
      this.#uncaught(error);
    }
    if (timer._destroyed || timer.queued) return true;
    if (timer._repeat !== null) this.arm(timer);
    else {
      timer._destroyed = true;
      this.#byId.delete(timer.id);
    }
    return true;
  }

  takeImmediates(): number {
    this.#batch.push(...this.#immediates);
    this.#immediates = [];
    return this.#batch.length;
  }

  runImmediate(): void {
    const immediate = this.#batch.shift();
    if (immediate === undefined || immediate._onImmediate === null) return;
    const callback = immediate._onImmediate;
    immediate._onImmediate = null;
    try {
      callback(...immediate.values);
    } catch (error) {
      this.#uncaught(error);
    }
  }

  nextDue(): number {
    return this.#heap[0]?.due ?? -1;
  }

  alive(): boolean {
    return (
      this.#heap.some((timer) => timer.counted) ||
      [...this.#batch, ...this.#immediates].some((immediate) => immediate.counted && immediate._onImmediate !== null)
    );
  }

  #add(callback: unknown, delay: unknown, repeat: boolean, values: unknown[]): Timeout {
    requireCallback(callback);
    const wanted = Number(delay);
    const milliseconds = wanted >= 1 && wanted <= longestDelay ? Math.trunc(wanted) : 1;
    const timer = new Timeout(this, ++this.#ids, callback, milliseconds, repeat, values);
    this.#byId.set(timer.id, timer);
    this.arm(timer);
    return timer;
  }

  #before(a: Timeout, b: Timeout): boolean {
    return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
  }

  #remove(timer: Timeout): void {
    if (!timer.queued) return;
    timer.queued = false;
    const index = this.#heap.indexOf(timer);
    const last = this.#heap.pop()!;
    if (last === timer) return;
    this.#heap[index] = last;
    this.#down(this.#up(index));
  }

  #up(index: number): number {
    const heap = this.#heap;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(heap[index]!, heap[parent]!)) break;
      [heap[index], heap[parent]] = [heap[parent]!, heap[index]!];
      index = parent;
    }
    return index;
  }

  #down(index: number): void {
    const heap = this.#heap;
    for (;;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < heap.length && this.#before(heap[child]!, heap[first]!)) first = child;
      }
      if (first === index) return;
      [heap[index], heap[first]] = [heap[first]!, heap[index]!];
      index = first;
    }
  }
}
