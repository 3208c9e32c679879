/** Response of the fetch standard. */
import { URL } from '../url.ts';
import { Body, extractBody } from './body.ts';
import { Headers } from './headers.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

interface ResponseOptions {
  status?: number;
  statusText?: string;
  headers?: unknown;
}

const hidden = Symbol('hidden');

export class Response extends Body {
  readonly headers: Headers;
  readonly status: number;
  readonly statusText: string;
  readonly redirected = false;
  type = 'default';
  url = '';

  static error(): Response {
    const response = new Response(null, { [hidden]: 0 } as ResponseOptions);
    response.type = 'error';
    return response;
  }

  static json(data: unknown, init: ResponseOptions = {}): Response {
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(text, { ...init, headers });
  }

  static redirect(url: unknown, status = 302): Response {
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
    return new Response(null, { status, headers: { location: new URL(String(url)).href } });
  }

  constructor(body: unknown = null, init: ResponseOptions | null = {}) {
    const status = ((init as Record<symbol, unknown> | null)?.[hidden] as number | undefined) ?? init?.status ?? 200;
    if (status !== 0 && (!Number.isInteger(Number(status)) || status < 200 || status > 599)) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    }
    if (body != null && [204, 205, 304].includes(status)) {
      throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    }
    const { source, type } = extractBody(body);
    super(source);
    this.status = Number(status);
    this.statusText = init?.statusText === undefined ? '' : String(init.statusText);
    this.headers = new Headers(init?.headers);
    if (type !== undefined && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  clone(): Response {
    const source = Body.copySource(this);
    const content = source === undefined ? null : 'bytes' in source ? source.bytes : source.stream;
    const copy = new Response(content, { status: this.status, statusText: this.statusText, headers: this.headers });
    return Object.assign(copy, { type: this.type, url: this.url });
  }

  [inspectSymbol](_depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options)}`;
  }
}
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });
