/**
 * The account's concurrency: what is reserved and provisioned, what runs, and how fast functions may grow.
 * Source: Lambda guide, function scaling and quotas.
 */
import type { Clock } from '../../kernel/clock.ts';
import type { ThrottleReason } from '../../trace.ts';
import type { Limits } from '../limits.ts';
import {
  canGiveAway,
  requestRateRule,
  scalingRule,
  throttleReason,
  type AccountConcurrency,
} from '../policies/concurrency.ts';
import { TokenBucket, type BucketRule } from '../policies/token-bucket.ts';

export interface ConcurrencyHost {
  readonly clock: Clock;
  readonly limits: Limits;
  /** Concurrent executions of the whole account. */
  readonly limit: number;
}

/** One function's part of it. */
interface Load {
  reserved: number | undefined;
  /** Over all its versions and aliases. */
  provisioned: number;
  /** Requests in flight in environments that are not provisioned. */
  onDemand: number;
  growth: TokenBucket;
  requests: TokenBucket;
}

export class Concurrency {
  readonly #host: ConcurrencyHost;
  readonly #loads = new Map<string, Load>();
  readonly #growthRule: BucketRule;
  #unreservedInFlight = 0;
  /** Reserved, and provisioned outside of reservations. */
  #givenAway = 0;

  constructor(host: ConcurrencyHost) {
    this.#host = host;
    const { environments, perSeconds } = host.limits.scalingRate;
    this.#growthRule = scalingRule(environments, perSeconds);
  }

  /** The account's limit. */
  get limit(): number {
    return this.#host.limit;
  }

  /** What functions without reserved concurrency share. */
  get unreserved(): number {
    return this.#host.limit - this.#givenAway;
  }

  reservedOf(name: string): number | undefined {
    return this.#loads.get(name)?.reserved;
  }

  /** Sum over the function's versions and aliases. */
  provisionedOf(name: string): number {
    return this.#loads.get(name)?.provisioned ?? 0;
  }

  /** Requests in flight in environments that are not provisioned. */
  onDemandOf(name: string): number {
    return this.#loads.get(name)?.onDemand ?? 0;
  }

  /** What of the account can still be given away; `without` leaves out what that function has reserved. */
  account(without?: string): AccountConcurrency {
    const { limit, limits } = this.#host;
    const load = without === undefined ? undefined : this.#loads.get(without);
    const own = load === undefined ? 0 : claim(load);
    return { limit, leastUnreserved: limits.leastUnreserved, givenAway: this.#givenAway - own };
  }

  canReserve(name: string, concurrency: number): boolean {
    return canGiveAway(concurrency, this.account(name));
  }

  /** Whether a function without reserved concurrency can have that much more provisioned. */
  canProvision(more: number): boolean {
    return canGiveAway(more, this.account());
  }

  /** `undefined` takes the reservation back. */
  reserve(name: string, concurrency: number | undefined): void {
    this.#change(this.#loadOf(name), (load) => (load.reserved = concurrency));
  }

  /** `more` may be negative. */
  provision(name: string, more: number): void {
    this.#change(this.#loadOf(name), (load) => (load.provisioned += more));
  }

  /** One more synchronous request of the function, before anything else is looked at. */
  admitRequest(name: string): ThrottleReason | undefined {
    const load = this.#loadOf(name);
    const { limits, clock } = this.#host;
    const { reserved } = load;
    // Nothing is left to count for a function that is switched off.
    if (reserved === 0) return undefined;
    const rule = requestRateRule(reserved ?? this.unreserved, limits.requestsPerConcurrency);
    if (load.requests.take(clock.now, rule)) return undefined;
    return reserved === undefined
      ? 'FunctionInvocationRateLimitExceeded'
      : 'ReservedFunctionInvocationRateLimitExceeded';
  }

  /** Whether one more request of the function may run on demand. */
  admitOnDemand(name: string): ThrottleReason | undefined {
    const { reserved, provisioned, onDemand } = this.#loadOf(name);
    return throttleReason({
      unreservedInFlight: this.#unreservedInFlight,
      unreservedLimit: this.unreserved,
      ...(reserved === undefined ? {} : { reserved: { limit: reserved - provisioned, inFlight: onDemand } }),
    });
  }

  /** Whether the function may have one more environment now. */
  admitEnvironment(name: string): ThrottleReason | undefined {
    const hasAllowance = this.#loadOf(name).growth.take(this.#host.clock.now, this.#growthRule);
    return hasAllowance ? undefined : 'ConcurrentInvocationLimitExceeded';
  }

  /** A request began to run on demand. */
  enter(name: string): void {
    this.#count(name, 1);
  }

  /** It is over. */
  leave(name: string): void {
    this.#count(name, -1);
  }

  #count(name: string, more: number): void {
    const load = this.#loadOf(name);
    load.onDemand += more;
    if (load.reserved === undefined) this.#unreservedInFlight += more;
  }

  #change(load: Load, change: (load: Load) => void): void {
    this.#givenAway -= claim(load);
    if (load.reserved === undefined) this.#unreservedInFlight -= load.onDemand;
    change(load);
    this.#givenAway += claim(load);
    if (load.reserved === undefined) this.#unreservedInFlight += load.onDemand;
  }

  #loadOf(name: string): Load {
    let load = this.#loads.get(name);
    if (load === undefined) {
      const { clock, limits } = this.#host;
      const rate = requestRateRule(this.unreserved, limits.requestsPerConcurrency);
      load = {
        reserved: undefined,
        provisioned: 0,
        onDemand: 0,
        growth: new TokenBucket(this.#growthRule, clock.now),
        requests: new TokenBucket(rate, clock.now),
      };
      this.#loads.set(name, load);
    }
    return load;
  }
}

/** What one function takes out of the account's pool. */
function claim({ reserved, provisioned }: Load): number {
  return reserved ?? provisioned;
}
