/** The async context: what AsyncLocalStorage carries from where a callback is registered to where it runs. */

export class AsyncContext {
  #current: unknown;
  #used = false;
  readonly #begin: () => void;

  /** `begin` runs when a function first sets a context: until then nothing needs to be carried. */
  constructor(begin: () => void) {
    this.#begin = begin;
  }

  get(): unknown {
    return this.#current;
  }

  set(context: unknown): void {
    if (!this.#used) {
      this.#used = true;
      this.#begin();
    }
    this.#current = context;
  }

  /** The callback as it must be kept: it runs in the context of now. */
  bind<T extends (...values: never[]) => unknown>(callback: T): T {
    if (!this.#used) return callback;
    const context = this.#current;
    const bound = (...values: never[]): unknown => {
      const before = this.#current;
      this.#current = context;
      try {
        return callback(...values);
      } finally {
        this.#current = before;
      }
    };
    return bound as T;
  }
}
