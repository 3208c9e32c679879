/**
 * When an asynchronous event is tried again, and when Lambda gives it up. Source: Lambda guide, error handling for
 * asynchronous invocation: two retries after errors of the function, back-off up to the event's age after throttles.
 */

export interface RetrySettings {
  /** 0, 1 or 2. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
}

export interface RetryTimes {
  /** Wait before the first retry after a function error, before the second, … */
  readonly functionErrorMs: readonly number[];
  /** First wait after a throttle or an error of the service; it doubles up to the last. */
  readonly backoffFirstMs: number;
  readonly backoffLastMs: number;
}

/** An event that was tried and has not succeeded. */
export interface TriedEvent {
  readonly outcome: 'function-error' | 'throttled';
  /** How often the function has failed it. */
  readonly failures: number;
  /** How often in a row there was no room for it. */
  readonly throttles: number;
  /** Since it was accepted. */
  readonly ageMs: number;
}

/** What happens to the event `afterMs`: it is tried again, or given up. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly afterMs: number }
  | {
      readonly kind: 'give-up';
      readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
      readonly afterMs: number;
    };

/** An event that would be too old for its next attempt is given up at the moment it gets too old. */
export function decideRetry(event: TriedEvent, settings: RetrySettings, times: RetryTimes): RetryDecision {
  const { outcome, failures, throttles, ageMs } = event;
  const { maximumRetryAttempts, maximumEventAgeMs } = settings;
  if (outcome === 'function-error' && failures > maximumRetryAttempts) {
    return { kind: 'give-up', condition: 'RetriesExhausted', afterMs: 0 };
  }
  const afterMs =
    outcome === 'function-error'
      ? (times.functionErrorMs[Math.min(failures, times.functionErrorMs.length) - 1] ?? 0)
      : Math.min(times.backoffFirstMs * 2 ** Math.min(throttles - 1, 30), times.backoffLastMs);
  if (ageMs + afterMs > maximumEventAgeMs) {
    return { kind: 'give-up', condition: 'EventAgeExceeded', afterMs: Math.max(0, maximumEventAgeMs - ageMs) };
  }
  return { kind: 'retry', afterMs };
}
