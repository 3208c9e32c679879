/** Whether there is room for one more request. Concurrency is the number of requests in flight. */
import type { ThrottleReason } from '../../trace.ts';

export interface ConcurrencyState {
  /** Requests in flight that use the account's unreserved pool. */
  readonly unreservedInFlight: number;
  /** The account's limit minus all reservations. */
  readonly unreservedLimit: number;
  /** Of this function, when it has reserved concurrency: the guarantee is also the cap. */
  readonly reserved?: { readonly limit: number; readonly inFlight: number };
}

/** Why a request must be throttled, or `undefined` when it may be placed. Source: Lambda guide, function scaling. */
export function throttleReason(state: ConcurrencyState): ThrottleReason | undefined {
  if (state.reserved !== undefined) {
    return state.reserved.inFlight >= state.reserved.limit
      ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
      : undefined;
  }
  return state.unreservedInFlight >= state.unreservedLimit ? 'ConcurrentInvocationLimitExceeded' : undefined;
}
