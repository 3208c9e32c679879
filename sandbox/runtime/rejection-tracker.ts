/** Keeps the promises that were rejected and that nobody has handled yet, in order. */
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { GuestHandle, PromiseObserver } from './engine.ts';

interface Rejected {
  readonly promise: QuickJSHandle;
  readonly reason: QuickJSHandle;
}

export class RejectionTracker implements PromiseObserver {
  #guest: GuestHandle | undefined;
  readonly #pending = new Map<bigint, Rejected>();

  attach(guest: GuestHandle): void {
    this.#guest = guest;
  }

  rejection(promise: bigint, reason: bigint, handled: boolean): void {
    if (handled) {
      const known = this.#pending.get(promise);
      this.#pending.delete(promise);
      known?.promise.dispose();
      known?.reason.dispose();
    } else if (this.#guest !== undefined && !this.#guest.disposed && !this.#pending.has(promise)) {
      this.#pending.set(promise, { promise: this.#guest.keep(promise), reason: this.#guest.keep(reason) });
    }
  }

  /** The oldest rejection that is still unhandled. The caller disposes its handles. */
  take(): Rejected | undefined {
    const first = this.#pending.entries().next();
    if (first.done === true) return undefined;
    this.#pending.delete(first.value[0]);
    return first.value[1];
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
}
