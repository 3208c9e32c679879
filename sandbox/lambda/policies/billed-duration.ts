/** What Lambda bills for one invocation. Source: AWS Lambda pricing; init is billed since 2025-08-01. */

export interface BilledDuration {
  /** Whole ms on the REPORT line: init and handler added up, then rounded up once. */
  readonly billedMs: number;
  /** The whole ms of it that init took. The millisecond that both share counts for the handler. */
  readonly initMs: number;
  readonly handlerMs: number;
}

/** Durations in virtual ms; `initDurationMs` only for the first invocation after a successful init. */
export function billedDuration(durationMs: number, initDurationMs = 0): BilledDuration {
  // Microseconds first: the sum of two decimal fractions must not be rounded up because of its binary tail.
  const billedMs = Math.ceil(Math.round((durationMs + initDurationMs) * 1000) / 1000);
  const initMs = Math.floor(initDurationMs);
  return { billedMs, initMs, handlerMs: billedMs - initMs };
}

/** GB-seconds of `milliseconds` at `sizeMB`; 1 GB is 1,024 MB. */
export function gigabyteSeconds(milliseconds: number, sizeMB: number): number {
  return (milliseconds * sizeMB) / 1_024_000;
}
