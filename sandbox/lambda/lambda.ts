/** The Lambda service of one account: its API as promises, and its doors for other services. */
import type { FileTree } from '../runtime/contract.ts';
import type { Facts } from '../facts.ts';
import type { VirtualClock } from '../kernel/clock.ts';
import { asError, type Pump } from '../kernel/pump.ts';
import type { Random } from '../kernel/random.ts';
import type { Caller, Deliveries, FunctionInvoker, Service } from '../services/service.ts';
import type { InvokeRequest, InvokeResponse, SynchronousInvokeResponse } from './api.types.ts';
import type { CreateProcess } from './environment-process.ts';
import type { MappedFunction } from './event-source-mappings/mapping-host.ts';
import { invokeResponse } from './invocation.ts';
import type { CheckedInvocation } from './invoker.ts';
import { createParts } from './lambda-parts.ts';
import { ManagementApi } from './management-api.ts';
import type { Location } from './names.ts';
import type { FunctionUrlTarget } from './permissions/function-urls.ts';
import type { PolicyDocument } from './permissions/statements.ts';
import { lambdaService } from './sdk-service.ts';
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
  /** The account's limit; AWS's default when absent. */
  readonly concurrentExecutions?: number;
}

const owner: Caller = { kind: 'account' };

export class Lambda extends ManagementApi {
  readonly #host: LambdaHost;
  readonly #pump: Pump;
  #deliveries: Deliveries | undefined;

  constructor(host: LambdaHost) {
    super(
      createParts(host, () => this.#deliveries),
      host.ready,
    );
    this.#host = host;
    this.#pump = host.pump;
  }

  /** How other services reach functions. */
  get invoker(): FunctionInvoker {
    return this.parts.invoker;
  }

  /** Resolves when the simulator can run new code of such files: libraries are loaded, a retired engine is replaced. */
  async prepare(files: FileTree = {}): Promise<void> {
    await this.#host.ready(files);
  }

  /** What SDK clients of the account call: the same operations as here, by their API names, in one step. */
  get service(): Service {
    return lambdaService(this.parts);
  }

  /** Gives Lambda its neighbours: where destinations and dead-letter queues are. */
  connect({ deliveries }: { readonly deliveries: Deliveries }): void {
    this.#deliveries = deliveries;
  }

  /** The function behind the host name of a function URL. */
  functionUrlAt(hostName: string): FunctionUrlTarget | undefined {
    return this.parts.functionUrls.at(hostName);
  }

  /** Whether the resource-based policy lets everybody call the URL. */
  letsEverybodyIn({ pointer }: FunctionUrlTarget): boolean {
    return this.parts.permissions.letsEverybodyIn(pointer);
  }

  /** The resource-based policy of a function, version or alias, if it has one. Throws when the function is unknown. */
  policyOf(functionArn: string): PolicyDocument | undefined {
    return this.parts.permissions.document(this.parts.directory.point(functionArn));
  }

  /**
   * What event source mappings know of a function, version or alias.
   * @throws {ServiceError} ResourceNotFoundException
   */
  mappedFunction(nameOrArn: string): MappedFunction {
    const { directory } = this.parts;
    const pointer = directory.point(nameOrArn);
    const { FunctionName: name, Timeout: timeoutSeconds, Role: roleArn } = directory.version(pointer).configuration;
    return { name, arn: directory.arn(pointer), timeoutSeconds, roleArn };
  }

  /** Asynchronous events that have not ended. */
  get queuedEvents(): number {
    return this.parts.invoker.queuedEvents;
  }

  /**
   * Invokes a function at the present virtual time. Invocations started in the same turn arrive at the same moment
   * and run concurrently. The promise settles when the invocation is reported, and virtual time is then that moment;
   * that of an asynchronous one settles when it is accepted, and virtual time stands still.
   * Function errors resolve, with `FunctionError`; refused requests reject with a `ServiceError`.
   */
  invoke(request: InvokeRequest & { readonly InvocationType?: 'RequestResponse' }): Promise<SynchronousInvokeResponse>;
  invoke(request: InvokeRequest): Promise<InvokeResponse>;
  // Not an async function: it would hand the answer on some microtasks late, and the pump waits for one.
  invoke(request: InvokeRequest): Promise<InvokeResponse> {
    try {
      const checked = this.parts.invoker.check(request, owner);
      if (request.InvocationType === 'DryRun') return Promise.resolve({ StatusCode: 204, Payload: '' });
      const ready = this.#host.ready(this.parts.directory.version(checked.pointer).code.files);
      if (ready === undefined) return this.#send(checked);
      return ready.then(() => this.#send(checked));
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  /** Ends all processes; whoever waits for an answer gets `reason`. */
  dispose(reason: Error): void {
    const { invoker, provisioned, placement } = this.parts;
    this.#pump.stop(reason);
    invoker.dispose();
    provisioned.dispose();
    placement.dispose();
  }

  #send(checked: CheckedInvocation): Promise<InvokeResponse> {
    const { invoker, limits } = this.parts;
    const invocation = invoker.identify(checked);
    if (checked.isEvent) {
      invoker.enqueue(invocation);
      const { requestId } = invocation.request;
      return Promise.resolve({ StatusCode: 202, Payload: '', $metadata: { requestId } });
    }
    const tailBytes = checked.tail ? limits.logTailBytes : undefined;
    return this.#pump.wait<SynchronousInvokeResponse>((resolve, reject) => {
      invoker.send(invocation, { reported: (report) => resolve(invokeResponse(report, tailBytes)) }, reject);
    });
  }
}
