/**
 * Lambda's own metrics, read from the trace as it is written. Source: Lambda guide, types of metrics for functions. An
 * outcome is counted in the minute in which its invocation began, as AWS does.
 */
import type { TraceEvent } from '../../trace.ts';
import type { Dimensions } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

const namespace = 'AWS/Lambda';

/** A request that has arrived, until it is reported or refused. */
interface Open {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly asynchronous: boolean;
  readonly arrivedAt: number;
  version?: string;
  /** When it was handed to the runtime. */
  startedAt?: number;
  failed?: boolean;
  placed?: boolean;
  provisioned?: boolean;
}

export class LambdaMetrics {
  readonly #store: MetricStore;
  readonly #open = new Map<string, Open>();
  /** Requests being worked on, by function; `''` for all. */
  readonly #inFlight = new Map<string, number>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  read(event: TraceEvent): void {
    switch (event.type) {
      case 'requestArrived': {
        const { requestId, functionName, qualifier, invocationType, time } = event;
        const asynchronous = invocationType === 'Event';
        const open = { functionName, qualifier, asynchronous, arrivedAt: time };
        this.#open.set(requestId, open);
        if (asynchronous) this.#count('AsyncEventsReceived', open, time, 1);
        break;
      }
      case 'requestPlaced':
        this.#placed(event.requestId, event.time, event.start === 'provisioned');
        break;
      case 'requestThrottled': {
        const open = this.#open.get(event.requestId);
        if (open === undefined) break;
        this.#count('Throttles', open, event.time, 1);
        if (!open.asynchronous) this.#open.delete(event.requestId);
        break;
      }
      case 'invocationStarted': {
        const open = this.#open.get(event.requestId);
        if (open === undefined) break;
        open.version = event.version;
        open.startedAt = event.time;
        open.failed = false;
        if (open.asynchronous)
          this.#value('AsyncEventAge', 'Milliseconds', open, event.time, event.time - open.arrivedAt);
        break;
      }
      case 'responseSent': {
        const open = this.#open.get(event.requestId);
        if (open !== undefined) open.failed = event.functionError !== undefined;
        break;
      }
      case 'invocationReported':
        this.#reported(event.requestId, event.time, event.durationMs, event.status !== undefined);
        break;
      case 'eventDropped':
        this.#ofEvent('AsyncEventsDropped', event);
        break;
      case 'eventDeliveryFailed':
        this.#ofEvent(event.to === 'dead-letter-queue' ? 'DeadLetterErrors' : 'DestinationDeliveryFailures', event);
        break;
      case 'eventEnded':
        this.#open.delete(event.requestId);
        break;
      default:
    }
  }

  #placed(requestId: string, time: number, provisioned: boolean): void {
    const open = this.#open.get(requestId);
    if (open === undefined) return;
    open.placed = true;
    open.provisioned = provisioned;
    this.#changeInFlight(open.functionName, time, 1);
  }

  #reported(requestId: string, time: number, durationMs: number, endedByPlatform: boolean): void {
    const open = this.#open.get(requestId);
    if (open === undefined) return;
    const at = open.startedAt ?? time;
    this.#count('Invocations', open, at, 1);
    this.#count('Errors', open, at, open.failed === true || endedByPlatform ? 1 : 0);
    this.#value('Duration', 'Milliseconds', open, at, durationMs);
    if (open.provisioned === true) this.#count('ProvisionedConcurrencyInvocations', open, at, 1);
    this.#changeInFlight(open.functionName, time, -1);
    open.placed = false;
    // An asynchronous event may come again with the same request ID.
    if (!open.asynchronous) this.#open.delete(requestId);
  }

  #changeInFlight(functionName: string, time: number, by: 1 | -1): void {
    for (const key of ['', functionName]) {
      const value = (this.#inFlight.get(key) ?? 0) + by;
      this.#inFlight.set(key, value);
      const dimensions: Dimensions = key === '' ? {} : { FunctionName: key };
      this.#store.set({ namespace, name: 'ConcurrentExecutions', dimensions }, 'Count', time, value);
    }
  }

  #ofEvent(
    name: string,
    event: { readonly functionName: string; readonly requestId: string; readonly time: number },
  ): void {
    const { functionName, time, requestId } = event;
    const open = this.#open.get(requestId) ?? { functionName, qualifier: undefined };
    this.#count(name, open, time, 1);
  }

  #count(name: string, of: Pick<Open, 'functionName' | 'qualifier' | 'version'>, time: number, value: number): void {
    this.#value(name, 'Count', of, time, value);
  }

  #value(
    name: string,
    unit: string,
    of: Pick<Open, 'functionName' | 'qualifier' | 'version'>,
    time: number,
    value: number,
  ): void {
    for (const dimensions of dimensionSets(of)) this.#store.add({ namespace, name, dimensions }, unit, time, value);
  }
}

/** All functions, the function, the version or alias that was asked for, and what an alias resolved to. */
function dimensionSets({
  functionName,
  qualifier,
  version,
}: Pick<Open, 'functionName' | 'qualifier' | 'version'>): readonly Dimensions[] {
  const resource = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  const ofFunction = { FunctionName: functionName };
  const sets: Dimensions[] = [{}, ofFunction, { ...ofFunction, Resource: resource }];
  const isAlias = qualifier !== undefined && !/^(\$LATEST|\d+)$/.test(qualifier);
  if (isAlias && version !== undefined) sets.push({ ...ofFunction, Resource: resource, ExecutedVersion: version });
  return sets;
}
