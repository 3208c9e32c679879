/** Keeps the promises that were rejected and that nobody has handled yet, in order. */
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { PromiseObserver } from './engine.ts';
import type { GuestHandle } from './guest-handle.ts';

interface Rejected {
  readonly promise: QuickJSHandle;
  readonly reason: QuickJSHandle;
}

/** A rejection as QuickJS tells of it: the raw promise and reason, and how many calls and loop turns came before. */
interface Told {
  readonly promise: bigint;
  readonly reason: bigint;
  readonly steps: number;
}

/**
 * How many calls QuickJS makes when a module's body throws: from the rejection of the body's promise to that of the
 * module's own, and from there to where that is handled. A program that rejects two promises with one reason cannot do
 * with so few.
 */
const stepsOfModule = { rejected: 1, handled: 3 };

export class RejectionTracker implements PromiseObserver {
  #guest: GuestHandle | undefined;
  readonly #pending = new Map<bigint, Rejected>();
  #last: Told | undefined;
  #lastButOne: Told | undefined;
  #steps: () => number = () => 0;

  /** `steps` counts the guest's calls and turns of loops. */
  attach(guest: GuestHandle, steps: () => number): void {
    this.#guest = guest;
    this.#steps = steps;
  }

  rejection(promise: bigint, reason: bigint, handled: boolean): void {
    if (handled) {
      this.#forget(promise);
      if (promise !== this.#last?.promise) return;
      if (this.#steps() - this.#last.steps === stepsOfModule.handled) this.#forgetModuleBody();
      this.#last = undefined;
    } else if (this.#guest !== undefined && !this.#guest.disposed && !this.#pending.has(promise)) {
      this.#pending.set(promise, { promise: this.#guest.keep(promise), reason: this.#guest.keep(reason) });
      this.#lastButOne = this.#last;
      this.#last = { promise, reason, steps: this.#steps() };
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
    this.#last = undefined;
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
    const [body, module] = [this.#lastButOne, this.#last];
    if (body === undefined || module === undefined || body.reason !== module.reason) return;
    if (module.steps - body.steps === stepsOfModule.rejected) this.#forget(body.promise);
  }

  #forget(promise: bigint): void {
    const known = this.#pending.get(promise);
    this.#pending.delete(promise);
    known?.promise.dispose();
    known?.reason.dispose();
  }
}
