/** Whether there is room for one more request. Concurrency is the number of requests in flight. */
import type { ThrottleReason } from '../../trace.ts';
import type { BucketRule } from './token-bucket.ts';

export interface ConcurrencyState {
  /** Requests in flight on demand of all functions without reserved concurrency. */
  readonly unreservedInFlight: number;
  /** The account's limit minus all reservations, and minus what is provisioned outside of them. */
  readonly unreservedLimit: number;
  /**
   * Of this function, when it has reserved concurrency: the guarantee is also the cap. What is provisioned for it is
   * set aside from the limit and does not count as in flight.
   */
  readonly reserved?: { readonly limit: number; readonly inFlight: number };
}

/** Why a request must not run on demand, or `undefined` when it may. Source: Lambda guide, function scaling. */
export function throttleReason(state: ConcurrencyState): ThrottleReason | undefined {
  if (state.reserved !== undefined) {
    return state.reserved.inFlight >= state.reserved.limit
      ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
      : undefined;
  }
  return state.unreservedInFlight >= state.unreservedLimit ? 'ConcurrentInvocationLimitExceeded' : undefined;
}

/** What an account may give away of its concurrency. */
export interface AccountConcurrency {
  readonly limit: number;
  /** That much stays for functions without reserved concurrency; an account with less keeps all of it. */
  readonly leastUnreserved: number;
  /** Reserved for functions, and provisioned for functions without a reservation. */
  readonly givenAway: number;
}

/** Whether `more` can be reserved or provisioned. */
export function canGiveAway(more: number, { limit, leastUnreserved, givenAway }: AccountConcurrency): boolean {
  return limit - givenAway - more >= Math.min(leastUnreserved, limit);
}

/**
 * How fast a function gets new environments. Source: Lambda guide, scaling behaviour: refilled continuously, unused
 * allowance is not saved up.
 */
export function scalingRule(environments: number, perSeconds: number): BucketRule {
  return { capacity: environments, tokensPerMs: environments / (perSeconds * 1000) };
}

/** How many synchronous requests a second a function takes: `perConcurrency` for each of its concurrency. */
export function requestRateRule(concurrency: number, perConcurrency: number): BucketRule {
  const perSecond = concurrency * perConcurrency;
  return { capacity: perSecond, tokensPerMs: perSecond / 1000 };
}
