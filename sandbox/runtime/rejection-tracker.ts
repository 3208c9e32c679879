/** Keeps the promises that were rejected and that nobody has handled yet, in order. */
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { PromiseObserver } from './engine.ts';
import type { GuestHandle } from './guest-handle.ts';

interface Rejected {
  readonly promise: QuickJSHandle;
  readonly reason: QuickJSHandle;
}

/** A rejection as QuickJS tells of it: the raw promise and reason. */
interface Told {
  readonly promise: bigint;
  readonly reason: bigint;
}

export class RejectionTracker implements PromiseObserver {
  #guest: GuestHandle | undefined;
  readonly #pending = new Map<bigint, Rejected>();
  #last: Told | undefined;
  #lastButOne: Told | undefined;

  attach(guest: GuestHandle): void {
    this.#guest = guest;
  }

  rejection(promise: bigint, reason: bigint, handled: boolean): void {
    if (handled) {
      this.#forget(promise);
      if (promise === this.#last?.promise) this.#forgetModuleBody();
    } else if (this.#guest !== undefined && !this.#guest.disposed && !this.#pending.has(promise)) {
      this.#pending.set(promise, { promise: this.#guest.keep(promise), reason: this.#guest.keep(reason) });
      this.#lastButOne = this.#last;
      this.#last = { promise, reason };
    }
  }

  /** The oldest rejection that is still unhandled. The caller disposes its handles. */
  take(): Rejected | undefined {
    const first = this.#pending.entries().next();
    if (first.done === true) return undefined;
    this.#pending.delete(first.value[0]);
    return first.value[1];
  }

  /** The last rejection was that of a module whose error is thrown instead. */
  forgetModule(): void {
    if (this.#last === undefined) return;
    this.#forget(this.#last.promise);
    this.#forgetModuleBody();
  }

  dispose(): void {
    if (this.#guest !== undefined && !this.#guest.disposed) {
      for (const { promise, reason } of this.#pending.values()) {
        promise.dispose();
        reason.dispose();
      }
    }
    this.#pending.clear();
    this.#guest = undefined;
  }

  /**
   * QuickJS runs a module's body as an async function and never looks at its promise: when the body throws, that
   * promise is rejected and, next, the module's own with the same reason. Only the second can ever be handled.
   */
  #forgetModuleBody(): void {
    if (this.#last !== undefined && this.#lastButOne?.reason === this.#last.reason) {
      this.#forget(this.#lastButOne.promise);
    }
    this.#last = undefined;
  }

  #forget(promise: bigint): void {
    const known = this.#pending.get(promise);
    this.#pending.delete(promise);
    known?.promise.dispose();
    known?.reason.dispose();
  }
}
