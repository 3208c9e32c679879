/** The nextTick queue. The host runs it before the microtasks of each turn. */
import { requireCallback, type Callback } from './callbacks.ts';
import type { Host } from './host.ts';

export class TickQueue {
  readonly #host: Host;
  readonly #uncaught: (error: unknown) => void;
  #queue: (Callback | unknown[])[] = [];

  constructor(host: Host, uncaught: (error: unknown) => void) {
    this.#host = host;
    this.#uncaught = uncaught;
  }

  readonly nextTick = (callback: unknown, ...values: unknown[]): void => {
    requireCallback(callback);
    if (this.#queue.length === 0) this.#host.ticksQueued();
    this.#queue.push(callback, values);
  };

  /** Runs all jobs, those that jobs add included. */
  runTicks(): void {
    for (let index = 0; index < this.#queue.length; index += 2) {
      try {
        (this.#queue[index] as Callback)(...(this.#queue[index + 1] as unknown[]));
      } catch (error) {
        this.#queue.splice(0, index + 2);
        if (this.#queue.length > 0) this.#host.ticksQueued();
        this.#uncaught(error);
        return;
      }
    }
    this.#queue = [];
  }
}
