/** The URL standard's parser: text and base to the parts of a URL. */
import { parseHost } from './host.ts';
import { percentEncode } from './percent.ts';

export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  /** Null: no host at all; empty: an empty host, as in `file:///x`. */
  host: string | null;
  port: number | null;
  /** A string is an opaque path (`mailto:x`). */
  path: string[] | string;
  query: string | null;
  fragment: string | null;
}

export const defaultPorts: Record<string, number | null> = {
  ftp: 21,
  file: null,
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
};

export const isSpecialScheme = (scheme: string): boolean => Object.hasOwn(defaultPorts, scheme);

const isDriveLetter = (text: string): boolean => /^[a-z][:|]$/i.test(text);
const startsWithDriveLetter = (text: string): boolean => /^[a-z][:|]([/\\?#]|$)/i.test(text);
const isSingleDot = (segment: string): boolean => /^(\.|%2e)$/i.test(segment);
const isDoubleDot = (segment: string): boolean => /^(\.|%2e){2}$/i.test(segment);

/** Parses after trimming; undefined when the text is not a valid URL. */
export function parseUrl(input: string, base?: UrlRecord): UrlRecord | undefined {
  const text = input
    .toWellFormed()
    .replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, '')
    .replace(/[\t\n\r]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text);
  if (scheme === null) return base === undefined ? undefined : parseRelative(text, base);
  const name = (scheme[1] as string).toLowerCase();
  const rest = text.slice(name.length + 1);
  const url = emptyUrl(name);
  if (name === 'file') return parseFile(rest, base?.scheme === 'file' ? base : undefined, url);
  if (isSpecialScheme(name)) {
    if (base?.scheme === name && !/^[/\\]{2}/.test(rest)) return parseRelative(rest, base);
    return parseAuthority(rest.replace(/^[/\\]*/, ''), url);
  }
  if (rest.startsWith('//')) return parseAuthority(rest.slice(2), url);
  if (rest.startsWith('/')) return parsePathAndAfter(rest, url);
  const { path, query, fragment } = splitTail(rest);
  url.path = percentEncode(path, 'control');
  if (query !== null || fragment !== null) url.path = url.path.replace(/ $/, '%20');
  return withTail(url, query, fragment);
}

function emptyUrl(scheme: string): UrlRecord {
  return { scheme, username: '', password: '', host: null, port: null, path: [], query: null, fragment: null };
}

function splitTail(text: string): { path: string; query: string | null; fragment: string | null } {
  const hash = text.indexOf('#');
  const fragment = hash === -1 ? null : text.slice(hash + 1);
  const beforeHash = hash === -1 ? text : text.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  return {
    path: mark === -1 ? beforeHash : beforeHash.slice(0, mark),
    query: mark === -1 ? null : beforeHash.slice(mark + 1),
    fragment,
  };
}

export function encodeQuery(url: UrlRecord, query: string): string {
  return percentEncode(query, isSpecialScheme(url.scheme) ? 'specialQuery' : 'query');
}

function withTail(url: UrlRecord, query: string | null, fragment: string | null): UrlRecord {
  url.query = query === null ? null : encodeQuery(url, query);
  url.fragment = fragment === null ? null : percentEncode(fragment, 'fragment');
  return url;
}

function parseRelative(text: string, base: UrlRecord): UrlRecord | undefined {
  if (typeof base.path === 'string') {
    if (!text.startsWith('#')) return undefined;
    return { ...base, fragment: percentEncode(text.slice(1), 'fragment') };
  }
  if (base.scheme === 'file') return parseFile(text, base, emptyUrl('file'));
  const special = isSpecialScheme(base.scheme);
  const slash = special ? /^[/\\]/ : /^\//;
  const url: UrlRecord = { ...emptyUrl(base.scheme) };
  if (slash.test(text)) {
    if (slash.test(text.slice(1))) return parseAuthority(text.replace(special ? /^[/\\]+/ : /^\/\//, ''), url);
    Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
    return parsePathAndAfter(text, url);
  }
  Object.assign(url, { ...base, path: [...base.path], fragment: null });
  const { path, query, fragment } = splitTail(text);
  if (path === '') {
    if (query === null) {
      const { query: kept } = base;
      withTail(url, null, fragment);
      url.query = kept;
      return url;
    }
    return withTail(url, query, fragment);
  }
  (url.path as string[]).pop();
  return parsePathAndAfter(text, url, true);
}

function parseAuthority(text: string, url: UrlRecord): UrlRecord | undefined {
  const special = isSpecialScheme(url.scheme);
  const end = text.search(special ? /[/\\?#]/ : /[/?#]/);
  let authority = end === -1 ? text : text.slice(0, end);
  const rest = end === -1 ? '' : text.slice(end);
  const at = authority.lastIndexOf('@');
  if (at !== -1) {
    const credentials = authority.slice(0, at);
    authority = authority.slice(at + 1);
    if (authority === '') return undefined;
    const colon = credentials.indexOf(':');
    url.username = percentEncode(colon === -1 ? credentials : credentials.slice(0, colon), 'userinfo');
    url.password = colon === -1 ? '' : percentEncode(credentials.slice(colon + 1), 'userinfo');
  }
  const port = /:(\d*)$/.exec(authority);
  const bracket = authority.lastIndexOf(']');
  let host = authority;
  if (port !== null && port.index > bracket) {
    host = authority.slice(0, port.index);
    if (!setPort(url, port[1] as string)) return undefined;
  } else if (authority.slice(bracket + 1).includes(':')) {
    return undefined;
  }
  if (host === '') {
    if (special || port !== null || at !== -1) return undefined;
    url.host = '';
  } else {
    const parsed = parseHost(host, special);
    if (parsed === undefined) return undefined;
    url.host = parsed;
  }
  return parsePathAndAfter(rest, url);
}

/** Empty text means no port; false when it is not a port. */
export function setPort(url: UrlRecord, digits: string): boolean {
  if (digits === '') {
    url.port = null;
    return true;
  }
  const port = Number(digits);
  if (port > 65_535) return false;
  url.port = port === defaultPorts[url.scheme] ? null : port;
  return true;
}

function parseFile(text: string, base: UrlRecord | undefined, url: UrlRecord): UrlRecord | undefined {
  url.host = '';
  if (/^[/\\]{2}/.test(text)) {
    const afterSlashes = text.slice(2);
    const end = afterSlashes.search(/[/\\?#]/);
    const host = end === -1 ? afterSlashes : afterSlashes.slice(0, end);
    if (isDriveLetter(host)) return parsePathAndAfter(`/${afterSlashes}`, url);
    if (host !== '') {
      const parsed = parseHost(host, true);
      if (parsed === undefined) return undefined;
      url.host = parsed === 'localhost' ? '' : parsed;
    }
    return parsePathAndAfter(end === -1 ? '' : afterSlashes.slice(end), url);
  }
  if (/^[/\\]/.test(text)) {
    if (base !== undefined) {
      url.host = base.host;
      const [first] = base.path;
      if (!startsWithDriveLetter(text.slice(1)) && typeof first === 'string' && /^[a-z]:$/i.test(first))
        (url.path as string[]).push(first);
    }
    return parsePathAndAfter(text, url);
  }
  if (base === undefined) return parsePathAndAfter(text, url);
  Object.assign(url, { host: base.host, path: [...base.path], query: base.query });
  const { path, query, fragment } = splitTail(text);
  if (path === '') {
    const kept = url.query;
    withTail(url, query, fragment);
    if (query === null) url.query = kept;
    return url;
  }
  if (startsWithDriveLetter(text)) url.path = [];
  else shorten(url);
  return parsePathAndAfter(text, url, true);
}

function shorten(url: UrlRecord): void {
  const path = url.path as string[];
  if (url.scheme === 'file' && path.length === 1 && /^[a-z]:$/i.test(path[0] as string)) return;
  path.pop();
}

/** Adds the segments of a path, then query and fragment. `relative`: the text continues the url's path. */
export function parsePathAndAfter(text: string, url: UrlRecord, relative = false): UrlRecord {
  const { path, query, fragment } = splitTail(text);
  addSegments(path, url, relative);
  return withTail(url, query, fragment);
}

export function addSegments(path: string, url: UrlRecord, relative = false): void {
  const special = isSpecialScheme(url.scheme);
  const segments = path.split(special ? /[/\\]/ : '/');
  const target = url.path as string[];
  if (!relative) {
    if (path === '' && !special) return;
    if (segments[0] === '') segments.shift();
    if (segments.length === 0) segments.push('');
  }
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (isDoubleDot(segment)) {
      shorten(url);
      if (isLast) target.push('');
    } else if (isSingleDot(segment)) {
      if (isLast) target.push('');
    } else {
      const isDrive = url.scheme === 'file' && target.length === 0 && isDriveLetter(segment);
      target.push(isDrive ? `${segment[0] as string}:` : percentEncode(segment, 'path'));
    }
  });
}

export function pathText(url: UrlRecord): string {
  return typeof url.path === 'string' ? url.path : url.path.map((segment) => `/${segment}`).join('');
}

export function urlText(url: UrlRecord, withFragment = true): string {
  let text = `${url.scheme}:`;
  if (url.host !== null) {
    text += '//';
    if (url.username !== '' || url.password !== '') {
      text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    }
    text += url.host + (url.port === null ? '' : `:${url.port}`);
  } else if (typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === '') {
    text += '/.';
  }
  text += pathText(url);
  if (url.query !== null) text += `?${url.query}`;
  if (withFragment && url.fragment !== null) text += `#${url.fragment}`;
  return text;
}
