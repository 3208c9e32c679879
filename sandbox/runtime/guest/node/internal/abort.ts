/** AbortController and AbortSignal. */
import { codedError } from './errors.ts';
import { defineHandler, Event, EventTarget } from './event-target.ts';
import { validateNumber } from './validate.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const construction = Symbol('construction');

const aborted = (): Error => new DOMException('This operation was aborted', 'AbortError');

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  readonly #dependants: AbortSignal[] = [];

  constructor(token?: symbol) {
    if (token !== construction) throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
  }

  static abort(reason: unknown = aborted()): AbortSignal {
    const signal = new AbortSignal(construction);
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  static timeout(delay: unknown): AbortSignal {
    validateNumber(delay, 'delay', 0, Number.MAX_SAFE_INTEGER);
    const signal = new AbortSignal(construction);
    const timer = internals.timers.setTimeout(() => {
      abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay) as unknown as { unref(): void };
    timer.unref();
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const result = new AbortSignal(construction);
    for (const signal of signals) {
      if (signal.#aborted) {
        result.#aborted = true;
        result.#reason = signal.#reason;
        return result;
      }
      signal.#dependants.push(result);
    }
    return result;
  }

  /** @internal */
  static [construction](signal: AbortSignal, reason: unknown): void {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    signal.dispatchEvent(new Event('abort'));
    for (const dependant of signal.#dependants) AbortSignal[construction](dependant, reason);
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  [inspectSymbol](): string {
    return `AbortSignal { aborted: ${this.#aborted} }`;
  }
}
defineHandler(AbortSignal.prototype, 'abort');

function abortSignal(signal: AbortSignal, reason: unknown): void {
  AbortSignal[construction](signal, reason);
}

export class AbortController {
  readonly #signal = new AbortSignal(construction);

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = aborted()): void {
    abortSignal(this.#signal, reason);
  }

  [inspectSymbol](): string {
    return `AbortController { signal: AbortSignal { aborted: ${this.#signal.aborted} } }`;
  }
}
for (const type of [AbortSignal, AbortController]) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}
