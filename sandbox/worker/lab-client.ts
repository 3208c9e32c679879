/** The page's side of labs: a worker of their own, so that a long run keeps no lesson waiting. */
import type { Contents } from '../services/service.ts';
import type {
  AccountView,
  Lab,
  LabAction,
  LabProgress,
  LabQuestion,
  LabUpdate,
  LogView,
  MetricsView,
  OpenLab,
  TracesView,
  TraceView,
} from '../lab/lab.types.ts';
import { SandboxUnavailableError } from './sandbox-errors.ts';
import { WorkerLink, type WorkerLike } from './worker-link.ts';

export interface LabClientOptions {
  /** Starts the worker that runs `host.ts`. */
  readonly createWorker: () => WorkerLike;
  /** Real ms without a sign of life after which the worker is ended; 10,000 by default. */
  readonly patience?: number;
  /** The same until a worker has answered for the first time; 30,000 by default. */
  readonly loadingPatience?: number;
}

/** A way to open labs in one worker, which starts with the first and again after it had to be ended. */
export function createLabClient({
  createWorker,
  patience = 10_000,
  loadingPatience = 30_000,
}: LabClientOptions): OpenLab {
  let link: WorkerLink | undefined;
  let last = 0;
  return async (start, actions, { onProgress, signal } = {}) => {
    if (link === undefined || link.ended) link = new WorkerLink(begin(createWorker), { patience, loadingPatience });
    last += 1;
    const lab = new WorkerLab(link, last, onProgress);
    signal?.addEventListener('abort', () => lab.cancel(), { once: true });
    const update = (await lab.call({ method: 'open-lab', lab: last, start, actions })) as LabUpdate;
    return { lab, update };
  };
}

function begin(createWorker: () => WorkerLike): WorkerLike {
  try {
    return createWorker();
  } catch (error) {
    throw new SandboxUnavailableError(`The sandbox could not be started. ${String(error)}`);
  }
}

class WorkerLab implements Lab {
  readonly #link: WorkerLink;
  readonly #id: number;
  readonly #onProgress: ((progress: LabProgress) => void) | undefined;

  constructor(link: WorkerLink, id: number, onProgress?: (progress: LabProgress) => void) {
    this.#link = link;
    this.#id = id;
    this.#onProgress = onProgress;
  }

  call(request: Parameters<WorkerLink['call']>[0]): Promise<unknown> {
    return this.#link.call(request, this.#onProgress);
  }

  async perform(action: LabAction): Promise<LabUpdate> {
    return (await this.call({ method: 'perform', lab: this.#id, action })) as LabUpdate;
  }

  async step(): Promise<LabUpdate> {
    return (await this.call({ method: 'step', lab: this.#id })) as LabUpdate;
  }

  async setFreeTier(enabled: boolean): Promise<LabUpdate> {
    return (await this.call({ method: 'lab-free-tier', lab: this.#id, enabled })) as LabUpdate;
  }

  look(question: { readonly about: 'account' }): Promise<AccountView>;
  look(question: Extract<LabQuestion, { about: 'logs' }>): Promise<LogView>;
  look(question: Extract<LabQuestion, { about: 'metrics' }>): Promise<MetricsView>;
  look(question: Extract<LabQuestion, { about: 'contents' }>): Promise<Contents | undefined>;
  look(question: Extract<LabQuestion, { about: 'traces' }>): Promise<TracesView>;
  look(question: Extract<LabQuestion, { about: 'trace' }>): Promise<TraceView | undefined>;
  async look(question: LabQuestion): Promise<never> {
    return (await this.call({ method: 'look', lab: this.#id, question })) as never;
  }

  cancel(): void {
    // Nobody waits for its answer; what runs answers that it was cancelled.
    if (!this.#link.ended) this.#link.call({ method: 'cancel', lab: this.#id }).catch(() => undefined);
  }

  close(): void {
    if (!this.#link.ended) this.call({ method: 'close-lab', lab: this.#id }).catch(() => undefined);
  }
}
