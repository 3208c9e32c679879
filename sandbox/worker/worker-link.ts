/** The wire to one worker: replies find their calls, and a watchdog ends a worker that stays silent. */
import type { Reply, Request } from './protocol.ts';
import { SandboxError, SandboxStoppedError, SandboxStuckError, SandboxUnavailableError } from './sandbox-errors.ts';
import type { LabProgress } from '../lab/lab.types.ts';

/** What the client needs of a `Worker`. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: { readonly message?: string }) => void): void;
}

/** Milliseconds by which a timer may be late on a page that is not standing still. */
const tolerance = 500;

interface Pending {
  readonly resolve: (update: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((progress: LabProgress) => void) | undefined;
}

export class WorkerLink {
  readonly #worker: WorkerLike;
  readonly #patience: number;
  /** Longer, until the worker has answered for the first time. */
  #currentPatience: number;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(worker: WorkerLike, { patience, loadingPatience }: { patience: number; loadingPatience: number }) {
    this.#worker = worker;
    this.#patience = patience;
    this.#currentPatience = loadingPatience;
    worker.addEventListener('message', ({ data }) => this.#receive(data as Reply));
    worker.addEventListener('error', ({ message }) => {
      this.#end(new SandboxUnavailableError(`The sandbox could not be started. ${message ?? ''}`.trim()));
    });
    worker.addEventListener('messageerror', () => {
      this.#end(new SandboxUnavailableError('The sandbox sent something that cannot be read.'));
    });
  }

  /** The worker is gone; calls need another link. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Ends the worker; whoever waits for an answer gets a `SandboxStoppedError`. */
  stop(): void {
    if (!this.#ended) this.#end(new SandboxStoppedError());
  }

  /** What the worker answers; `onProgress` hears what it tells before. */
  call(request: Request, onProgress?: (progress: LabProgress) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new SandboxUnavailableError('The sandbox has been ended.'));
        return;
      }
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { resolve, reject, progress: onProgress });
      // Calls are answered one after the other, so the watchdog counts from the last sign of life.
      if (this.#pending.size === 1) this.#watch();
      this.#worker.postMessage({ id: this.#lastId, request });
    });
  }

  #receive(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    if ('progress' in reply) {
      this.#watch();
      pending.progress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    this.#currentPatience = this.#patience;
    this.#watch();
    if (reply.ok) pending.resolve(reply.update);
    else if (isLoadError(reply.error.name)) this.#end(new SandboxUnavailableError(reply.error.message), pending);
    else pending.reject(new SandboxError(reply.error));
  }

  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#pending.size === 0) return;
    const patience = this.#currentPatience;
    const due = performance.now() + patience;
    this.#watchdog = setTimeout(() => {
      // A late bell means that the page stood still, or the machine slept, and the worker perhaps with it.
      if (performance.now() - due > tolerance) this.#watch();
      else this.#end(new SandboxStuckError(patience));
    }, patience);
  }

  #end(error: Error, ...alsoPending: readonly Pending[]): void {
    this.#ended = true;
    clearTimeout(this.#watchdog);
    this.#worker.terminate();
    const pending = [...alsoPending, ...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }
}

const isLoadError = (name: string): boolean => name === 'EngineLoadError' || name === 'FactError';
