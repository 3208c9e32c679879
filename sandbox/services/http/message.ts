/** HTTP messages as front doors read and write them: addresses, query strings, headers, bodies. */
import { toBase64 } from '../../lambda/text-bytes.ts';
import type { HttpHeaders } from '../service.ts';

/** The parts of an address that a door looks at. */
export interface Address {
  readonly scheme: 'http' | 'https';
  /** Without port, in lower case. */
  readonly host: string;
  readonly port: number;
  /** As it was sent, beginning with a slash. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
}

export type Pair = readonly [name: string, value: string];

/** The parts of an `http:` or `https:` address; undefined for any other text. */
export function parseAddress(url: string): Address | undefined {
  const match = /^(https?):\/\/([^/?#:]+)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', host = '', port, path = '', query = ''] = match;
  const isSecure = scheme.toLowerCase() === 'https';
  return {
    scheme: isSecure ? 'https' : 'http',
    host: host.toLowerCase(),
    port: port === undefined ? (isSecure ? 443 : 80) : Number(port),
    path: path === '' ? '/' : path,
    query,
  };
}

/** Percent signs resolved; a text that is wrongly encoded stays as it is. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names and values of a query string in order, as they were sent. */
export function rawPairs(query: string): readonly Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

/** The same decoded. */
export function queryPairs(query: string): readonly Pair[] {
  const decode = (text: string): string => decodePart(text.replaceAll('+', ' '));
  return rawPairs(query).map(([name, value]): Pair => [decode(name), decode(value)]);
}

/** Header lines in order, one for each value. */
export function headerPairs(headers: HttpHeaders): readonly Pair[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : value.map((one): Pair => [name, one]),
  );
}

/** The first value of a header; `name` in lower case. */
export function headerOf(headers: HttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

/** All values of each name, in order. */
export function listsOf(pairs: readonly Pair[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

/** The last value of each name. */
export function lastOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** All values of each name, joined by commas. */
export function joinedOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(listsOf(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export interface BodyText {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A body as JSON can hold it: text when `isText` says so and it is UTF-8, Base64 otherwise. */
export function bodyText(body: Uint8Array, isText: boolean): BodyText {
  if (isText) {
    try {
      return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), isBase64Encoded: false };
    } catch {
      // Bytes that are no text.
    }
  }
  return { body: toBase64(body), isBase64Encoded: true };
}

/** Whether a body of that type is text; `types` are beginnings. What has no type is taken for text. */
export function isTextType(contentType: string | undefined, types: readonly string[]): boolean {
  if (contentType === undefined) return true;
  const type = contentType.trim().toLowerCase();
  return types.some((text) => type.startsWith(text));
}

/** `05/Jan/2026:09:00:00 +0000`, as access logs write it. */
export function logTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(at.getUTCMonth() * 3, at.getUTCMonth() * 3 + 3);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  return `${two(at.getUTCDate())}/${month}/${at.getUTCFullYear()}:${clock} +0000`;
}
