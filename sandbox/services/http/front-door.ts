/**
 * What every front door does with a request: lets it take its time on the way, gives it an id and an X-Ray header,
 * invokes a function with it, answers, and writes all of it into the trace.
 */
import { factNumber, factText } from '../../facts.ts';
import { roundToMicroseconds, type Cancel } from '../../kernel/clock.ts';
import { newSegmentId, newTraceId, newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { Sampler } from '../../lambda/tracing.ts';
import type { HttpDoor, HttpDoorReason } from '../../trace.ts';
import type {
  Caller,
  FunctionInvoker,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
  InvokeOutcome,
  ServiceHost,
} from '../service.ts';
import { headerOf, parseAddress, type Address } from './message.ts';

export interface FrontDoorHost extends ServiceHost {
  /** There as soon as Lambda is. */
  readonly functions: () => FunctionInvoker | undefined;
}

export interface NewExchange {
  readonly door: HttpDoor;
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** As this door writes its ids. */
  readonly id?: string;
  readonly done: (response: HttpResponse) => void;
}

/** What a door itself says; a body that is not text comes as bytes. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: string | Uint8Array;
  readonly reason?: HttpDoorReason;
  /** When the first byte of a streamed body left; virtual ms since the epoch. */
  readonly startedAt?: number;
}

/** What came of an invocation, as doors tell the cases apart. */
export type Integration =
  | {
      readonly kind: 'answered';
      readonly payload: string;
      readonly functionError: boolean;
      readonly stream?: { readonly contentType: string; readonly startedAt: number };
    }
  | { readonly kind: 'refused'; readonly error: Error }
  | { readonly kind: 'timeout' };

export class FrontDoor {
  readonly host: FrontDoorHost;
  readonly #times: Random;
  readonly #ids: Random;
  readonly #traceIds: Random;
  readonly #sampler: Sampler;

  constructor(host: FrontDoorHost) {
    this.host = host;
    this.#times = host.random.stream('http door times');
    this.#ids = host.random.stream('http request ids');
    this.#traceIds = host.random.stream('http trace ids');
    this.#sampler = new Sampler(host.facts, host.random.stream('http sampling'));
  }

  /** Takes a request; `handle` runs when it has reached the door, by a clock event. */
  receive(given: NewExchange, handle: (exchange: Exchange) => void): void {
    const { clock, facts } = this.host;
    const { door, request } = given;
    const address = parseAddress(request.url);
    if (address === undefined) throw new Error(`${request.url} is no address.`);
    const timing = `${door}.ms`;
    const way = this.#times.lognormalFromQuantiles(
      factNumber(facts, 'timing-http-doors', timing),
      factNumber(facts, 'timing-http-doors', `${door}.p90Ratio`),
    );
    const transfer = (bytes: number): number =>
      (bytes / bytesPerMB) * factNumber(facts, 'timing-api-transfer', 'msPerMB');
    const exchange = new Exchange(this.host, given, {
      address,
      id: given.id ?? newUuid(this.#ids),
      traceHeader: this.#traceHeader(request.headers),
      backMs: (bytes) => way / 2 + transfer(bytes),
    });
    clock.schedule(clock.now + way / 2 + transfer(request.body?.length ?? 0), () => handle(exchange));
  }

  /** The client's own trace goes on; without one a trace begins here, and whether it is recorded is left to others. */
  #traceHeader(headers: HttpHeaders): string {
    const [fresh = ''] = newTraceId(this.#traceIds, this.host.clock.now).split(';');
    const given = headerOf(headers, 'x-amzn-trace-id') ?? '';
    const kept = given.match(/\b(?:Parent=[0-9a-f]{16}|Sampled=[01])/g) ?? [];
    const [root = fresh] = /Root=1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(given) ?? [];
    return [root, ...kept].join(';');
  }

  /** Decides for X-Ray on behalf of `name`, and gives the door a segment of its own if the request is recorded. */
  record(exchange: Exchange, name: string): void {
    const { traceHeader } = exchange;
    const [root = ''] = traceHeader.split(';');
    const given = /Sampled=([01])/.exec(traceHeader)?.[1];
    const isSampled = given === undefined ? this.#sampler.takes(name, this.host.clock.now) : given === '1';
    const segmentId = newSegmentId(this.#traceIds);
    exchange.traceHeader = `${root};Parent=${segmentId};Sampled=${isSampled ? 1 : 0}`;
    if (!isSampled) return;
    exchange.tracing = { header: exchange.traceHeader, segmentId };
    const { clock, trace } = this.host;
    trace.emit({ type: 'httpUsageMetered', time: clock.now, meter: 'traces', quantity: 1, resource: name });
  }
}

const bytesPerMB = 1024 * 1024;

interface Made {
  readonly address: Address;
  readonly id: string;
  readonly traceHeader: string;
  /** The way back of an answer of so many bytes. */
  readonly backMs: (bytes: number) => number;
}

/** One request at a door, until it is answered. */
export class Exchange {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly address: Address;
  readonly id: string;
  /** `Root=…`, with Parent and Sampled once somebody has decided. */
  traceHeader: string;
  /** When the door records the request for X-Ray. */
  tracing: { readonly header: string; readonly segmentId: string } | undefined;
  /** When the client sent it. */
  readonly start: number;
  /** What CloudWatch calls what the door stands for, once it is known. */
  resource: { readonly resource?: string; readonly stage?: string } = {};
  readonly #host: FrontDoorHost;
  readonly #door: HttpDoor;
  readonly #done: (response: HttpResponse) => void;
  readonly #backMs: Made['backMs'];
  #integrationMs: number | undefined;

  constructor(host: FrontDoorHost, { door, request, caller, done }: NewExchange, made: Made) {
    this.#host = host;
    this.#door = door;
    this.#done = done;
    this.#backMs = made.backMs;
    this.request = request;
    this.caller = caller;
    this.address = made.address;
    this.id = made.id;
    this.traceHeader = made.traceHeader;
    this.start = host.clock.now;
    const by =
      caller.kind === 'role'
        ? {
            environmentId: caller.environmentId,
            ...(caller.requestId === undefined ? {} : { requestId: caller.requestId }),
          }
        : {};
    host.trace.emit({
      type: 'httpRequestReceived',
      time: this.start,
      door,
      httpRequestId: this.id,
      method: request.method,
      host: this.address.host,
      path: this.address.path,
      bodyBytes: request.body?.length ?? 0,
      traceHeader: this.traceHeader,
      ...by,
    });
  }

  header(name: string): string | undefined {
    return headerOf(this.request.headers, name);
  }

  /** Where the request comes from, as far as a door can tell. */
  get sourceIp(): string {
    return factText(this.#host.facts, 'http-client', 'sourceIp');
  }

  /** Whether it carries a Signature Version 4. What it signs is not computed again: whoever sends one is believed. */
  get isSigned(): boolean {
    return this.header('authorization')?.startsWith('AWS4-HMAC-SHA256 ') === true;
  }

  /** The headers that every door adds on the way to the function. */
  get forwarded(): readonly (readonly [name: string, value: string])[] {
    const { scheme, port } = this.address;
    const [root = ''] = this.traceHeader.split(';');
    const before = this.header('x-forwarded-for');
    return [
      ['X-Amzn-Trace-Id', root],
      ['X-Forwarded-For', before === undefined ? this.sourceIp : `${before}, ${this.sourceIp}`],
      ['X-Forwarded-Port', String(port)],
      ['X-Forwarded-Proto', scheme],
    ];
  }

  /**
   * Invokes the function and waits, at most `timeoutMs` when there is a limit: the function goes on after it. `then` is
   * called once, by a clock event.
   */
  forward(
    functionArn: string,
    payload: string,
    by: { readonly principal: string; readonly sourceArn?: string },
    timeoutMs: number | undefined,
    then: (integration: Integration) => void,
  ): void {
    const { clock, trace, functions } = this.#host;
    const sentAt = clock.now;
    let isOver = false;
    let cancel: Cancel = () => undefined;
    const finish = (integration: Integration): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      this.#integrationMs = roundToMicroseconds(clock.now - sentAt);
      then(integration);
    };
    if (timeoutMs !== undefined) cancel = clock.schedule(sentAt + timeoutMs, () => finish({ kind: 'timeout' }));
    const caller: Caller = { kind: 'service', ...by, traceId: this.traceHeader };
    const accepted = (requestId: string): void => {
      trace.emit({
        type: 'httpRequestForwarded',
        time: clock.now,
        door: this.#door,
        httpRequestId: this.id,
        functionArn,
        requestId,
      });
    };
    functions()?.invokeSync(functionArn, payload, caller, (outcome) => finish(integrationOf(outcome)), accepted);
  }

  /** Sends the answer on its way to the client. */
  answer({ status, headers, body, reason, startedAt }: DoorAnswer): void {
    const { clock, trace } = this.#host;
    const isHead = this.request.method === 'HEAD';
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    clock.schedule(clock.now + this.#backMs(bytes.length), () => {
      trace.emit({
        type: 'httpRequestAnswered',
        time: clock.now,
        door: this.#door,
        httpRequestId: this.id,
        ...this.resource,
        ...(this.tracing === undefined ? {} : { tracing: this.tracing }),
        method: this.request.method,
        path: this.address.path,
        statusCode: status,
        start: this.start,
        durationMs: roundToMicroseconds(clock.now - this.start),
        ...(this.#integrationMs === undefined ? {} : { integrationMs: this.#integrationMs }),
        ...(startedAt === undefined
          ? {}
          : { firstByteMs: roundToMicroseconds(startedAt + this.#backMs(0) - this.start) }),
        body: typeof body === 'string' ? body : new TextDecoder().decode(body),
        bodyBytes: bytes.length,
        ...(reason === undefined ? {} : { reason }),
      });
      const date = new Date(clock.now).toUTCString();
      const whole = { date, ...headers, 'content-length': String(bytes.length) };
      this.#done({ status, headers: whole, body: isHead ? new Uint8Array() : bytes });
    });
  }
}

function integrationOf(outcome: InvokeOutcome): Integration {
  if (!outcome.ok) return { kind: 'refused', error: outcome.error };
  const { payload, functionError, stream } = outcome;
  return { kind: 'answered', payload, functionError, ...(stream === undefined ? {} : { stream }) };
}

/** Why an invocation was refused, as doors tell it. */
export function refusalOf(error: Error): 'function-throttled' | 'function-not-permitted' | 'too-large' {
  if (error.name === 'TooManyRequestsException') return 'function-throttled';
  return error.name === 'RequestTooLargeException' ? 'too-large' : 'function-not-permitted';
}
