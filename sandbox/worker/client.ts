/** The page's side: sessions in one Web Worker, started on first use, ended by a watchdog when it is stuck. */
import type { TraceEvent } from '../trace.ts';
import type { OpenLab } from '../lab/lab.types.ts';
import { createLabClient } from './lab-client.ts';
import { WorkerLink, type WorkerLike } from './worker-link.ts';
import type { SessionOptions } from './protocol.ts';
import { SandboxUnavailableError } from './sandbox-errors.ts';
import type { FunctionDefinition, OpenSession, Session, SessionStep, SessionUpdate } from './session.types.ts';

export { SandboxError, SandboxStoppedError, SandboxStuckError, SandboxUnavailableError } from './sandbox-errors.ts';
export { logLines, logStreams, type LogLine, type LogStream } from '../lambda/log-lines.ts';

export interface ClientOptions {
  /** Starts the worker that runs `host.ts`. */
  readonly createWorker?: () => WorkerLike;
  /** Real milliseconds without a reply after which the worker is ended; 10,000 by default. */
  readonly patience?: number;
  /** The same for the first reply of a worker, which has to load; 30,000 by default. */
  readonly loadingPatience?: number;
}

/** Opens sessions in the page's one sandbox worker. */
export const openSession: OpenSession = createClient();

/** Opens labs in the page's one worker for them. */
export const openLab: OpenLab = createLabClient({ createWorker: startHost });

/** A client with a worker of its own. */
export function createClient({
  createWorker = startHost,
  patience = 10_000,
  loadingPatience = 30_000,
}: ClientOptions = {}): OpenSession {
  let link: WorkerLink | undefined;
  let lastSession = 0;
  const currentLink = (): WorkerLink => {
    if (link === undefined || link.ended) link = new WorkerLink(start(createWorker), { patience, loadingPatience });
    return link;
  };
  return async (options = {}) => {
    lastSession += 1;
    const session = new WorkerSession(lastSession, options, currentLink);
    await session.open();
    return session;
  };
}

function start(createWorker: () => WorkerLike): WorkerLike {
  try {
    return createWorker();
  } catch (error) {
    throw new SandboxUnavailableError(`The sandbox could not be started. ${String(error)}`);
  }
}

function startHost(): WorkerLike {
  return new Worker(new URL('./host.ts', import.meta.url), { type: 'module', name: 'sandbox' });
}

/** A session in a worker. When its worker was ended, the next call opens it again in a new one. */
class WorkerSession implements Session {
  readonly #id: number;
  readonly #options: SessionOptions;
  readonly #currentLink: () => WorkerLink;
  #link: WorkerLink | undefined;
  #reopening: Promise<void> | undefined;
  #definition: FunctionDefinition | undefined;
  #freeTier: boolean | undefined;
  /** Events of an account that began anew, until an update has told of them. */
  #anew: TraceEvent[] | undefined;

  constructor(id: number, options: SessionOptions, currentLink: () => WorkerLink) {
    this.#id = id;
    this.#options = options;
    this.#currentLink = currentLink;
  }

  async open(): Promise<void> {
    const link = this.#currentLink();
    await link.call({ method: 'open', session: this.#id, options: this.#options });
    this.#link = link;
  }

  async deploy(definition: FunctionDefinition): Promise<SessionUpdate> {
    await this.#recover(undefined);
    const update = await this.#call({ method: 'deploy', session: this.#id, definition });
    this.#definition = definition;
    return this.#tellLoss(update);
  }

  async run(step: SessionStep): Promise<SessionUpdate> {
    await this.#recover(this.#definition);
    return this.#tellLoss(await this.#call({ method: 'run', session: this.#id, step }));
  }

  async setFreeTier(enabled: boolean): Promise<SessionUpdate> {
    this.#freeTier = enabled;
    await this.#recover(this.#definition);
    return this.#tellLoss(await this.#call({ method: 'setFreeTier', session: this.#id, enabled }));
  }

  close(): void {
    // Nobody waits for the answer, and a worker that is gone has closed everything already.
    if (this.#link?.ended === false) this.#call({ method: 'close', session: this.#id }).catch(() => undefined);
  }

  stop(): void {
    this.#link?.stop();
  }

  /** After a loss: the session in a new worker, with `definition` deployed. */
  async #recover(definition: FunctionDefinition | undefined): Promise<void> {
    if (this.#link?.ended === false) return;
    this.#reopening ??= this.#reopen(definition).finally(() => (this.#reopening = undefined));
    await this.#reopening;
  }

  async #reopen(definition: FunctionDefinition | undefined): Promise<void> {
    await this.open();
    this.#anew = [];
    if (this.#freeTier !== undefined) {
      await this.#call({ method: 'setFreeTier', session: this.#id, enabled: this.#freeTier });
    }
    if (definition === undefined) return;
    const { events } = await this.#call({ method: 'deploy', session: this.#id, definition });
    this.#anew.push(...events);
  }

  async #call(request: Parameters<WorkerLink['call']>[0]): Promise<SessionUpdate> {
    const update = await (this.#link ?? this.#currentLink()).call(request);
    return update as SessionUpdate;
  }

  #tellLoss(update: SessionUpdate): SessionUpdate {
    const anew = this.#anew;
    this.#anew = undefined;
    return anew === undefined ? update : { ...update, startedAnew: true, events: [...anew, ...update.events] };
  }
}
