/** How requests reach functions: from the Invoke API, from services, and from the queue of asynchronous events. */
import { factNumber, type Facts } from '../facts.ts';
import { roundToMicroseconds, type Clock } from '../kernel/clock.ts';
import { newUuid } from '../kernel/ids.ts';
import { asError } from '../kernel/pump.ts';
import type { Random } from '../kernel/random.ts';
import type { Caller, FunctionInvoker, InvokeOutcome } from '../services/service.ts';
import type { ThrottleReason } from '../trace.ts';
import type { FunctionConfiguration, InvokeRequest } from './api.types.ts';
import type { Aftermath } from './asynchronous/aftermath.ts';
import type { EventInvokeConfigs } from './asynchronous/event-invoke-configs.ts';
import { EventQueue, type AttemptOutcome, type QueuedEvent } from './asynchronous/event-queue.ts';
import type { Concurrency } from './concurrency/concurrency.ts';
import { serviceError, throttled } from './errors.ts';
import type { FunctionDirectory, FunctionPointer } from './function-directory.ts';
import { Invocation, type InvocationListener, type InvocationRequestData } from './invocation.ts';
import { checkInvokeRequest, type CheckedInvokeRequest } from './invoke-request.ts';
import type { Limits } from './limits.ts';
import { functionArn, type Location } from './names.ts';
import type { Permissions } from './permissions/permissions.ts';
import type { Placement } from './placement.ts';
import { chainTrace } from './recursion/lineage.ts';
import type { Surroundings } from './surroundings.ts';
import type { TraceWriter } from './trace-writer.ts';
import { isSampled, mayTrace, Sampler, withDecision } from './tracing.ts';

export interface InvokerHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  readonly permissions: Permissions;
  readonly concurrency: Concurrency;
  readonly placement: Placement;
  readonly eventInvokeConfigs: EventInvokeConfigs;
  readonly aftermath: Aftermath;
  readonly surroundings?: Surroundings;
}

/** A request that may be sent: the function exists, the caller may invoke it, and the request is well formed. */
export interface CheckedInvocation extends CheckedInvokeRequest {
  readonly pointer: FunctionPointer;
  readonly caller: Caller;
}

/** The same with its ids. */
export interface IdentifiedInvocation {
  readonly request: InvocationRequestData;
  readonly qualifier: string | undefined;
  /** Nobody before it has decided whether it is recorded: with it a trace begins. */
  readonly beginsTrace: boolean;
  /** How often the chain of requests that it belongs to has invoked the function already. */
  readonly chained: number;
}

export class Invoker implements FunctionInvoker {
  readonly #host: InvokerHost;
  readonly #ids: Random;
  readonly #queue: EventQueue;
  readonly #sampler: Sampler;

  constructor(host: InvokerHost) {
    const { clock, trace, facts, aftermath } = host;
    const minutes = (path: string): number => factNumber(facts, 'async-backoff', path) * 60_000;
    const backoff = (path: string): number => factNumber(facts, 'async-throttle-retry', path) * 1000;
    this.#host = host;
    this.#ids = host.random.stream('request ids');
    this.#sampler = new Sampler(facts, host.random.stream('xray sampling'));
    this.#queue = new EventQueue({
      clock,
      trace,
      times: {
        functionErrorMs: [minutes('first'), minutes('second')],
        backoffFirstMs: backoff('firstSeconds'),
        backoffLastMs: backoff('lastSeconds'),
      },
      settingsOf: (event) => this.#settingsOf(event),
      attempt: (event, listener) => this.#attempt(event, listener),
      ended: (ended) => aftermath.of(ended),
    });
  }

  /** Asynchronous events that have not ended. */
  get queuedEvents(): number {
    return this.#queue.size;
  }

  /** @throws {ServiceError} as the API refuses the request */
  check(request: InvokeRequest, caller: Caller): CheckedInvocation {
    const { directory, permissions, limits, facts } = this.#host;
    const pointer = directory.point(request.FunctionName, request.Qualifier);
    const { State } = directory.version(pointer).configuration;
    if (State === 'Pending') throw serviceError(facts, 'err-function-pending', {}, 'invoke');
    permissions.checkInvoke(pointer, caller);
    return { ...checkInvokeRequest(request, limits, facts), pointer, caller };
  }

  /** Gives a checked request its ids. */
  identify({
    pointer,
    caller,
    payload,
    payloadBytes,
    clientContext,
    isEvent,
  }: CheckedInvocation): IdentifiedInvocation {
    const { clock, location, directory } = this.#host;
    const { name } = pointer.record;
    const requestId = newUuid(this.#ids);
    const cause = caller.kind === 'account' ? undefined : caller.traceId;
    const chain = chainTrace(cause, functionArn(location, { name }), this.#ids, clock.now);
    const { configuration } = directory.version(pointer);
    const traceId = withDecision(chain.traceId, chain.decided, configuration, this.#sampler, clock.now);
    const { invocations, parentId } = chain;
    const invokedFunctionArn = directory.arn(pointer);
    return {
      qualifier: pointer.qualifier,
      chained: invocations,
      beginsTrace: chain.decided === undefined,
      request: {
        requestId,
        traceId,
        ...(parentId === undefined ? {} : { parentId }),
        functionName: name,
        payload,
        payloadBytes,
        invokedFunctionArn,
        clientContext,
        isEvent,
      },
    };
  }

  /** Sends a request that somebody waits for. It arrives in this virtual moment, after what is due before it. */
  send(invocation: IdentifiedInvocation, listener: InvocationListener, refused: (error: Error) => void): void {
    const { clock, facts } = this.#host;
    const { request, qualifier } = invocation;
    clock.schedule(clock.now, () => {
      this.#arrived(invocation);
      if (this.#isStopped(invocation)) {
        refused(serviceError(facts, 'err-recursive', {}));
        return;
      }
      let reason: ThrottleReason | undefined;
      try {
        reason = this.#place(request, qualifier, listener);
      } catch (error) {
        refused(asError(error));
        return;
      }
      if (reason !== undefined) refused(throttled(facts, reason, request.requestId));
    });
  }

  /** Hands a request to the queue. */
  enqueue(invocation: IdentifiedInvocation): void {
    const { clock } = this.#host;
    clock.schedule(clock.now, () => {
      this.#arrived(invocation);
      const event: QueuedEvent = { ...invocation, acceptedAt: clock.now };
      if (this.#isStopped(invocation)) this.#queue.refuse(event, 'RecursiveInvocationException');
      else this.#queue.add(event);
    });
  }

  invokeAsync(arn: string, payload: string, caller: Caller): void {
    const request: InvokeRequest = { FunctionName: arn, InvocationType: 'Event', Payload: payload };
    this.enqueue(this.identify(this.check(request, caller)));
  }

  invokeSync(
    arn: string,
    payload: string,
    caller: Caller,
    done: (outcome: InvokeOutcome) => void,
    accepted?: (requestId: string) => void,
  ): void {
    const { clock } = this.#host;
    // Later in the same moment: the caller's next step must not run in the middle of the environment's own.
    const finish = (outcome: InvokeOutcome): void => {
      clock.schedule(clock.now, () => done(outcome));
    };
    try {
      const invocation = this.identify(this.check({ FunctionName: arn, Payload: payload }, caller));
      const arrivedAt = clock.now;
      const { requestId } = invocation.request;
      accepted?.(requestId);
      const listener: InvocationListener = {
        answered: ({ payload: answer, functionError, stream }, executedVersion) => {
          const durationMs = roundToMicroseconds(clock.now - arrivedAt);
          const streamed = stream === undefined ? {} : { stream };
          finish({ ok: true, requestId, functionError, payload: answer, executedVersion, durationMs, ...streamed });
        },
      };
      this.send(invocation, listener, (error) => finish({ ok: false, error }));
    } catch (error) {
      finish({ ok: false, error: asError(error) });
    }
  }

  dispose(): void {
    this.#queue.dispose();
  }

  #arrived({ request, qualifier, beginsTrace }: IdentifiedInvocation): void {
    const { clock, trace } = this.#host;
    const { requestId, functionName, payloadBytes, isEvent, traceId, parentId } = request;
    const parent = parentId === undefined ? {} : { parentId };
    const traced = this.#tracedAs(functionName, qualifier, traceId);
    trace.emit({
      type: 'requestArrived',
      time: clock.now,
      requestId,
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      invocationType: isEvent ? 'Event' : 'RequestResponse',
      payloadBytes,
      ...(traced === undefined ? {} : { tracing: { header: traceId, ...parent } }),
    });
    if (traced === undefined || !beginsTrace) return;
    const [architecture] = traced.Architectures;
    const usage = { meter: 'traces', quantity: 1 } as const;
    trace.emit({ type: 'usageMetered', time: clock.now, functionName, requestId, architecture, ...usage });
  }

  /** What is recorded of the request is of this version; undefined when nothing is, or its role may not write it. */
  #tracedAs(FunctionName: string, qualifier: string | undefined, traceId: string): FunctionConfiguration | undefined {
    if (!isSampled(traceId)) return undefined;
    const { directory, surroundings } = this.#host;
    const { configuration } = directory.version(directory.point(FunctionName, qualifier));
    return mayTrace(configuration.Role, surroundings) ? configuration : undefined;
  }

  /** Whether the chain of requests has come back to the function too often. */
  #isStopped({ request, chained }: IdentifiedInvocation): boolean {
    if (chained === 0) return false;
    const { clock, trace, facts, directory } = this.#host;
    const { requestId, functionName } = request;
    if (chained < factNumber(facts, 'recursive-loop-detection')) return false;
    if (directory.get(functionName)?.recursiveLoop === 'Allow') return false;
    trace.emit({ type: 'recursionStopped', time: clock.now, functionName, requestId, invocations: chained });
    return true;
  }

  #settingsOf({ request, qualifier }: QueuedEvent): ReturnType<EventInvokeConfigs['of']> {
    const { directory, eventInvokeConfigs } = this.#host;
    return eventInvokeConfigs.of(directory.get(request.functionName), qualifier);
  }

  #attempt({ request, qualifier }: QueuedEvent, listener: InvocationListener): AttemptOutcome {
    if (this.#host.concurrency.reservedOf(request.functionName) === 0) {
      return { kind: 'refused', condition: 'ZeroReservedConcurrency' };
    }
    try {
      return { kind: this.#place(request, qualifier, listener) === undefined ? 'placed' : 'throttled' };
    } catch {
      return { kind: 'refused', condition: 'FunctionDeleted' };
    }
  }

  /** @throws {ServiceError} when the function or its version is gone */
  #place(
    request: InvocationRequestData,
    qualifier: string | undefined,
    listener: InvocationListener,
  ): ThrottleReason | undefined {
    const { clock, trace, directory, placement } = this.#host;
    const { requestId, functionName } = request;
    const record = directory.get(functionName);
    const stored = directory.route(record === undefined ? directory.point(functionName) : { record, qualifier });
    const reason = placement.place(new Invocation(request, listener), stored);
    if (reason !== undefined)
      trace.emit({ type: 'requestThrottled', time: clock.now, requestId, functionName, reason });
    return reason;
  }
}
