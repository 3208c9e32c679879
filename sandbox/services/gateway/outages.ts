/** Failures that were asked for: the next calls that functions make of an operation are answered with a server error. */
import { factNumber, factValue, type Facts } from '../../facts.ts';
import { ApiError } from '../service.ts';

export interface Outage {
  /** As SDK packages name it: `dynamodb`. */
  readonly service: string;
  /** `UpdateItem` */
  readonly operation: string;
  /** So many calls; an SDK client tries a call several times before it gives up. */
  readonly times: number;
}

export class Outages {
  readonly #facts: Facts;
  /** Calls that are still to fail, by `service operation`. */
  readonly #left = new Map<string, number>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** From now on; a second outage of the same operation adds to the first. */
  begin({ service, operation, times }: Outage): void {
    const key = `${service} ${operation}`;
    this.#left.set(key, (this.#left.get(key) ?? 0) + times);
  }

  /** The error that this call is answered with, if it is one of those that fail. */
  next({ service, operation }: Pick<Outage, 'service' | 'operation'>): ApiError | undefined {
    const key = `${service} ${operation}`;
    const left = this.#left.get(key) ?? 0;
    if (left === 0) return undefined;
    this.#left.set(key, left - 1);
    const names = factValue(this.#facts, 'err-internal', 'names') as Readonly<Record<string, string>>;
    const message = factValue(this.#facts, 'err-internal', 'message') as string;
    return new ApiError(
      names[service] ?? names['other'] ?? '',
      factNumber(this.#facts, 'err-internal', 'status'),
      message,
    );
  }
}
