/** Request of the fetch standard. */
import { AbortController } from '../abort.ts';
import { URL } from '../url.ts';
import { Body, extractBody } from './body.ts';
import { Headers } from './headers.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

const normalMethods = /^(delete|get|head|options|post|put)$/i;

export class Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly signal: any;
  readonly redirect: string;
  readonly cache: string;
  readonly credentials: string;
  readonly mode: string;
  readonly referrer: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly duplex = 'half';

  constructor(input: any, init: any = {}) {
    const from = input instanceof Request ? input : undefined;
    const method = String(init.method ?? from?.method ?? 'GET');
    const hasBody = init.body != null;
    const isBodiless = /^(get|head)$/i.test(method);
    if (/[^!#$%&'*+\-.^_`|~0-9a-z]/i.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
    if (hasBody && isBodiless) throw new TypeError('Request with GET/HEAD method cannot have body.');
    const { source, type } = hasBody
      ? extractBody(init.body)
      : { source: from && Body.copySource(from), type: undefined };
    if (hasBody && source !== undefined && 'stream' in source && init.duplex === undefined) {
      throw new TypeError('RequestInit: duplex option is required when sending a body.');
    }
    super(source);
    if (from === undefined) {
      const text = String(input);
      if (!URL.canParse(text)) throw new TypeError(`Failed to parse URL from ${text}`, { cause: parseFailure(text) });
      const url = new URL(text);
      if (url.username !== '' || url.password !== '')
        throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
      this.url = url.href;
    } else {
      this.url = from.url;
    }
    this.method = normalMethods.test(method) ? method.toUpperCase() : method;
    this.headers = new Headers(init.headers ?? from?.headers);
    if (type !== undefined && !this.headers.has('content-type')) this.headers.set('content-type', type);
    this.signal = init.signal ?? from?.signal ?? new AbortController().signal;
    this.redirect = init.redirect ?? from?.redirect ?? 'follow';
    this.cache = init.cache ?? from?.cache ?? 'default';
    this.credentials = init.credentials ?? from?.credentials ?? 'same-origin';
    this.mode = init.mode ?? from?.mode ?? 'cors';
    this.referrer = 'about:client';
    this.integrity = init.integrity ?? '';
    this.keepalive = Boolean(init.keepalive);
  }

  clone(): Request {
    return new Request(this);
  }

  [inspectSymbol](_depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const {
      method,
      url,
      headers,
      redirect,
      cache,
      credentials,
      mode,
      referrer,
      integrity,
      keepalive,
      bodyUsed,
      signal,
    } = this;
    return `Request ${inspect({ method, url, headers, destination: '', referrer, referrerPolicy: '', mode, credentials, cache, redirect, integrity, keepalive, isReloadNavigation: false, isHistoryNavigation: false, bodyUsed, signal }, options)}`;
  }
}
Object.defineProperty(Request.prototype, Symbol.toStringTag, { value: 'Request', configurable: true });

function parseFailure(text: string): unknown {
  try {
    return new URL(text);
  } catch (error) {
    return error;
  }
}
