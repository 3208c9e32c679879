/**
 * How busy provisioned environments are: their number at work, and the share of those that are there. Source: Lambda
 * guide, types of metrics for functions.
 */
import type { ProvisionedConcurrencyChanged } from '../../trace.ts';
import type { Dimensions } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

export class ProvisionedGauges {
  readonly #store: MetricStore;
  readonly #namespace: string;
  /** At work, by function and version or alias. */
  readonly #busy = new Map<string, number>();
  /** What is ready, by function and the version or alias that it is configured on. */
  readonly #ready = new Map<string, number>();

  constructor(store: MetricStore, namespace: string) {
    this.#store = store;
    this.#namespace = namespace;
  }

  configure({ functionName, qualifier, requested, status, time }: ProvisionedConcurrencyChanged): void {
    const resource = `${functionName}:${qualifier}`;
    if (status === 'READY') this.#ready.set(resource, requested);
    else if (status === 'DELETED') this.#ready.delete(resource);
    if (status === 'READY') this.#tell(functionName, resource, time);
  }

  /** A provisioned environment begins (1) or ends (-1) to work; `qualifiers` are its version, and the alias if any. */
  change(functionName: string, qualifiers: readonly string[], time: number, by: 1 | -1): void {
    const all = (this.#busy.get(functionName) ?? 0) + by;
    this.#busy.set(functionName, all);
    this.#set('ProvisionedConcurrentExecutions', 'Count', { FunctionName: functionName }, time, all);
    for (const qualifier of qualifiers) {
      const resource = `${functionName}:${qualifier}`;
      this.#busy.set(resource, (this.#busy.get(resource) ?? 0) + by);
      this.#tell(functionName, resource, time);
    }
  }

  #tell(functionName: string, resource: string, time: number): void {
    const busy = this.#busy.get(resource) ?? 0;
    const ready = this.#ready.get(resource);
    const dimensions: Dimensions = { FunctionName: functionName, Resource: resource };
    this.#set('ProvisionedConcurrentExecutions', 'Count', dimensions, time, busy);
    if (ready !== undefined) this.#set('ProvisionedConcurrencyUtilization', 'None', dimensions, time, busy / ready);
  }

  #set(name: string, unit: string, dimensions: Dimensions, time: number, value: number): void {
    this.#store.set({ namespace: this.#namespace, name, dimensions }, unit, time, value);
  }
}
