/**
 * Lambda's own metrics, read from the trace as it is written. Source: Lambda guide, types of metrics for functions. An
 * outcome is counted in the minute in which its invocation began, as AWS does.
 */
import type { RequestPlaced, TraceEvent } from '../../trace.ts';
import type { Dimensions } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import { ProvisionedGauges } from './provisioned-gauges.ts';

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
  /** Of the environment that serves it. */
  placedVersion?: string;
}

export class LambdaMetrics {
  readonly #store: MetricStore;
  readonly #open = new Map<string, Open>();
  /** Requests being worked on, by function; `''` for all. */
  readonly #inFlight = new Map<string, number>();
  readonly #provisioned: ProvisionedGauges;
  /** Versions of environments. */
  readonly #versions = new Map<string, string>();

  constructor(store: MetricStore) {
    this.#store = store;
    this.#provisioned = new ProvisionedGauges(store, namespace);
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
      case 'environmentCreated':
        this.#versions.set(event.environmentId, event.version);
        break;
      case 'environmentGone':
        this.#versions.delete(event.environmentId);
        break;
      case 'requestPlaced':
        this.#placed(event);
        break;
      case 'provisionedConcurrencyChanged':
        this.#provisioned.configure(event);
        break;
      case 'provisionedConcurrencySpilled':
        this.#ofEvent('ProvisionedConcurrencySpilloverInvocations', event);
        break;
      case 'batchStarted':
        if (event.iteratorAgeMs !== undefined) {
          const of = { functionName: event.functionName, qualifier: undefined };
          this.#value('IteratorAge', 'Milliseconds', of, event.time, event.iteratorAgeMs);
        }
        break;
      case 'recordsDiscarded':
        if (event.deliveryError !== undefined) {
          const of = { functionName: event.functionName, qualifier: undefined };
          this.#count('DestinationDeliveryFailures', of, event.time, 1);
        }
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

  #placed({ requestId, time, environmentId, start }: RequestPlaced): void {
    const open = this.#open.get(requestId);
    if (open === undefined) return;
    open.placed = true;
    open.provisioned = start === 'provisioned';
    open.placedVersion = this.#versions.get(environmentId) ?? '$LATEST';
    this.#changeInFlight(open.functionName, time, 1);
    if (open.provisioned) this.#provisioned.change(open.functionName, resourcesOf(open), time, 1);
  }

  #reported(requestId: string, time: number, durationMs: number, endedByPlatform: boolean): void {
    const open = this.#open.get(requestId);
    if (open === undefined) return;
    const at = open.startedAt ?? time;
    this.#count('Invocations', open, at, 1);
    this.#count('Errors', open, at, open.failed === true || endedByPlatform ? 1 : 0);
    this.#value('Duration', 'Milliseconds', open, at, durationMs);
    if (open.provisioned === true) {
      this.#count('ProvisionedConcurrencyInvocations', open, at, 1);
      this.#provisioned.change(open.functionName, resourcesOf(open), time, -1);
    }
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

/** The version that serves a request, and the alias by which it came. */
function resourcesOf({ qualifier, placedVersion = '$LATEST' }: Open): readonly string[] {
  return qualifier === undefined || qualifier === placedVersion ? [placedVersion] : [placedVersion, qualifier];
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
