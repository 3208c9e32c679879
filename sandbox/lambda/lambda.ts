/** The Lambda service of one account: its API, and where requests meet execution environments. */
import type { FileTree } from '../runtime/contract.ts';
import type { Facts } from '../facts.ts';
import type { VirtualClock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionInvoker } from '../services/service.ts';
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
import type { CreateProcess } from './environment-process.ts';
import { Functions } from './functions.ts';
import { invokeResponse } from './invocation.ts';
import { checkQualifier, type CheckedInvokeRequest } from './invoke-request.ts';
import { Invoker } from './invoker.ts';
import { readLimits, type Limits } from './limits.ts';
import type { Location } from './names.ts';
import { Placement } from './placement.ts';
import { asError, Pump } from './pump.ts';
import type { TraceWriter } from './trace-writer.ts';

export interface LambdaHost {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly facts: Facts;
  readonly location: Location;
  readonly trace: TraceWriter;
  readonly createProcess: CreateProcess;
  /** A promise when processes cannot be made yet. */
  readonly ready: (code: FileTree) => Promise<void> | undefined;
}

export class Lambda {
  readonly #host: LambdaHost;
  readonly #limits: Limits;
  readonly #functions: Functions;
  readonly #placement: Placement;
  readonly #invoker: Invoker;
  readonly #pump: Pump;

  constructor(host: LambdaHost) {
    const { clock, random, facts, location, trace, createProcess } = host;
    const limits = readLimits(facts);
    this.#host = host;
    this.#limits = limits;
    this.#pump = new Pump(clock);
    const placement = new Placement({ clock, trace, facts, limits, location, createProcess, random });
    const functions = new Functions({
      clock,
      facts,
      limits,
      location,
      random: random.stream('revision ids'),
      trace,
      changed: (name, change) => placement.outdate(name, change),
    });
    this.#placement = placement;
    this.#functions = functions;
    this.#invoker = new Invoker({ clock, random, facts, limits, location, trace, functions, placement });
  }

  /** How other services reach functions. */
  get invoker(): FunctionInvoker {
    return this.#invoker;
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
      const { code } = this.#functions.find(request.FunctionName, request.Qualifier);
      const checked = this.#invoker.check(request);
      if (request.InvocationType === 'DryRun') return Promise.resolve({ StatusCode: 204, Payload: '' });
      const ready = this.#host.ready(code.files);
      if (ready === undefined) return this.#send(request, checked);
      return ready.then(() => this.#send(request, checked));
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  /** Ends all processes; whoever waits for an answer gets `reason`. */
  dispose(reason: Error): void {
    this.#pump.stop(reason);
    this.#invoker.dispose();
    this.#placement.dispose();
  }

  #send(request: InvokeRequest, checked: CheckedInvokeRequest): Promise<InvokeResponse> {
    const invocation = this.#invoker.identify(request, checked);
    if (request.InvocationType === 'Event') {
      this.#invoker.enqueue(invocation);
      const { requestId } = invocation.request;
      return Promise.resolve({ StatusCode: 202, Payload: '', $metadata: { requestId } });
    }
    const tailBytes = checked.tail ? this.#limits.logTailBytes : undefined;
    return this.#pump.wait<SynchronousInvokeResponse>((resolve, reject) => {
      this.#invoker.send(invocation, { reported: (report) => resolve(invokeResponse(report, tailBytes)) }, reject);
    });
  }
}
