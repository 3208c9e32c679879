/** The nextTick queue. The host runs it before the microtasks of each turn. */
import { requireCallback, type Callback } from './callbacks.ts';
import type { Host } from './host.ts';

export class TickQueue {
  readonly #host: Host;
  readonly #uncaught: (error: unknown) => void;
  #queue: (Callback | unknown[])[] = [];
  #running = false;

  constructor(host: Host, uncaught: (error: unknown) => void) {
    this.#host = host;
    this.#uncaught = uncaught;
  }

  readonly nextTick = (callback: unknown, ...values: unknown[]): void => {
    requireCallback(callback);
    if (this.#queue.length === 0 && !this.#running) this.#host.ticksQueued();
    this.#queue.push(callback, values);
  };

  /** Runs all jobs, those that jobs add included; what has run is let go. */
  runTicks(): void {
    this.#running = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (let index = 0; index < batch.length; index += 2) {
        try {
          (batch[index] as Callback)(...(batch[index + 1] as unknown[]));
        } catch (error) {
          this.#queue = [...batch.slice(index + 2), ...this.#queue];
          this.#running = false;
          if (this.#queue.length > 0) this.#host.ticksQueued();
          this.#uncaught(error);
          return;
        }
      }
    }
    this.#running = false;
  }
}
