/** One lab as a page has it: what was done, what was seen, what is running now. Everything that shows a lab reads it. */
import { tick } from 'svelte';
import { openLab } from '../../../sandbox/worker/client.ts';
import type {
  Lab,
  LabAction,
  LabCall,
  LabProgress,
  LabStart,
  LabUpdate,
  WorkloadProgress,
} from '../../../sandbox/lab/lab.types.ts';
import type { Bill } from '../../../sandbox/billing/bill.ts';
import type { Fact } from '../../../sandbox/facts.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import type { SessionResponse } from '../../../sandbox/worker/session.types.ts';
import { followedBy } from '../../lab/action-list.ts';
import { windowOf } from '../../lab/trace-window.ts';
import { describeProblem, type Problem } from '../runner/problems.ts';
import { moneyOf } from './window-money.ts';

/** Commands that the log of commands keeps. */
const mostCalls = 400;

export type LabStatus = 'none' | 'opening' | 'ready' | 'running';

/** What a page has before anything was run here: a recorded opening. */
export interface Recorded {
  readonly trace: readonly TraceEvent[];
  readonly isCut: boolean;
  readonly now: number;
  readonly total: number;
}

export class LabRun {
  readonly prices: readonly Fact[];
  #lab: Lab | undefined;
  /** Actions wait for one another. */
  #line: Promise<unknown> = Promise.resolve();

  start = $state.raw<LabStart | null>(null);
  actions = $state.raw<readonly LabAction[]>([]);
  trace = $state.raw<readonly TraceEvent[]>([]);
  isCut = $state(false);
  now = $state(0);
  nextAt = $state<number | null>(null);
  total = $state(0);
  bill = $state.raw<Bill | null>(null);
  calls = $state.raw<readonly LabCall[]>([]);
  workloads = $state.raw<readonly WorkloadProgress[]>([]);
  output = $state.raw<unknown>(undefined);
  /** What came back for HTTP requests of the last action. */
  responses = $state.raw<readonly SessionResponse[]>([]);
  status = $state<LabStatus>('none');
  progress = $state.raw<LabProgress | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Counts updates: who asks questions asks again when it changes. */
  turn = $state(0);
  /** The moment looked at; null for the end. */
  cursor = $state<number | null>(null);
  /** What a screen reader is told: when it has finished, and at once. */
  polite = $state('');
  assertive = $state('');

  readonly busy = $derived.by(() => this.status === 'opening' || this.status === 'running');
  readonly live = $derived.by(() => this.status !== 'none');
  readonly money = $derived.by(() => moneyOf(this.trace, this.prices, this.total));

  constructor(prices: readonly Fact[], recorded?: Recorded) {
    this.prices = prices;
    if (!recorded) return;
    this.trace = recorded.trace;
    this.isCut = recorded.isCut;
    this.now = recorded.now;
    this.total = recorded.total;
  }

  /** Announces at the next pause; the same words twice are announced twice. */
  say(text: string): void {
    this.polite = '';
    void tick().then(() => (this.polite = text));
  }

  /** Tells of something that went wrong, at once. */
  fail(problem: Problem): void {
    this.problem = problem;
    this.assertive = '';
    void tick().then(() => (this.assertive = problem.text));
  }

  /**
   * Opens an account and does what was done there. The one before is closed only when that has succeeded.
   * @returns whether it is open now
   */
  open(start: LabStart, actions: readonly LabAction[], freeTier = false): Promise<boolean> {
    return this.#next(async () => {
      const before = this.status;
      this.status = 'opening';
      this.problem = null;
      this.#cancelWanted = false;
      try {
        const abort = (this.#opening = new AbortController());
        const opened = await openLab(start, actions, {
          onProgress: (progress) => this.#progressed(progress),
          signal: abort.signal,
        });
        if (opened.update.cancelled) {
          opened.lab.close();
          this.status = before;
          return false;
        }
        this.#lab?.close();
        this.#lab = opened.lab;
        this.start = start;
        this.actions = [];
        this.trace = [];
        this.isCut = false;
        this.calls = [];
        this.#take(opened.update);
        if (freeTier) this.#take(await opened.lab.setFreeTier(true));
        this.status = 'ready';
        return true;
      } catch (error) {
        this.status = before;
        this.#failed(error);
        return false;
      } finally {
        this.progress = null;
      }
    });
  }

  /** Opens what was lost again, up to the last action that had its answer. */
  async reopen(): Promise<boolean> {
    if (this.start === null || !(await this.open(this.start, this.actions))) return false;
    this.say('Restored.');
    return true;
  }

  /** Does something; the update is undefined when the lab was lost. */
  perform(...actions: readonly LabAction[]): Promise<LabUpdate | undefined> {
    return this.#run(async (lab) => {
      let last: LabUpdate | undefined;
      for (const action of actions) {
        last = await lab.perform(action);
        this.#take(last);
        if (last.cancelled || this.#cancelWanted) break;
      }
      return last;
    });
  }

  step(): Promise<LabUpdate | undefined> {
    return this.#run(async (lab) => {
      const update = await lab.step();
      this.#take(update);
      return update;
    });
  }

  setFreeTier(enabled: boolean): Promise<LabUpdate | undefined> {
    return this.#run(async (lab) => {
      const update = await lab.setFreeTier(enabled);
      this.#take(update);
      return update;
    });
  }

  /** Asks about the account; undefined when it is not open. An effect that asks asks again after every turn. */
  async look<Answer>(ask: (lab: Lab) => Promise<Answer>): Promise<Answer | undefined> {
    const lab = this.#lab;
    if (lab === undefined || this.turn === 0) return undefined;
    try {
      return await ask(lab);
    } catch {
      // It was ended: whoever performs the next action hears of it.
      return undefined;
    }
  }

  #cancelWanted = false;
  #opening: AbortController | undefined;

  /** Ends what is running where it is. */
  cancel(): void {
    this.#cancelWanted = true;
    if (this.status === 'opening') this.#opening?.abort();
    else this.#lab?.cancel();
  }

  close(): void {
    this.#lab?.close();
    this.#lab = undefined;
  }

  #run(work: (lab: Lab) => Promise<LabUpdate | undefined>): Promise<LabUpdate | undefined> {
    return this.#next(async () => {
      const lab = this.#lab;
      if (lab === undefined) return undefined;
      this.status = 'running';
      this.problem = null;
      this.assertive = '';
      this.#cancelWanted = false;
      try {
        return await work(lab);
      } catch (error) {
        this.#failed(error);
        return undefined;
      } finally {
        this.progress = null;
        this.status = 'ready';
      }
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  #progressed(progress: LabProgress): void {
    this.progress = progress;
  }

  #failed(error: unknown): void {
    this.fail(describeProblem(error));
  }

  #take(update: LabUpdate): void {
    this.actions = followedBy(this.actions, update.done);
    const { events, isCut } = windowOf([...this.trace, ...update.events]);
    this.isCut ||= isCut || update.skipped > 0;
    this.trace = events;
    this.now = update.now;
    this.nextAt = update.nextAt ?? null;
    this.bill = update.bill;
    this.total = update.bill.total;
    this.calls = [...this.calls, ...update.calls].slice(-mostCalls);
    this.workloads = update.workloads;
    this.output = update.output;
    this.responses = update.responses ?? [];
    this.cursor = null;
    this.turn += 1;
    if (update.refusal) {
      this.fail({ kind: 'refused', text: `${update.refusal.name}: ${update.refusal.message}` });
    }
  }
}
