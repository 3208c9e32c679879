/** A lab over an account in the same thread: what the worker serves, and what builds and tests use. */
import type { Account } from '../account.ts';
import type { Facts } from '../facts.ts';
import { asError } from '../kernel/pump.ts';
import type { EnvironmentCreated, TraceEvent } from '../trace.ts';
import type { Contents } from '../services/service.ts';
import { Deployer } from '../worker/deployer.ts';
import type { ApiCall, SessionResponse } from '../worker/session.types.ts';
import { Denials } from './denials.ts';
import { jsonOf } from './json-output.ts';
import type {
  AccountView,
  Lab,
  LabAction,
  LabCall,
  LabControl,
  LabQuestion,
  LabUpdate,
  LogView,
  MetricsView,
  TracesView,
  TraceView,
} from './lab.types.ts';
import { Outside } from './outside.ts';
import { Passage } from './passage.ts';
import { accountView } from './views/account-view.ts';
import { logView } from './views/log-view.ts';
import { metricsView } from './views/metrics-view.ts';
import { tracesView, traceView } from './views/traces-view.ts';
import { Workloads } from './workloads.ts';

/** Events of the trace that an account of a lab should keep: an update never needs more. */
export const keptEvents = 20_000;

/** Events that one update tells at most. */
const mostEvents = 8000;

/** What came of an action. */
type Done = Pick<LabUpdate, 'done' | 'output' | 'responses' | 'refusal'>;

export interface LabHost {
  readonly account: Account;
  readonly facts: Facts;
  readonly seed: number;
  /** Without one it runs to its end at once. */
  readonly control?: LabControl;
}

/** The same interface as the page's, with what only who is in the same thread can ask. */
export class AccountLab implements Lab {
  readonly #account: Account;
  readonly #passage: Passage;
  readonly #outside: Outside;
  readonly #deployer: Deployer;
  readonly #workloads: Workloads;
  readonly #denials: Denials;
  #seen = 0;
  #calls: LabCall[] = [];
  /** How environments were created that live, or lived when the last update was told. */
  readonly #environments = new Map<string, EnvironmentCreated>();
  #gone: string[] = [];

  constructor({ account, facts, seed, control }: LabHost) {
    this.#account = account;
    this.#passage = new Passage(account.clock, control);
    this.#outside = new Outside(account);
    this.#deployer = new Deployer(account, facts, (call) => this.#note(call));
    this.#workloads = new Workloads(account.clock, seed, this.#outside);
    this.#denials = new Denials(account, facts);
    account.onEvent((event) => {
      this.#denials.read(event);
      if (event.type === 'environmentCreated') this.#environments.set(event.environmentId, event);
      if (event.type === 'environmentGone') this.#gone.push(event.environmentId);
    });
  }

  /** Does actions one after the other, as they were done before; stops at the one that is cancelled. */
  async restore(actions: readonly LabAction[]): Promise<LabUpdate> {
    const passage = this.#passage;
    passage.cancelled = false;
    const done: LabAction[] = [];
    for (const [index, action] of actions.entries()) {
      passage.actions = [index, actions.length];
      if (await passage.isOver()) break;
      done.push(...(await this.#do(action)).done);
    }
    passage.actions = undefined;
    return this.#update({ done });
  }

  async perform(action: LabAction): Promise<LabUpdate> {
    this.#passage.cancelled = false;
    return this.#update(await this.#do(action));
  }

  async step(): Promise<LabUpdate> {
    this.#passage.cancelled = false;
    const { clock } = this.#account;
    const start = clock.now;
    const before = this.#account.traceEnd;
    await this.#account.lambda.prepare();
    const isStepped = await this.#passage.step(() => this.#account.traceEnd > before);
    return this.#update({ done: isStepped ? waited(start, clock.now) : [] });
  }

  async setFreeTier(enabled: boolean): Promise<LabUpdate> {
    this.#account.freeTier = enabled;
    return this.#update({ done: [] });
  }

  async look(question: { readonly about: 'account' }): Promise<AccountView>;
  async look(question: Extract<LabQuestion, { about: 'logs' }>): Promise<LogView>;
  async look(question: Extract<LabQuestion, { about: 'metrics' }>): Promise<MetricsView>;
  async look(question: Extract<LabQuestion, { about: 'contents' }>): Promise<Contents | undefined>;
  async look(question: Extract<LabQuestion, { about: 'traces' }>): Promise<TracesView>;
  async look(question: Extract<LabQuestion, { about: 'trace' }>): Promise<TraceView | undefined>;
  async look(
    question: LabQuestion,
  ): Promise<AccountView | LogView | MetricsView | Contents | TracesView | TraceView | undefined> {
    switch (question.about) {
      case 'account':
        return accountView(this.#account, this.#denials);
      case 'logs':
        return logView(this.#account, question);
      case 'metrics':
        return metricsView(this.#account, question);
      case 'contents':
        return jsonOf(this.#account.services.service(question.service)?.contents?.(question.name, question.most)) as
          Contents | undefined;
      case 'traces':
        return tracesView(this.#account, question);
      case 'trace':
        return traceView(this.#account, question.id);
    }
  }

  cancel(): void {
    this.#passage.cancelled = true;
  }

  close(): void {
    this.#account.dispose();
  }

  async #do(action: LabAction): Promise<Done> {
    const { clock } = this.#account;
    const made = this.#calls.length;
    // An engine that a trap has ended is replaced before the next request.
    await this.#account.lambda.prepare();
    try {
      switch (action.kind) {
        case 'deploy':
          await this.#deployer.deploy(action.function);
          break;
        case 'call': {
          const output = await this.#call(action.call);
          return { done: [action], ...(output === undefined ? {} : { output: jsonOf(output) }) };
        }
        case 'invoke':
          return await this.#invoke(action);
        case 'request':
          return await this.#request(action);
        case 'workload':
          this.#workloads.start(action.workload);
          break;
        case 'stop':
          this.#workloads.stop(action.workload);
          break;
        case 'outage':
          this.#account.services.outages.begin(action);
          break;
        case 'wait': {
          const start = clock.now;
          await this.#passage.advance(start + action.milliseconds);
          return { done: this.#passage.cancelled ? waited(start, clock.now) : [action] };
        }
      }
      return { done: [action] };
    } catch (thrown) {
      const { name, message } = asError(thrown);
      const last = this.#calls.at(-1);
      if (last !== undefined && this.#calls.length > made)
        this.#calls[this.#calls.length - 1] = { ...last, error: `${name}: ${message}` };
      return { done: [action], refusal: { name, message } };
    }
  }

  /** Calls that bring code wait until the simulator can run it. */
  async #call({ as, service, operation, input }: ApiCall): Promise<unknown> {
    const call = { service, operation, input: this.#outside.resolve(input) };
    this.#note(call);
    const output = await this.#account.call(call);
    if (as !== undefined) this.#outside.keep(as, output);
    if (service === 'lambda' && bringsCode.has(operation)) await this.#account.lambda.prepare(filesOf(call));
    return output;
  }

  async #invoke(action: Extract<LabAction, { kind: 'invoke' }>): Promise<Done> {
    const { functionName, payload, count = 1, invocationType } = action;
    const isEvent = invocationType === 'Event';
    this.#note({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: functionName, Payload: payload, ...(isEvent ? { InvocationType: 'Event' } : {}) },
    });
    let waiting = count;
    const refusals: Error[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const ended = (error?: Error): void => {
        waiting -= 1;
        if (error !== undefined) refusals.push(error);
      };
      this.#outside.invoke(functionName, payload, isEvent, ended, ended);
    }
    const done = await this.#untilAnswered(action, () => waiting === 0);
    const [first] = refusals;
    // A throttled request is an answer like another one; the trace has it.
    if (first !== undefined && !isThrottle(first) && refusals.length === count) throw first;
    return { done };
  }

  async #request(action: Extract<LabAction, { kind: 'request' }>): Promise<Done> {
    const { request, count = 1 } = action;
    const responses: SessionResponse[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const refuse = (error: Error): void => {
        throw error;
      };
      this.#outside.request(request, refuse, (response) => void responses.push(response));
    }
    const done = await this.#untilAnswered(action, () => responses.length === count);
    return { done, responses };
  }

  /** Lets time pass until answers are there, unless the action is held. Called off, it was only handed over. */
  async #untilAnswered(
    action: Extract<LabAction, { kind: 'invoke' | 'request' }>,
    isAnswered: () => boolean,
  ): Promise<readonly LabAction[]> {
    const { clock } = this.#account;
    const start = clock.now;
    if (action.hold !== true) await this.#passage.advance(undefined, isAnswered);
    if (!this.#passage.cancelled) return [action];
    return [{ ...action, hold: true }, ...waited(start, clock.now)];
  }

  /** What an environment is, for events of environments that were created before them. */
  #creationsBefore(events: readonly TraceEvent[]): readonly EnvironmentCreated[] {
    const ids = new Set(events.flatMap((event) => ('environmentId' in event ? (event.environmentId ?? []) : [])));
    for (const event of events) if (event.type === 'environmentCreated') ids.delete(event.environmentId);
    return [...this.#environments].flatMap(([id, created]) => (ids.has(id) ? [created] : []));
  }

  #note(call: ApiCall): void {
    this.#calls.push({ ...call, time: this.#account.clock.now });
  }

  #update(what: Done): LabUpdate {
    const { clock, traceEnd } = this.#account;
    const all = traceEnd - this.#seen;
    const newest = this.#account.traceSince(Math.max(this.#seen, traceEnd - mostEvents));
    const events = all > newest.length ? [...this.#creationsBefore(newest), ...newest] : newest;
    for (const id of this.#gone) this.#environments.delete(id);
    this.#gone = [];
    this.#seen = traceEnd;
    const calls = this.#calls;
    this.#calls = [];
    return {
      ...what,
      ...(this.#passage.cancelled ? { cancelled: true as const } : {}),
      now: clock.now,
      ...(clock.nextAt === undefined ? {} : { nextAt: clock.nextAt }),
      events,
      skipped: all - newest.length,
      calls,
      workloads: this.#workloads.takeProgress(),
      bill: this.#account.bill(),
    };
  }
}

const bringsCode = new Set(['CreateFunction', 'UpdateFunctionCode', 'PublishLayerVersion']);

function filesOf({ input }: ApiCall): Record<string, string> {
  const holder = (input['Code'] ?? input['Content'] ?? input) as { readonly Files?: unknown };
  return (holder.Files ?? {}) as Record<string, string>;
}

const isThrottle = ({ name }: Error): boolean => name === 'TooManyRequestsException';

/** The wait that takes the clock from one moment to another. One of no length runs what is due now. */
const waited = (from: number, to: number): readonly LabAction[] => [{ kind: 'wait', milliseconds: to - from }];
