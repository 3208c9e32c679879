/** A lab over an account in the same thread: what the worker serves, and what builds and tests use. */
import type { Account } from '../account.ts';
import type { Facts } from '../facts.ts';
import { asError } from '../kernel/pump.ts';
import type { EnvironmentCreated, TraceEvent } from '../trace.ts';
import { Later, type Caller, type Contents, type Result } from '../services/service.ts';
import { Deployer } from '../worker/deployer.ts';
import { resolveReferences } from '../worker/references.ts';
import type { ApiCall, SessionRequest, SessionResponse } from '../worker/session.types.ts';
import { jsonOf } from './json-output.ts';
import type {
  AccountView,
  Lab,
  LabAction,
  LabCall,
  LabControl,
  LabProgress,
  LabQuestion,
  LabUpdate,
  LogView,
  MetricsView,
} from './lab.types.ts';
import { accountView } from './views/account-view.ts';
import { logView } from './views/log-view.ts';
import { metricsView } from './views/metrics-view.ts';
import { Workloads } from './workloads.ts';

/** Events of the trace that an account of a lab should keep: an update never needs more. */
export const keptEvents = 20_000;

/** Events that one update tells at most. */
const mostEvents = 8000;

/** Between two looks at whether a pause is due. */
const eventsBetween = 32;

/** A step goes no further than this into a time in which nothing happens, in events of the clock. */
const mostStepEvents = 200_000;

/** What came of an action. */
type Done = Pick<LabUpdate, 'done' | 'output' | 'responses' | 'refusal'>;

const owner: Caller = { kind: 'account' };

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
  readonly #control: LabControl | undefined;
  readonly #deployer: Deployer;
  readonly #workloads: Workloads;
  /** What calls answered that gave it a name. */
  readonly #kept = new Map<string, unknown>();
  #seen = 0;
  #calls: LabCall[] = [];
  #cancelled = false;
  /** How environments were created that live, or lived when the last update was told. */
  readonly #environments = new Map<string, EnvironmentCreated>();
  #gone: string[] = [];
  /** While a state is restored. */
  #actions: LabProgress['actions'];

  constructor({ account, facts, seed, control }: LabHost) {
    this.#account = account;
    this.#control = control;
    this.#deployer = new Deployer(account, facts, (call) => this.#note(call));
    account.onEvent((event) => {
      if (event.type === 'environmentCreated') this.#environments.set(event.environmentId, event);
      if (event.type === 'environmentGone') this.#gone.push(event.environmentId);
    });
    this.#workloads = new Workloads(account.clock, seed, {
      invoke: (target, payload, asynchronous, refused) => this.#send(target, payload, asynchronous, refused),
      call: (call, refused) => {
        const { as: _, input, ...rest } = call;
        account.services.call({ ...rest, input: resolveReferences(input, this.#kept), caller: owner }, (answer) => {
          if (!answer.ok) refused(answer.error);
        });
      },
      request: (request, refused) => this.#sendRequest(request, () => undefined, refused),
    });
  }

  /** Does actions one after the other, as they were done before; stops at the one that is cancelled. */
  async restore(actions: readonly LabAction[]): Promise<LabUpdate> {
    this.#cancelled = false;
    const done: LabAction[] = [];
    for (const [index, action] of actions.entries()) {
      this.#actions = [index, actions.length];
      if (await this.#isTimeOver({ now: this.#account.clock.now })) break;
      done.push(...(await this.#do(action)).done);
    }
    this.#actions = undefined;
    return this.#update({ done });
  }

  async perform(action: LabAction): Promise<LabUpdate> {
    this.#cancelled = false;
    return this.#update(await this.#do(action));
  }

  async step(): Promise<LabUpdate> {
    this.#cancelled = false;
    const { clock } = this.#account;
    const start = clock.now;
    const before = this.#account.traceEnd;
    const dueAt = (): number | undefined => clock.nextAt;
    if (dueAt() === undefined) return this.#update({ done: [] });
    await this.#account.lambda.prepare();
    let left = mostStepEvents;
    while (dueAt() !== undefined && left > 0) {
      left -= 1;
      clock.runNext();
      if (left % eventsBetween === 0 && (await this.#isTimeOver({ now: clock.now }))) break;
      if (this.#account.traceEnd > before && (dueAt() ?? Infinity) > clock.now) break;
    }
    this.#finishMoment();
    return this.#update({ done: waited(start, clock.now) });
  }

  async setFreeTier(enabled: boolean): Promise<LabUpdate> {
    this.#account.freeTier = enabled;
    return this.#update({ done: [] });
  }

  async look(question: { readonly about: 'account' }): Promise<AccountView>;
  async look(question: Extract<LabQuestion, { about: 'logs' }>): Promise<LogView>;
  async look(question: Extract<LabQuestion, { about: 'metrics' }>): Promise<MetricsView>;
  async look(question: Extract<LabQuestion, { about: 'contents' }>): Promise<Contents | undefined>;
  async look(question: LabQuestion): Promise<AccountView | LogView | MetricsView | Contents | undefined> {
    switch (question.about) {
      case 'account':
        return accountView(this.#account);
      case 'logs':
        return logView(this.#account, question);
      case 'metrics':
        return metricsView(this.#account, question);
      case 'contents':
        return jsonOf(this.#account.services.service(question.service)?.contents?.(question.name, question.most)) as
          Contents | undefined;
    }
  }

  cancel(): void {
    this.#cancelled = true;
  }

  close(): void {
    this.#account.dispose();
  }

  async #do(action: LabAction): Promise<Done> {
    const { clock } = this.#account;
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
          await this.#advance(start + action.milliseconds);
          return { done: this.#cancelled ? waited(start, clock.now) : [action] };
        }
      }
      return { done: [action] };
    } catch (thrown) {
      const { name, message } = asError(thrown);
      const last = this.#calls.at(-1);
      if (last !== undefined) this.#calls[this.#calls.length - 1] = { ...last, error: `${name}: ${message}` };
      return { done: [action], refusal: { name, message } };
    }
  }

  /** Calls that bring code wait until the simulator can run it. */
  async #call(call: ApiCall): Promise<unknown> {
    const { as, ...rest } = call;
    const resolved = { ...rest, input: resolveReferences(call.input, this.#kept) };
    this.#note(resolved);
    const output = await this.#account.call(resolved);
    if (as !== undefined) this.#kept.set(as, output);
    if (call.service === 'lambda' && bringsCode.has(call.operation)) await this.#account.lambda.prepare(filesOf(call));
    return output;
  }

  async #invoke(action: Extract<LabAction, { kind: 'invoke' }>): Promise<Done> {
    const { clock } = this.#account;
    const { functionName, payload, count = 1, invocationType, hold } = action;
    const asynchronous = invocationType === 'Event';
    this.#note({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: functionName, Payload: payload, ...(asynchronous ? { InvocationType: 'Event' } : {}) },
    });
    let waiting = 0;
    const refusals: Error[] = [];
    for (let request = 0; request < count; request += 1) {
      waiting += 1;
      const ended = (error?: Error): void => {
        waiting -= 1;
        if (error !== undefined) refusals.push(error);
      };
      this.#send(functionName, payload, asynchronous, ended, ended);
    }
    const start = clock.now;
    if (hold !== true) await this.#advance(undefined, () => waiting === 0);
    const [first] = refusals;
    // A throttled request is an answer like another one; the trace has it.
    if (first !== undefined && !isThrottle(first) && refusals.length === count) throw first;
    if (!this.#cancelled) return { done: [action] };
    return { done: [{ ...action, hold: true }, ...waited(start, clock.now)] };
  }

  async #request(action: Extract<LabAction, { kind: 'request' }>): Promise<Done> {
    const { clock } = this.#account;
    const { request, count = 1, hold } = action;
    const responses: SessionResponse[] = [];
    let waiting = count;
    for (let sent = 0; sent < count; sent += 1) {
      this.#sendRequest(
        request,
        (response) => {
          waiting -= 1;
          responses.push(response);
        },
        (error) => {
          throw error;
        },
      );
    }
    const start = clock.now;
    if (hold !== true) await this.#advance(undefined, () => waiting === 0);
    if (!this.#cancelled) return { done: [action], responses };
    return { done: [{ ...action, hold: true }, ...waited(start, clock.now)], responses };
  }

  #sendRequest(
    request: SessionRequest,
    answered: (response: SessionResponse) => void,
    refused: (error: Error) => void,
  ): void {
    try {
      this.#account.http.send(resolveReferences(request, this.#kept), ({ status, headers, body }) =>
        answered({ status, headers, body }),
      );
    } catch (error) {
      refused(asError(error));
    }
  }

  /** Hands a request to a function. `refused` may be called at once. */
  #send(
    target: string,
    payload: string,
    asynchronous: boolean,
    refused: (error: Error) => void,
    answered: () => void = () => undefined,
  ): void {
    const { clock, lambda } = this.#account;
    try {
      if (asynchronous) {
        lambda.invoker.invokeAsync(target, payload, owner);
        clock.schedule(clock.now, answered);
        return;
      }
      const operation = this.#account.services.service('lambda')?.operations['Invoke'];
      const output = operation?.run({ FunctionName: target, Payload: payload } as never, owner);
      if (!(output instanceof Later)) throw new Error('Lambda did not take the request.');
      output.start((result: Result) => {
        if (result.ok) answered();
        else refused(result.error);
      });
    } catch (error) {
      refused(asError(error));
    }
  }

  /** Runs what is due up to `until`, or until `isReached`; cancelled, it stands where it got to. */
  async #advance(until: number | undefined, isReached: () => boolean = () => false): Promise<void> {
    const { clock } = this.#account;
    const end = until ?? Infinity;
    let count = 0;
    for (let at = clock.nextAt; at !== undefined && at <= end && !isReached(); at = clock.nextAt) {
      clock.runNext();
      count += 1;
      if (count % eventsBetween !== 0) continue;
      if (await this.#isTimeOver({ now: clock.now, ...(until === undefined ? {} : { until }) })) {
        this.#finishMoment();
        return;
      }
    }
    if (until === undefined) this.#finishMoment();
    else clock.advanceTo(until);
  }

  /** A wait that is as long as this one was runs all that is due at its end. */
  #finishMoment(): void {
    const { clock } = this.#account;
    clock.advanceTo(clock.now);
  }

  async #isTimeOver(progress: LabProgress): Promise<boolean> {
    if (this.#control?.isDue() === true) await this.#pause(progress);
    return this.#cancelled;
  }

  async #pause(progress: LabProgress): Promise<void> {
    const actions = this.#actions;
    const isOver = await this.#control?.pause({ ...progress, ...(actions === undefined ? {} : { actions }) });
    if (isOver === true) this.#cancelled = true;
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
      ...(this.#cancelled ? { cancelled: true as const } : {}),
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
