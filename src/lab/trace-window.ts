/** The newest part of a long trace, small enough to be drawn. Pure. */
import type { TraceEvent } from '../../sandbox/trace.ts';

export interface TraceWindow {
  readonly events: readonly TraceEvent[];
  /** Something was left out before them. */
  readonly isCut: boolean;
}

/** How much a page draws. */
export const windowLimits = { requests: 120, events: 3000 };

/**
 * The newest events with at most so many requests. Environments that were created before and still do something are told
 * of all the same, so that their lanes can be drawn.
 */
export function windowOf(trace: readonly TraceEvent[], limits: typeof windowLimits = windowLimits): TraceWindow {
  let from = trace.length;
  let requests = 0;
  while (from > 0 && trace.length - from < limits.events) {
    if (trace[from - 1]?.type === 'requestArrived') {
      if (requests === limits.requests) break;
      requests += 1;
    }
    from -= 1;
  }
  if (from === 0) return { events: trace, isCut: false };
  const events = trace.slice(from);
  const seen = new Set(events.flatMap((event) => ('environmentId' in event ? (event.environmentId ?? []) : [])));
  const created = trace
    .slice(0, from)
    .filter((event) => event.type === 'environmentCreated' && seen.has(event.environmentId));
  return { events: [...created, ...events], isCut: true };
}
