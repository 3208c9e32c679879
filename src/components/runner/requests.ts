/** Each request of a trace with what became of it: start, times, result. Pure. */
import type {
  HttpRequestAnswered,
  InvocationReported,
  StartKind,
  ThrottleReason,
  TraceEvent,
} from '../../../sandbox/trace.ts';
import { shortNames } from '../timeline/short-names.ts';

export interface RequestView {
  readonly requestId: string;
  /** 1 for the first of the session. */
  readonly number: number;
  readonly functionName: string;
  readonly arrived: number;
  readonly start?: StartKind;
  /** Short name of the environment that served it. */
  readonly environment?: string;
  readonly throttled?: ThrottleReason;
  /** Refused as part of a recursive loop; it never found an environment. */
  readonly stopped?: true;
  /** The text that the Invoke API returned. */
  readonly payload?: string;
  readonly failed: boolean;
  readonly report?: InvocationReported;
}

/** All requests of a trace, in order of arrival. */
export function requestsOf(trace: readonly TraceEvent[]): readonly RequestView[] {
  const names = shortNames(
    trace.flatMap((event) => (event.type === 'environmentCreated' ? [event.environmentId] : [])),
  );
  const views = new Map<string, RequestView>();
  const change = (requestId: string, changes: Partial<RequestView>) => {
    const known = views.get(requestId);
    if (known) views.set(requestId, { ...known, ...changes });
  };
  for (const event of trace) {
    if (event.type === 'requestArrived') {
      const { requestId, functionName, time } = event;
      views.set(requestId, { requestId, number: views.size + 1, functionName, arrived: time, failed: false });
    } else if (event.type === 'requestPlaced') {
      const environment = names.get(event.environmentId) ?? event.environmentId;
      change(event.requestId, { start: event.start, environment });
    } else if (event.type === 'requestThrottled') {
      change(event.requestId, { throttled: event.reason });
    } else if (event.type === 'recursionStopped') {
      change(event.requestId, { stopped: true, failed: true });
    } else if (event.type === 'responseSent') {
      change(event.requestId, { payload: event.payload, failed: event.functionError !== undefined });
    } else if (event.type === 'invocationReported') {
      change(event.requestId, { report: event });
    }
  }
  return [...views.values()];
}

/** The latest request of this function; of any function of the account when this one had none. */
export function latestOf(requests: readonly RequestView[], functionName: string): RequestView | undefined {
  return requests.findLast((request) => request.functionName === functionName) ?? requests.at(-1);
}

/** The answer that the latest HTTP request from outside got, if one was sent; those of functions are their own affair. */
export function latestResponse(trace: readonly TraceEvent[]): HttpRequestAnswered | undefined {
  const ofFunctions = new Set(
    trace.flatMap((event) =>
      event.type === 'httpRequestReceived' && event.environmentId !== undefined ? [event.httpRequestId] : [],
    ),
  );
  return trace.findLast(
    (event): event is HttpRequestAnswered =>
      event.type === 'httpRequestAnswered' && !ofFunctions.has(event.httpRequestId),
  );
}

/** The part of a trace up to a moment, that moment included. */
export function traceUntil(trace: readonly TraceEvent[], time: number | null): readonly TraceEvent[] {
  return time === null ? trace : trace.filter((event) => event.time <= time + 0.0005);
}

/** One request in a sentence, as it is announced: `Request 2: warm start, billed 2 ms, result {"served":2}`. */
export function sayRequest(request: RequestView): string {
  if (request.throttled) return `Request ${request.number}: throttled, ${request.throttled}`;
  const parts = [
    request.start ? `${request.start} start` : 'not started',
    request.report ? `billed ${request.report.billedDurationMs} ms` : '',
    request.payload === undefined ? 'no result' : `${request.failed ? 'error' : 'result'} ${shorten(request.payload)}`,
  ];
  return `Request ${request.number}: ${parts.filter(Boolean).join(', ')}`;
}

/** What several requests came to, in a sentence: `5 requests: 5 cold starts, billed 660 ms in all`. */
export function sayRequests(requests: readonly RequestView[]): string {
  const [only] = requests;
  if (requests.length === 1 && only) return sayRequest(only);
  const starts = Map.groupBy(
    requests.filter((request) => request.start),
    (request) => request.start ?? 'cold',
  );
  const billed = requests.reduce((sum, request) => sum + (request.report?.billedDurationMs ?? 0), 0);
  const failed = requests.filter((request) => request.failed).length;
  const throttled = requests.filter((request) => request.throttled).length;
  const parts = [
    ...[...starts].map(([start, members]) => `${members.length} ${start} ${members.length === 1 ? 'start' : 'starts'}`),
    throttled > 0 ? `${throttled} throttled` : '',
    failed > 0 ? `${failed} failed` : '',
    `billed ${Number(billed.toFixed(3))} ms in all`,
  ];
  return `${requests.length} requests: ${parts.filter(Boolean).join(', ')}`;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
}
