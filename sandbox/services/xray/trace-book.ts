/**
 * The traces that X-Ray has of an account, read from the events as they happen: requests that are recorded, their
 * attempts, and the calls that functions made in them. A pure reader: it changes nothing and asks nobody.
 */
import type {
  HttpRequestAnswered,
  InvocationReported,
  PhaseEnded,
  PhaseStarted,
  RequestArrived,
  RequestPlaced,
  ResponseSent,
  ServiceCalled,
  TraceEvent,
} from '../../trace.ts';

/** Everything that belongs to one trace id. Times are virtual ms since the epoch. */
export interface TraceRecord {
  /** `1-695b7d90-…` */
  readonly id: string;
  readonly start: number;
  readonly requests: RequestRecord[];
  readonly doors: HttpRequestAnswered[];
}

/** One request to a function. */
export interface RequestRecord {
  readonly requestId: string;
  /** Of the Lambda service's segment. */
  readonly segmentId: string;
  readonly parentId: string | undefined;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly asynchronous: boolean;
  readonly start: number;
  readonly attempts: Attempt[];
  end?: number;
  throttled?: boolean;
  /** It was stopped as part of a loop. */
  stopped?: boolean;
}

/** One invocation of the function with it. */
export interface Attempt {
  readonly placed: number;
  readonly version: string;
  readonly inits: Interval[];
  readonly calls: Call[];
  /** Of the function's own segment; known at the end. */
  segmentId?: string;
  started?: number;
  answered?: number;
  end?: number;
  failed?: boolean;
  /** What the function answered, when it failed. */
  error?: string;
}

export interface Interval {
  readonly start: number;
  end?: number;
  failed?: boolean;
}

/** What a function's code asked of something else. */
export type Call =
  | { readonly kind: 'api'; readonly event: ServiceCalled }
  | { readonly kind: 'http'; readonly host: string; readonly start: number; answered?: HttpRequestAnswered };

export class TraceBook {
  readonly #traces = new Map<string, TraceRecord>();
  /** Requests that have not ended, by request id. */
  readonly #open = new Map<string, RequestRecord>();
  /** What an environment is working on. */
  readonly #working = new Map<string, Attempt>();
  readonly #versions = new Map<string, string>();
  readonly #httpCalls = new Map<string, Extract<Call, { kind: 'http' }>>();
  readonly #most: number;

  /** Older traces are forgotten when there are more than `most`. */
  constructor(most: number) {
    this.#most = most;
  }

  /** In order of their beginning. */
  list(): readonly TraceRecord[] {
    return [...this.#traces.values()];
  }

  get(id: string): TraceRecord | undefined {
    return this.#traces.get(id);
  }

  read(event: TraceEvent): void {
    switch (event.type) {
      case 'environmentCreated':
        this.#versions.set(event.environmentId, event.version);
        break;
      case 'environmentGone':
        this.#versions.delete(event.environmentId);
        this.#working.delete(event.environmentId);
        break;
      case 'requestArrived':
        this.#arrived(event);
        break;
      case 'requestPlaced':
        this.#placed(event);
        break;
      case 'requestThrottled':
        this.#throttled(event.requestId, event.time);
        break;
      case 'recursionStopped':
        this.#stopped(event.requestId, event.time);
        break;
      case 'phaseStarted':
      case 'phaseEnded':
        if (event.phase === 'init') this.#initialising(event);
        break;
      case 'invocationStarted': {
        const attempt = this.#working.get(event.environmentId);
        if (attempt !== undefined) attempt.started = event.time;
        break;
      }
      case 'responseSent':
        this.#responded(event);
        break;
      case 'invocationReported':
        this.#reported(event);
        break;
      case 'eventEnded':
        this.#ended(event.requestId, event.time);
        break;
      case 'serviceCalled':
        this.#attemptOf(event.requestId)?.calls.push({ kind: 'api', event });
        break;
      case 'httpRequestReceived': {
        const attempt = this.#attemptOf(event.requestId);
        if (attempt === undefined) break;
        const call = { kind: 'http' as const, host: event.host, start: event.time };
        attempt.calls.push(call);
        this.#httpCalls.set(event.httpRequestId, call);
        break;
      }
      case 'httpRequestAnswered':
        this.#httpAnswered(event);
        break;
      default:
    }
  }

  #arrived({ tracing, requestId, functionName, qualifier, invocationType, time }: RequestArrived): void {
    if (tracing === undefined) return;
    const { root, parent } = partsOf(tracing.header);
    const request: RequestRecord = {
      requestId,
      segmentId: parent,
      parentId: tracing.parentId,
      functionName,
      qualifier,
      asynchronous: invocationType === 'Event',
      start: time,
      attempts: [],
    };
    this.#open.set(requestId, request);
    this.#trace(root, time).requests.push(request);
  }

  #placed({ requestId, environmentId, time }: RequestPlaced): void {
    const request = this.#open.get(requestId);
    if (request === undefined) return;
    const version = this.#versions.get(environmentId) ?? '$LATEST';
    const attempt: Attempt = { placed: time, version, inits: [], calls: [] };
    request.attempts.push(attempt);
    this.#working.set(environmentId, attempt);
  }

  #throttled(requestId: string, time: number): void {
    const request = this.#open.get(requestId);
    if (request === undefined) return;
    request.throttled = true;
    if (!request.asynchronous) this.#ended(requestId, time);
  }

  #stopped(requestId: string, time: number): void {
    const request = this.#open.get(requestId);
    if (request !== undefined) request.stopped = true;
    this.#ended(requestId, time);
  }

  #initialising(event: PhaseStarted | PhaseEnded): void {
    const attempt = this.#working.get(event.environmentId);
    if (attempt === undefined) return;
    if (event.type === 'phaseStarted') {
      attempt.inits.push({ start: event.time });
      return;
    }
    const init = attempt.inits.at(-1);
    if (init === undefined) return;
    init.end = event.time;
    init.failed = event.status !== 'success';
  }

  #responded({ environmentId, time, functionError, payload }: ResponseSent): void {
    const attempt = this.#working.get(environmentId);
    if (attempt === undefined) return;
    attempt.answered ??= time;
    attempt.failed = functionError !== undefined;
    if (functionError !== undefined) attempt.error = payload;
  }

  #reported({ environmentId, requestId, time, tracing, status }: InvocationReported): void {
    const attempt = this.#working.get(environmentId);
    const request = this.#open.get(requestId);
    this.#working.delete(environmentId);
    if (attempt === undefined) return;
    attempt.end = time;
    if (status !== undefined) attempt.failed = true;
    if (tracing !== undefined) attempt.segmentId = tracing.segmentId;
    // An asynchronous request has ended with its answer, or goes on.
    if (request?.asynchronous === false) this.#ended(requestId, attempt.answered ?? time);
  }

  #ended(requestId: string, time: number): void {
    const request = this.#open.get(requestId);
    if (request === undefined) return;
    request.end = time;
    this.#open.delete(requestId);
  }

  #httpAnswered(event: HttpRequestAnswered): void {
    const call = this.#httpCalls.get(event.httpRequestId);
    if (call !== undefined) call.answered = event;
    this.#httpCalls.delete(event.httpRequestId);
    if (event.tracing !== undefined) this.#trace(partsOf(event.tracing.header).root, event.start).doors.push(event);
  }

  #attemptOf(requestId: string | undefined): Attempt | undefined {
    return requestId === undefined ? undefined : this.#open.get(requestId)?.attempts.at(-1);
  }

  #trace(id: string, start: number): TraceRecord {
    const known = this.#traces.get(id);
    if (known !== undefined) return known;
    const made: TraceRecord = { id, start, requests: [], doors: [] };
    this.#traces.set(id, made);
    if (this.#traces.size > this.#most) {
      const [oldest] = this.#traces.keys();
      if (oldest !== undefined) this.#traces.delete(oldest);
    }
    return made;
  }
}

function partsOf(header: string): { readonly root: string; readonly parent: string } {
  const [, root = ''] = /Root=([^;]+)/.exec(header) ?? [];
  const [, parent = ''] = /Parent=([^;]+)/.exec(header) ?? [];
  return { root, parent };
}
