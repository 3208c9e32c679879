/** How requests reach functions: from the Invoke API, from services, and from the queue of asynchronous events. */
import { factNumber, type Facts } from '../facts.ts';
import { roundToMicroseconds, type VirtualClock } from '../kernel/clock.ts';
import { newTraceId, newUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { Caller, FunctionInvoker, InvokeOutcome } from '../services/service.ts';
import type { ThrottleReason } from '../trace.ts';
import type { InvokeRequest } from './api.types.ts';
import { EventQueue, type AttemptOutcome, type QueuedEvent } from './asynchronous/event-queue.ts';
import { throttled } from './errors.ts';
import type { Functions } from './functions.ts';
import { Invocation, type InvocationListener, type InvocationRequestData } from './invocation.ts';
import { checkInvokeRequest, type CheckedInvokeRequest } from './invoke-request.ts';
import type { Limits } from './limits.ts';
import { functionArn, parseFunctionName, type Location } from './names.ts';
import type { Placement } from './placement.ts';
import type { TraceWriter } from './trace-writer.ts';

export interface InvokerHost {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  readonly trace: TraceWriter;
  readonly functions: Functions;
  readonly placement: Placement;
}

/** A request that may be sent: the function exists and the request is well formed. */
export interface CheckedInvocation {
  readonly request: InvocationRequestData;
  readonly qualifier: string | undefined;
}

export class Invoker implements FunctionInvoker {
  readonly #host: InvokerHost;
  readonly #ids: Random;
  readonly #queue: EventQueue;

  constructor(host: InvokerHost) {
    const { clock, trace, facts } = host;
    this.#host = host;
    this.#ids = host.random.stream('request ids');
    this.#queue = new EventQueue({
      clock,
      trace,
      times: {
        functionErrorMs: [
          factNumber(facts, 'async-backoff', 'first') * 60_000,
          factNumber(facts, 'async-backoff', 'second') * 60_000,
        ],
        backoffFirstMs: factNumber(facts, 'async-throttle-retry', 'firstSeconds') * 1000,
        backoffLastMs: factNumber(facts, 'async-throttle-retry', 'lastSeconds') * 1000,
      },
      settingsOf: () => ({
        maximumRetryAttempts: factNumber(facts, 'async-retries-2', 'default'),
        maximumEventAgeMs: factNumber(facts, 'async-event-age', 'default') * 1000,
      }),
      attempt: (event, listener) => this.#attempt(event, listener),
      ended: () => undefined,
    });
  }

  /** @throws {ServiceError} as the API refuses the request */
  check(request: InvokeRequest): CheckedInvokeRequest {
    const { functions, limits, facts } = this.#host;
    functions.find(request.FunctionName, request.Qualifier);
    return checkInvokeRequest(request, limits, facts);
  }

  /** Gives a checked request its ids. */
  identify(request: InvokeRequest, checked: CheckedInvokeRequest): CheckedInvocation {
    const { clock, location } = this.#host;
    const reference = parseFunctionName(request.FunctionName, location);
    const name = reference?.name ?? request.FunctionName;
    const qualifier = request.Qualifier ?? reference?.qualifier;
    return {
      qualifier,
      request: {
        requestId: newUuid(this.#ids),
        traceId: newTraceId(this.#ids, clock.now),
        functionName: name,
        payload: checked.payload,
        payloadBytes: checked.payloadBytes,
        invokedFunctionArn: functionArn(location, qualifier === undefined ? { name } : { name, qualifier }),
        clientContext: checked.clientContext,
      },
    };
  }

  /** Sends a request that somebody waits for. It arrives in this virtual moment, after what is due before it. */
  send(checked: CheckedInvocation, listener: InvocationListener, refused: (error: Error) => void): void {
    const { clock, facts } = this.#host;
    const { request, qualifier } = checked;
    clock.schedule(clock.now, () => {
      this.#arrived(checked, 'RequestResponse');
      let reason: ThrottleReason | undefined;
      try {
        reason = this.#place(request, qualifier, listener);
      } catch (error) {
        refused(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (reason !== undefined) refused(throttled(facts, reason, request.requestId));
    });
  }

  /** Hands a request to the queue. */
  enqueue(checked: CheckedInvocation): void {
    const { clock } = this.#host;
    const { request, qualifier } = checked;
    clock.schedule(clock.now, () => {
      this.#arrived(checked, 'Event');
      this.#queue.add({ request, qualifier, acceptedAt: clock.now });
    });
  }

  invokeAsync(arn: string, payload: string, _caller: Caller): void {
    const request: InvokeRequest = { FunctionName: arn, InvocationType: 'Event', Payload: payload };
    this.enqueue(this.identify(request, this.check(request)));
  }

  invokeSync(arn: string, payload: string, _caller: Caller, done: (outcome: InvokeOutcome) => void): void {
    const { clock } = this.#host;
    const finish = (outcome: InvokeOutcome): void => {
      clock.schedule(clock.now, () => done(outcome));
    };
    try {
      const request: InvokeRequest = { FunctionName: arn, Payload: payload };
      const checked = this.identify(request, this.check(request));
      const arrivedAt = clock.now;
      const { requestId } = checked.request;
      this.send(
        checked,
        {
          answered: ({ payload: answer, functionError }, executedVersion) => {
            const durationMs = roundToMicroseconds(clock.now - arrivedAt);
            finish({ ok: true, requestId, functionError, payload: answer, executedVersion, durationMs });
          },
        },
        (error) => finish({ ok: false, error }),
      );
    } catch (error) {
      finish({ ok: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  dispose(): void {
    this.#queue.dispose();
  }

  #arrived({ request, qualifier }: CheckedInvocation, invocationType: 'RequestResponse' | 'Event'): void {
    const { clock, trace } = this.#host;
    const { requestId, functionName, payloadBytes } = request;
    trace.emit({
      type: 'requestArrived',
      time: clock.now,
      requestId,
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      invocationType,
      payloadBytes,
    });
  }

  #attempt({ request, qualifier }: QueuedEvent, listener: InvocationListener): AttemptOutcome {
    try {
      const reason = this.#place(request, qualifier, listener);
      return reason === undefined ? { kind: 'placed' } : { kind: 'throttled', reason };
    } catch {
      return { kind: 'function-deleted' };
    }
  }

  /** @throws {ServiceError} when the function is gone */
  #place(
    request: InvocationRequestData,
    qualifier: string | undefined,
    listener: InvocationListener,
  ): ThrottleReason | undefined {
    const { clock, trace, functions, placement } = this.#host;
    const { requestId, functionName } = request;
    const stored = functions.find(functionName, qualifier);
    const reason = placement.place(new Invocation(request, listener), stored);
    if (reason !== undefined)
      trace.emit({ type: 'requestThrottled', time: clock.now, requestId, functionName, reason });
    return reason;
  }
}
