/** URL and URLSearchParams of the URL standard. */
import { codedError } from './errors.ts';
import { parseHost } from './url/host.ts';
import {
  addSegments,
  defaultPorts,
  encodeQuery,
  isSpecialScheme,
  parseUrl,
  pathText,
  setPort,
  urlText,
  type UrlRecord,
} from './url/parse.ts';
import { percentEncode } from './url/percent.ts';
import { URLSearchParams } from './url/search-params.ts';

export { URLSearchParams } from './url/search-params.ts';
export { domainToAscii, domainToUnicode } from './url/host.ts';
export { percentDecode } from './url/percent.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

function invalidUrl(input: string, base?: string): Error {
  const error = codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  return Object.assign(error, { input }, base === undefined ? {} : { base });
}

export class URL {
  #url!: UrlRecord;
  #searchParams: URLSearchParams | undefined;

  constructor(input: unknown, base: unknown = undefined) {
    if (arguments.length === 0) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    const text = String(input);
    const baseText = base === undefined ? undefined : String(base);
    const baseUrl = baseText === undefined ? undefined : parseUrl(baseText);
    const url = baseText !== undefined && baseUrl === undefined ? undefined : parseUrl(text, baseUrl);
    if (url === undefined) throw invalidUrl(text, baseText);
    this.#url = url;
  }

  static canParse(input: unknown, base: unknown = undefined): boolean {
    if (base === undefined) return parseUrl(String(input)) !== undefined;
    const baseUrl = parseUrl(String(base));
    return baseUrl !== undefined && parseUrl(String(input), baseUrl) !== undefined;
  }

  static parse(input: unknown, base: unknown = undefined): URL | null {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static createObjectURL(_blob: unknown): never {
    throw load('internal/errors').notSimulated('URL.createObjectURL()');
  }

  static revokeObjectURL(_url: unknown): void {
    // Nothing to forget: createObjectURL never made one.
  }

  get href(): string {
    return urlText(this.#url);
  }

  set href(value: unknown) {
    const url = parseUrl(String(value));
    if (url === undefined) throw invalidUrl(String(value));
    this.#url = url;
    if (this.#searchParams !== undefined) URLSearchParams.replace(this.#searchParams, url.query ?? '');
  }

  get origin(): string {
    const { scheme, host, port } = this.#url;
    if (scheme === 'blob' && typeof this.#url.path === 'string') {
      const inner = parseUrl(this.#url.path);
      return inner !== undefined && /^https?$/.test(inner.scheme) ? new URL(this.#url.path).origin : 'null';
    }
    if (!isSpecialScheme(scheme) || scheme === 'file') return 'null';
    return `${scheme}://${host as string}${port === null ? '' : `:${port}`}`;
  }

  get protocol(): string {
    return `${this.#url.scheme}:`;
  }

  set protocol(value: unknown) {
    const match = /^([a-z][a-z0-9+.-]*)(:|$)/i.exec(String(value));
    if (match === null) return;
    const scheme = (match[1] as string).toLowerCase();
    const url = this.#url;
    if (isSpecialScheme(scheme) !== isSpecialScheme(url.scheme)) return;
    if (scheme === 'file' && (url.username !== '' || url.password !== '' || url.port !== null)) return;
    if (url.scheme === 'file' && url.host === '') return;
    url.scheme = scheme;
    if (url.port === defaultPorts[scheme]) url.port = null;
  }

  get username(): string {
    return this.#url.username;
  }

  set username(value: unknown) {
    if (this.#mayHaveCredentials()) this.#url.username = percentEncode(String(value), 'userinfo');
  }

  get password(): string {
    return this.#url.password;
  }

  set password(value: unknown) {
    if (this.#mayHaveCredentials()) this.#url.password = percentEncode(String(value), 'userinfo');
  }

  get host(): string {
    const { host, port } = this.#url;
    return host === null ? '' : `${host}${port === null ? '' : `:${port}`}`;
  }

  set host(value: unknown) {
    this.#setHost(String(value), true);
  }

  get hostname(): string {
    return this.#url.host ?? '';
  }

  set hostname(value: unknown) {
    this.#setHost(String(value), false);
  }

  get port(): string {
    return this.#url.port === null ? '' : String(this.#url.port);
  }

  set port(value: unknown) {
    if (!this.#mayHaveCredentials()) return;
    const text = String(value);
    const digits = /^\d+/.exec(text);
    if (text === '') this.#url.port = null;
    else if (digits !== null) setPort(this.#url, digits[0]);
  }

  get pathname(): string {
    return pathText(this.#url);
  }

  set pathname(value: unknown) {
    if (typeof this.#url.path === 'string') return;
    this.#url.path = [];
    const text = String(value)
      .replace(/[\t\n\r]/g, '')
      .replaceAll('?', '%3F')
      .replaceAll('#', '%23');
    addSegments(text === '' && isSpecialScheme(this.#url.scheme) ? '/' : text, this.#url);
  }

  get search(): string {
    return this.#url.query ? `?${this.#url.query}` : '';
  }

  set search(value: unknown) {
    const text = String(value)
      .replace(/[\t\n\r]/g, '')
      .replace(/^\?/, '');
    this.#url.query = String(value) === '' ? null : encodeQuery(this.#url, text);
    if (this.#searchParams !== undefined) URLSearchParams.replace(this.#searchParams, text);
  }

  get searchParams(): URLSearchParams {
    this.#searchParams ??= URLSearchParams.ofUrl(this.#url.query ?? '', (query) => {
      this.#url.query = query === '' ? null : query;
    });
    return this.#searchParams;
  }

  get hash(): string {
    return this.#url.fragment ? `#${this.#url.fragment}` : '';
  }

  set hash(value: unknown) {
    const text = String(value)
      .replace(/[\t\n\r]/g, '')
      .replace(/^#/, '');
    this.#url.fragment = String(value) === '' ? null : percentEncode(text, 'fragment');
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }

  [inspectSymbol](depth: number | null, options: any, inspect: (value: unknown, options?: unknown) => string): unknown {
    if (typeof depth === 'number' && depth < 0) return this.href;
    const parts: Record<string, unknown> = {};
    for (const name of [
      'href',
      'origin',
      'protocol',
      'username',
      'password',
      'host',
      'hostname',
      'port',
      'pathname',
      'search',
      'searchParams',
      'hash',
    ] as const) {
      parts[name] = this[name];
    }
    return `${this.constructor.name} ${inspect(parts, options)}`;
  }

  #mayHaveCredentials(): boolean {
    return this.#url.host !== null && this.#url.host !== '' && this.#url.scheme !== 'file';
  }

  #setHost(value: string, withPort: boolean): void {
    const url = this.#url;
    if (typeof url.path === 'string') return;
    const special = isSpecialScheme(url.scheme);
    const authority = (special ? /^[^/\\?#]*/ : /^[^/?#]*/).exec(value)?.[0] ?? '';
    const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?/.exec(authority);
    const name = match?.[1] ?? '';
    if (name === '' && (special || url.username !== '' || url.port !== null)) return;
    const host = name === '' ? '' : parseHost(name, special);
    if (host === undefined) return;
    url.host = host;
    if (withPort && match?.[2]) setPort(url, match[2]);
  }
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
for (const name of Object.getOwnPropertyNames(URL.prototype)) {
  if (name !== 'constructor') Object.defineProperty(URL.prototype, name, { enumerable: true });
}
