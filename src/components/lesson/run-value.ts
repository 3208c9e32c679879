/** Numbers that a lesson quotes from a run, read off its trace. */
import type { InvocationReported, TraceEvent } from '../../../sandbox/trace.ts';

/** `waited`: from the request's arrival to its response, as its caller sees it; the others as in the REPORT line. */
export type Shown = 'waited' | 'duration' | 'billed' | 'init';

/** Whole milliseconds of one request, counted from 1 in the order of arrival; nothing when the run does not have it. */
export function readRunValue(trace: readonly TraceEvent[], request: number, shown: Shown): number | undefined {
  const arrived = trace.filter((event) => event.type === 'requestArrived')[request - 1];
  if (!arrived) return undefined;
  const ofRequest = trace.filter((event) => 'requestId' in event && event.requestId === arrived.requestId);
  if (shown === 'waited') {
    const answered = ofRequest.find((event) => event.type === 'responseSent');
    return answered && Math.round(answered.time - arrived.time);
  }
  const report = ofRequest.find((event): event is InvocationReported => event.type === 'invocationReported');
  const value = { duration: report?.durationMs, billed: report?.billedDurationMs, init: report?.initDurationMs }[shown];
  return value === undefined ? undefined : Math.round(value);
}
