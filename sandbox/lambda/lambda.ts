/** The Lambda service of one account: its API, and where requests meet execution environments. */
import type { FileTree } from '../runtime/contract.ts';
import type { Facts } from '../facts.ts';
import type { VirtualClock } from '../kernel/clock.ts';
import { newEnvironmentId, newTraceId, newUuid } from '../kernel/ids.ts';
import { asError, type Pump } from '../kernel/pump.ts';
import type { Random } from '../kernel/random.ts';
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  GetFunctionResponse,
  InvokeRequest,
  InvokeResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  SynchronousInvokeResponse,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from './api.types.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { CreateProcess } from './environment-process.ts';
import { Environment, type EnvironmentHost } from './environment.ts';
import { throttled } from './errors.ts';
import { Functions, type StoredFunction } from './functions.ts';
import { Invocation, type InvocationRequestData } from './invocation.ts';
import { checkInvokeRequest, checkQualifier, type CheckedInvokeRequest } from './invoke-request.ts';
import { readLimits, type Limits } from './limits.ts';
import { functionArn, type Location } from './names.ts';
import { createDurationMs, readPlacementTimes, type PlacementTimes } from './policies/placement.ts';
import { throttleReason } from './policies/concurrency.ts';
import type { Surroundings } from './surroundings.ts';
import type { TraceWriter } from './trace-writer.ts';

export interface LambdaHost {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly facts: Facts;
  readonly location: Location;
  readonly trace: TraceWriter;
  readonly createProcess: CreateProcess;
  /** What the account's callers wait with. */
  readonly pump: Pump;
  /** The account around the service; without it functions reach no other service and roles are not checked. */
  readonly surroundings?: Surroundings;
  /** A promise when processes cannot be made yet. */
  readonly ready: (code: FileTree) => Promise<void> | undefined;
}

export class Lambda {
  readonly #host: LambdaHost;
  readonly #limits: Limits;
  readonly #times: PlacementTimes;
  readonly #functions: Functions;
  readonly #pools = new Map<string, EnvironmentPool>();
  readonly #environmentHost: EnvironmentHost;
  readonly #pump: Pump;
  readonly #requestIds: Random;
  readonly #environmentIds: Random;
  readonly #placement: Random;
  #inFlight = 0;

  constructor(host: LambdaHost) {
    const { clock, random, facts, location, trace, createProcess } = host;
    this.#host = host;
    this.#limits = readLimits(facts);
    this.#times = readPlacementTimes(facts);
    this.#pump = host.pump;
    this.#requestIds = random.stream('request ids');
    this.#environmentIds = random.stream('environment ids');
    this.#placement = random.stream('placement');
    const around = host.surroundings === undefined ? {} : { surroundings: host.surroundings };
    this.#environmentHost = { clock, trace, facts, limits: this.#limits, location, createProcess, ...around };
    this.#functions = new Functions({
      clock,
      facts,
      limits: this.#limits,
      location,
      random: random.stream('revision ids'),
      trace,
      ...around,
      changed: (name, change) => this.#outdate(name, change),
    });
  }

  /** Creates a function; it can be invoked at once. Rejects with a `ServiceError`. */
  async createFunction(request: CreateFunctionRequest): Promise<FunctionConfiguration> {
    return this.#functions.create(request);
  }

  /** New code means new environments; those that are busy finish first. */
  async updateFunctionCode(request: UpdateFunctionCodeRequest): Promise<FunctionConfiguration> {
    return this.#functions.updateCode(request);
  }

  /** A new configuration means new environments. `Environment` replaces all variables. */
  async updateFunctionConfiguration(request: UpdateFunctionConfigurationRequest): Promise<FunctionConfiguration> {
    return this.#functions.updateConfiguration(request);
  }

  async getFunction(request: { readonly FunctionName: string }): Promise<GetFunctionResponse> {
    return this.#functions.get(request.FunctionName);
  }

  /** At most 50 a page; `NextMarker` of one page is `Marker` of the next. */
  async listFunctions(request: ListFunctionsRequest = {}): Promise<ListFunctionsResponse> {
    return this.#functions.list(request);
  }

  async deleteFunction(request: { readonly FunctionName: string }): Promise<void> {
    this.#functions.delete(request.FunctionName);
  }

  /**
   * Invokes a function at the present virtual time. Invocations started in the same turn arrive at the same moment
   * and run concurrently. The promise settles when the invocation is reported, and virtual time is then that moment.
   * Function errors resolve, with `FunctionError`; refused requests reject with a `ServiceError`.
   */
  invoke(request: InvokeRequest & { readonly InvocationType?: 'RequestResponse' }): Promise<SynchronousInvokeResponse>;
  invoke(request: InvokeRequest): Promise<InvokeResponse>;
  // Not an async function: it would hand the answer on some microtasks late, and the pump waits for one.
  invoke(request: InvokeRequest): Promise<InvokeResponse> {
    try {
      checkQualifier(request.Qualifier);
      const { configuration, code } = this.#functions.find(request.FunctionName, request.Qualifier);
      const checked = checkInvokeRequest(request, this.#limits, this.#host.facts);
      if (request.InvocationType === 'DryRun') return Promise.resolve({ StatusCode: 204, Payload: '' });
      const ready = this.#host.ready(code.files);
      if (ready === undefined) return this.#send(request, configuration, checked);
      return ready.then(() => this.#send(request, configuration, checked));
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  #send(
    request: InvokeRequest,
    configuration: FunctionConfiguration,
    checked: CheckedInvokeRequest,
  ): Promise<SynchronousInvokeResponse> {
    const { clock } = this.#host;
    return this.#pump.wait<SynchronousInvokeResponse>((resolve, reject) => {
      const invocation = new Invocation(this.#identify(request, configuration, checked), { resolve, reject });
      clock.schedule(clock.now, () => this.#arrive(invocation, checked, request.Qualifier));
    });
  }

  /** Ends all processes; whoever waits for an answer gets `reason`. */
  dispose(reason: Error): void {
    this.#pump.stop(reason);
    for (const pool of this.#pools.values()) pool.dispose();
    this.#pools.clear();
  }

  #identify(
    request: InvokeRequest,
    configuration: FunctionConfiguration,
    checked: CheckedInvokeRequest,
  ): InvocationRequestData {
    const { clock, location } = this.#host;
    const { FunctionName: name } = configuration;
    const qualifier = request.Qualifier ?? /:(\$LATEST)$/.exec(request.FunctionName)?.[1];
    return {
      requestId: newUuid(this.#requestIds),
      traceId: newTraceId(this.#requestIds, clock.now),
      functionName: name,
      payload: checked.payload,
      invokedFunctionArn: functionArn(location, qualifier === undefined ? { name } : { name, qualifier }),
      clientContext: checked.clientContext,
      tail: checked.tail,
    };
  }

  #arrive(invocation: Invocation, { payloadBytes }: CheckedInvokeRequest, qualifier: string | undefined): void {
    const { clock, trace, facts } = this.#host;
    const { requestId, functionName } = invocation.request;
    trace.emit({
      type: 'requestArrived',
      time: clock.now,
      requestId,
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      invocationType: 'RequestResponse',
      payloadBytes,
    });
    const { concurrentExecutions: unreservedLimit } = this.#limits;
    const reason = throttleReason({ unreservedInFlight: this.#inFlight, unreservedLimit });
    if (reason !== undefined) {
      trace.emit({ type: 'requestThrottled', time: clock.now, requestId, functionName, reason });
      invocation.reject(throttled(facts, reason, requestId));
      return;
    }
    this.#place(invocation);
  }

  /** An idle environment, or else a new one. */
  #place(invocation: Invocation): void {
    let stored: StoredFunction;
    try {
      stored = this.#functions.find(invocation.request.functionName);
    } catch (error) {
      invocation.reject(asError(error));
      return;
    }
    this.#inFlight += 1;
    const pool = this.#poolOf(invocation.request.functionName);
    const idle = pool.take();
    if (idle !== undefined) {
      idle.startWarm(invocation);
      return;
    }
    const id = newEnvironmentId(this.#environmentIds);
    const random = this.#host.random.stream(`environment ${id}`);
    const environment = new Environment(id, stored, random, this.#environmentHost, {
      released: () => {
        this.#inFlight -= 1;
        if (environment.isIdle) pool.putBack(environment);
      },
      gone: () => pool.remove(environment),
    });
    pool.add(environment);
    environment.startCold(invocation, createDurationMs(this.#times, stored.code.bytes, this.#placement));
  }

  #poolOf(functionName: string): EnvironmentPool {
    let pool = this.#pools.get(functionName);
    if (pool === undefined) {
      pool = new EnvironmentPool();
      this.#pools.set(functionName, pool);
    }
    return pool;
  }

  #outdate(functionName: string, change: 'code' | 'configuration' | 'deleted'): void {
    this.#pools.get(functionName)?.outdate(change === 'deleted' ? 'function-deleted' : `${change}-changed`);
  }
}
