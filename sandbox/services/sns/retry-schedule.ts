/** When SNS tries to deliver again to an endpoint that is not available: four phases, one after the other. */
import { factValue, type Facts } from '../../facts.ts';

export interface DeliveryPolicy {
  readonly immediate: number;
  readonly preBackoff: number;
  readonly preBackoffSeconds: number;
  readonly backoff: number;
  readonly backoffFirstSeconds: number;
  readonly backoffLastSeconds: number;
  readonly postBackoff: number;
  readonly postBackoffSeconds: number;
}

export function readDeliveryPolicy(facts: Facts): DeliveryPolicy {
  return factValue(facts, 'sns-delivery-retries') as DeliveryPolicy;
}

/** Seconds to wait before the retry with that number, from 1; undefined when there are no more. */
export function retryWait(policy: DeliveryPolicy, retry: number): number | undefined {
  let index = retry - 1;
  if (index < policy.immediate) return 0;
  index -= policy.immediate;
  if (index < policy.preBackoff) return policy.preBackoffSeconds;
  index -= policy.preBackoff;
  if (index < policy.backoff) {
    const { backoffFirstSeconds: first, backoffLastSeconds: last } = policy;
    return Math.min(last, first * 2 ** index);
  }
  return index - policy.backoff < policy.postBackoff ? policy.postBackoffSeconds : undefined;
}
