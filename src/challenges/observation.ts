/** What can be seen of a check's run: its requests with what was sent and what came of each, and its log. Pure. */
import type { TraceEvent } from '../../sandbox/trace.ts';
import type { LogLine } from '../../sandbox/worker/client.ts';
import { requestsOf, type RequestView } from '../components/runner/requests.ts';
import { readLogLines } from '../components/runner/trace-readers.ts';

/** One request of the run. Its `number` is 1 for the first. */
export interface ObservedRequest extends RequestView {
  /** The event as it was sent, parsed. */
  readonly event: unknown;
  readonly ended: 'success' | 'error' | 'timeout' | 'throttled';
  /** The result or error, parsed; undefined when nothing came back. */
  readonly result: unknown;
  /** What the function logged in it. */
  readonly lines: readonly LogLine[];
}

export interface Observation {
  readonly trace: readonly TraceEvent[];
  readonly requests: readonly ObservedRequest[];
  /** Everything that the function logged, init included. */
  readonly lines: readonly LogLine[];
  /** How many environments were created. */
  readonly environments: number;
}

/** Reads a trace; `events` are the payloads that were sent, by request id. */
export function observe(trace: readonly TraceEvent[], events: ReadonlyMap<string, string>): Observation {
  const lines = readLogLines(trace).filter(({ kind }) => kind === 'function');
  const requests = requestsOf(trace).map((view): ObservedRequest => ({
    ...view,
    event: parse(events.get(view.requestId)),
    ended: endOf(view),
    result: parse(view.payload),
    lines: lines.filter(({ requestId }) => requestId === view.requestId),
  }));
  const environments = trace.filter(({ type }) => type === 'environmentCreated').length;
  return { trace, requests, lines, environments };
}

function endOf(view: RequestView): ObservedRequest['ended'] {
  if (view.throttled !== undefined) return 'throttled';
  if (view.report?.status === 'timeout') return 'timeout';
  return view.failed ? 'error' : 'success';
}

/** JSON as a value; text that is none as it is. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What stands at a place of a value: `items.0.id`, or with a `*` the list of what stands there in every item. */
export function valueAt(value: unknown, place: string | undefined): unknown {
  if (place === undefined) return value;
  const [step = '', ...rest] = place.split('.');
  const further = rest.length > 0 ? rest.join('.') : undefined;
  if (step === '*') return Array.isArray(value) ? value.map((item) => valueAt(item, further)) : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return valueAt((value as Record<string, unknown>)[step], further);
}
