/** node:url: the URL standard's classes, file URLs, and the old url.parse family. */
import { codedError, invalidArgType, invalidArgValue } from './internal/errors.ts';
import { domainToAscii, domainToUnicode as toUnicode, percentDecode, URL, URLSearchParams } from './internal/url.ts';
import { formatLegacy, parseLegacy, resolveLegacy, Url } from './internal/url/legacy.ts';
import { validateString } from './internal/validate.ts';

const isUrl = (value: any): value is URL =>
  typeof value?.href === 'string' &&
  typeof value.protocol === 'string' &&
  value.auth === undefined &&
  value.path === undefined;

export function fileURLToPath(input: unknown): string {
  const url = typeof input === 'string' ? new URL(input) : input;
  if (!isUrl(url)) throw invalidArgType('path', ['string', 'URL'], input);
  if (url.protocol !== 'file:') throw codedError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '') {
    throw codedError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  }
  if (/%2f/i.test(url.pathname)) {
    throw codedError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  }
  return percentDecode(url.pathname);
}

export function pathToFileURL(path: unknown): URL {
  validateString(path, 'path');
  const { resolve } = load('path');
  const absolute = `${resolve(path) as string}${path.endsWith('/') && path.length > 1 ? '/' : ''}`;
  const encoded = absolute.replace(/[%\\\n\r\t?#]/g, (character) => encodeURIComponent(character));
  return new URL(`file://${encoded}`);
}

export function urlToHttpOptions(url: any): Record<string, unknown> {
  const { hostname, pathname, search, port, username, password } = url as URL;
  return {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname}${search}`,
    href: url.href,
    ...(port !== '' && { port: Number(port) }),
    ...((username || password) && { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
  };
}

export function format(
  url: any,
  options?: { auth?: boolean; fragment?: boolean; search?: boolean; unicode?: boolean },
): string {
  if (typeof url === 'string') return parseLegacy(url, false, false).format();
  if (url === null || typeof url !== 'object') throw invalidArgType('urlObject', ['Object', 'string'], url);
  if (!(url instanceof URL)) return formatLegacy(url);
  const copy = new URL(url.href);
  const { auth = true, fragment = true, search = true, unicode = false } = options ?? {};
  if (!auth) {
    copy.username = '';
    copy.password = '';
  }
  if (!fragment) copy.hash = '';
  if (!search) copy.search = '';
  return unicode ? copy.href.replace(copy.hostname, toUnicode(copy.hostname)) : copy.href;
}

export function parse(url: unknown, parseQuery = false, slashesDenoteHost = false): Url {
  if (url instanceof Url) return url;
  validateString(url, 'url');
  return parseLegacy(url, parseQuery, slashesDenoteHost);
}

export function resolve(from: unknown, to: unknown): string {
  validateString(from, 'from');
  validateString(to, 'to');
  return resolveLegacy(from, to);
}

export const resolveObject = (from: string, to: string): Url => parseLegacy(resolveLegacy(from, to), false, false);
export const domainToASCII = (domain: unknown): string => domainToAscii(String(domain)) ?? '';
export const domainToUnicode = (domain: unknown): string => toUnicode(domainToAscii(String(domain)) ?? '');
export { URL, URLSearchParams, Url };

/** A URL-like argument of fs functions as a path. */
export function toPathIfFileURL(value: unknown): unknown {
  if (isUrl(value)) return fileURLToPath(value);
  if (typeof value === 'string' && value.includes('\0')) {
    throw invalidArgValue('path', value, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return value;
}
