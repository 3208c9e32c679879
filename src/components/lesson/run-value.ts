/** Numbers that a lesson quotes from a run, read off its trace. */
import type { InvocationReported, TraceEvent } from '../../../sandbox/trace.ts';

/** `took`: from the request's arrival to the end of its invocation; the others as in the REPORT line. */
export type Shown = 'took' | 'duration' | 'billed' | 'init';

/** Whole milliseconds of one request, counted from 1 in the order of arrival; nothing when the run does not have it. */
export function readRunValue(trace: readonly TraceEvent[], request: number, shown: Shown): number | undefined {
  const arrived = trace.filter((event) => event.type === 'requestArrived')[request - 1];
  if (!arrived) return undefined;
  const report = trace.find(
    (event): event is InvocationReported =>
      event.type === 'invocationReported' && event.requestId === arrived.requestId,
  );
  if (!report) return undefined;
  const value = {
    took: report.time - arrived.time,
    duration: report.durationMs,
    billed: report.billedDurationMs,
    init: report.initDurationMs,
  }[shown];
  return value === undefined ? undefined : Math.round(value);
}
