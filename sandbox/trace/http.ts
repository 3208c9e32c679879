/** Trace events of HTTP front doors: function URLs, APIs and load balancers in front of functions. */
import type { At } from '../trace.ts';

export type HttpDoor = 'function-url' | 'rest-api' | 'http-api' | 'load-balancer';

interface OfHttpRequest extends At {
  readonly door: HttpDoor;
  /** The door's own id of the request; the same in all events about it. */
  readonly httpRequestId: string;
}

/** A client sent a request to an address of the account. */
export interface HttpRequestReceived extends OfHttpRequest {
  readonly type: 'httpRequestReceived';
  readonly method: string;
  readonly host: string;
  /** Without the query string. */
  readonly path: string;
  /** Bytes of the body. */
  readonly bodyBytes: number;
  /** X-Ray's header as the client sent it, with a new `Root=…` when it sent none. */
  readonly traceHeader: string;
  /** The environment whose code sent it, if a function did. */
  readonly environmentId?: string;
  /** The invocation that sent it. */
  readonly requestId?: string;
}

/** The door invokes a function with it. */
export interface HttpRequestForwarded extends OfHttpRequest {
  readonly type: 'httpRequestForwarded';
  readonly functionArn: string;
  /** The invocation's request id. */
  readonly requestId: string;
}

/** The client has its answer, from the function or from the door itself. */
export interface HttpRequestAnswered extends OfHttpRequest {
  readonly type: 'httpRequestAnswered';
  /** What CloudWatch calls it: id of an API, name of a function or load balancer; absent when there is none. */
  readonly resource?: string;
  readonly stage?: string;
  /** When the door recorded the request for X-Ray: the header that it passed on, and its own segment. */
  readonly tracing?: { readonly header: string; readonly segmentId: string };
  readonly method: string;
  readonly path: string;
  readonly statusCode: number;
  /** When the client sent it; `time` is when it has its answer. */
  readonly start: number;
  readonly durationMs: number;
  /** What the function took of it, while somebody waited. */
  readonly integrationMs?: number;
  /** When the response was streamed: until its first byte was there. */
  readonly firstByteMs?: number;
  /** The body as text. */
  readonly body: string;
  /** Bytes of the body. */
  readonly bodyBytes: number;
  /** Why the door itself answered: `throttled`, `integration-timeout`, `malformed-result`. */
  readonly reason?: HttpDoorReason;
}

export type HttpDoorReason =
  | 'forbidden'
  | 'not-found'
  | 'too-large'
  | 'throttled'
  | 'preflight'
  | 'function-throttled'
  | 'function-error'
  | 'function-not-permitted'
  | 'integration-timeout'
  | 'malformed-result'
  | 'no-target'
  | 'fixed-response';

/** A metered quantity of a front door that the bill multiplies by a price. */
export interface HttpUsageMetered extends At {
  readonly type: 'httpUsageMetered';
  readonly meter: HttpMeter;
  /** Requests, traces begun, hours, or hours of a capacity unit. */
  readonly quantity: number;
  /** The API's id or the load balancer's name. */
  readonly resource: string;
}

export type HttpMeter =
  'rest-api-requests' | 'http-api-requests' | 'traces' | 'load-balancer-hours' | 'load-balancer-capacity-unit-hours';

export type HttpEvent = HttpRequestReceived | HttpRequestForwarded | HttpRequestAnswered | HttpUsageMetered;
