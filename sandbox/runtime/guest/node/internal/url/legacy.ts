/** url.parse, url.format and url.resolve: the old API, for programs that still use it. */
import { codedError } from '../errors.ts';

const slashedProtocols = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);

const escapes: Record<string, string> = {};
for (const character of '\t\n\r "\'<>\\^`{|}')
  escapes[character] = `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
const autoEscape = (text: string): string =>
  text.replace(/[\t\n\r "'<>\\^`{|}]/g, (character) => escapes[character] as string);

export class Url {
  protocol: string | null = null;
  slashes: boolean | null = null;
  auth: string | null = null;
  host: string | null = null;
  port: string | null = null;
  hostname: string | null = null;
  hash: string | null = null;
  search: string | null = null;
  query: any = null;
  pathname: string | null = null;
  path: string | null = null;
  href!: string;

  format(): string {
    return formatLegacy(this);
  }

  resolve(relative: string): string {
    return resolveLegacy(this.href, relative);
  }

  parse(text: string, parseQuery = false, slashesDenoteHost = false): void {
    Object.assign(this, parseLegacy(text, parseQuery, slashesDenoteHost));
  }
}

export function parseLegacy(text: string, parseQuery: boolean, slashesDenoteHost: boolean): Url {
  const url = new Url();
  let rest = text.trim();
  const mark = rest.search(/[?#]/);
  rest = (mark === -1 ? rest : rest.slice(0, mark)).replaceAll('\\', '/') + (mark === -1 ? '' : rest.slice(mark));
  const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
  if (protocol !== undefined) {
    url.protocol = protocol.toLowerCase();
    rest = rest.slice(protocol.length);
  }
  const hasSlashes =
    rest.startsWith('//') && (slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest));
  if (hasSlashes && url.protocol !== 'javascript:') {
    url.slashes = true;
    rest = parseHostInto(url, rest.slice(2), text);
  }
  const hash = rest.indexOf('#');
  if (hash !== -1) {
    url.hash = autoEscape(rest.slice(hash));
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question !== -1) {
    url.search = autoEscape(rest.slice(question));
    url.query = url.search.slice(1);
    rest = rest.slice(0, question);
  } else if (parseQuery) {
    url.search = null;
    url.query = '';
  }
  if (parseQuery) url.query = load('querystring').parse(url.query);
  if (rest !== '') url.pathname = autoEscape(rest);
  if (url.slashes && url.protocol !== null && slashedProtocols.has(url.protocol) && url.hostname && !url.pathname)
    url.pathname = '/';
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname ?? '') + (url.search ?? '');
  url.href = formatLegacy(url);
  return url;
}

function parseHostInto(url: Url, rest: string, text: string): string {
  const end = rest.search(/[/?#]/);
  let authority = end === -1 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  if (at !== -1) {
    url.auth = decodeURIComponent(authority.slice(0, at));
    authority = authority.slice(at + 1);
  }
  const port = /:(\d*)$/.exec(authority);
  if (port !== null) {
    if (port[1] !== '') url.port = port[1] as string;
    authority = authority.slice(0, port.index);
  }
  const isIpv6 = authority.startsWith('[') && authority.endsWith(']');
  if (!isIpv6 && /[\s"#%/<>?@[\\\]^`{|}]/.test(authority)) {
    throw Object.assign(codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: text });
  }
  url.hostname = isIpv6 ? authority.slice(1, -1) : authority.toLowerCase();
  url.host = `${isIpv6 ? `[${url.hostname}]` : url.hostname}${url.port === null ? '' : `:${url.port}`}`;
  return end === -1 ? '' : rest.slice(end);
}

export function formatLegacy(url: any): string {
  let auth: string = url.auth || '';
  if (auth !== '') auth = `${encodeURIComponent(auth).replace(/%3A/i, ':')}@`;
  let protocol: string = url.protocol || '';
  let pathname: string = url.pathname || '';
  let hash: string = url.hash || '';
  let host: string | false = false;
  if (url.host) host = auth + url.host;
  else if (url.hostname) {
    host = auth + (String(url.hostname).includes(':') ? `[${url.hostname as string}]` : url.hostname);
    if (url.port) host += `:${url.port as string}`;
  }
  let query = '';
  if (url.query !== null && typeof url.query === 'object') query = load('querystring').stringify(url.query) as string;
  let search: string = url.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[?#]/g, encodeURIComponent);
  if (url.slashes || ((!protocol || slashedProtocols.has(protocol)) && host !== false)) {
    host = `//${host || ''}`;
    if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
  } else if (host === false) {
    host = '';
  }
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  if (search && !search.startsWith('?')) search = `?${search}`;
  return protocol + host + pathname + search.replaceAll('#', '%23') + hash;
}

/** Resolves by the URL standard, against a made-up origin where the base has none. */
export function resolveLegacy(from: string, to: string): string {
  const { URL } = load<typeof import('../url.ts')>('internal/url');
  const origin = 'resolve://';
  const resolved = new URL(to, new URL(from, origin));
  if (resolved.protocol !== 'resolve:') return resolved.href;
  const text = `${resolved.pathname}${resolved.search}${resolved.hash}`;
  return from.startsWith('/') || to.startsWith('/') ? text : text.slice(1);
}
