/** How the requests to one function ended in a recorded run, as its metrics count them. Pure. */
import type { InvocationReported, TraceEvent } from '../../../sandbox/trace.ts';

export interface RequestCounts {
  readonly sent: number;
  readonly throttled: number;
  /** Invocations that ended with an error. */
  readonly failed: number;
  /** Milliseconds, of every invocation. */
  readonly durations: readonly number[];
}

export function countRequests(trace: readonly TraceEvent[], functionName: string): RequestCounts {
  const requests = new Set(
    trace.flatMap((event) =>
      event.type === 'requestArrived' && event.functionName === functionName ? [event.requestId] : [],
    ),
  );
  const reports = trace.filter(
    (event): event is InvocationReported => event.type === 'invocationReported' && requests.has(event.requestId),
  );
  const failed = trace.filter(
    (event) => event.type === 'responseSent' && event.functionError !== undefined && requests.has(event.requestId),
  );
  return {
    sent: requests.size,
    throttled: trace.filter((event) => event.type === 'requestThrottled' && requests.has(event.requestId)).length,
    failed: failed.length,
    durations: reports.map(({ durationMs }) => durationMs),
  };
}
