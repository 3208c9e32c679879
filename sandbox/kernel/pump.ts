/** Runs the clock while callers wait: promises of the page's world settle by events of virtual time. */
import type { VirtualClock } from './clock.ts';

export class Pump {
  readonly #clock: VirtualClock;
  readonly #waiting = new Set<(reason: Error) => void>();
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
  wait<T>(start: (resolve: (value: T) => void, reject: (reason: Error) => void) => void): Promise<T> {
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
          reject(reason);
        },
      );
      this.#schedule();
    });
  }

  /** Rejects everybody who waits. */
  stop(reason: Error): void {
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
      this.stop(asError(error));
    }
    this.#schedule();
  }
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
