/** What Lambda bills for one invocation. Source: AWS Lambda pricing; init is billed since 2025-08-01. */

export interface BilledDuration {
  /** Whole ms on the REPORT line: init and handler added up, then rounded up once. */
  readonly billedMs: number;
  /** What the invocation would be billed without init. */
  readonly handlerMs: number;
  /** What init adds to it. */
  readonly initMs: number;
}

/** Durations in virtual ms; `initDurationMs` only for the first invocation after a successful init. */
export function billedDuration(durationMs: number, initDurationMs = 0): BilledDuration {
  const billedMs = roundUp(durationMs + initDurationMs);
  const handlerMs = roundUp(durationMs);
  return { billedMs, handlerMs, initMs: billedMs - handlerMs };
}

/** Microseconds first: the sum of two decimal fractions must not be rounded up because of its binary tail. */
function roundUp(milliseconds: number): number {
  return Math.ceil(Math.round(milliseconds * 1000) / 1000);
}

/** GB-seconds of `milliseconds` at `sizeMB`; 1 GB is 1,024 MB. */
export function gigabyteSeconds(milliseconds: number, sizeMB: number): number {
  return (milliseconds * sizeMB) / 1_024_000;
}
