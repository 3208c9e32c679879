/** Runs the clock while callers wait: promises of the page's world settle by events of virtual time. */
import type { VirtualClock } from '../kernel/clock.ts';

export class Pump {
  readonly #clock: VirtualClock;
  readonly #waiting = new Set<(reason: unknown) => void>();
  #isScheduled = false;
  #settled = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /**
   * A promise that clock events will settle. Events run from the next microtask on, so that everything started in
   * the same turn begins at the same virtual time, and stop for one microtask whenever one is settled, so that its
   * caller goes on at that virtual time. Nothing runs when nobody waits.
   */
  wait<T>(start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        this.#waiting.delete(reject);
        this.#settled += 1;
      };
      this.#waiting.add(reject);
      start(
        (value) => {
          settle();
          resolve(value);
        },
        (reason) => {
          settle();
          reject(reason as Error);
        },
      );
      this.#schedule();
    });
  }

  /** Rejects everybody who waits. */
  stop(reason: unknown): void {
    for (const reject of [...this.#waiting]) reject(reason);
    this.#waiting.clear();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#run();
    });
  }

  #run(): void {
    const settledBefore = this.#settled;
    try {
      while (this.#waiting.size > 0 && this.#settled === settledBefore) {
        if (!this.#clock.runNext())
          throw new Error('Nothing is left to happen, but somebody still waits for an answer.');
      }
    } catch (error) {
      this.stop(error);
    }
    this.#schedule();
  }
}
