/** node:querystring: the old way to read and write query strings. */
import { codedError } from './internal/errors.ts';

export function escape(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : (value as string);
  if (!text.isWellFormed()) throw codedError(URIError, 'ERR_INVALID_URI', 'URI malformed');
  return encodeURIComponent(text);
}

/** Percent sequences that are not valid UTF-8 are decoded byte by byte, as Node does. */
export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

export function unescapeBuffer(text: string): Uint8Array {
  const { Buffer } = load('buffer');
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const match = text[index] === '%' ? /^[0-9a-f]{2}/i.exec(text.slice(index + 1, index + 3)) : null;
    bytes.push(match === null ? text.charCodeAt(index) : Number.parseInt(match[0], 16));
    if (match !== null) index += 2;
  }
  return Buffer.from(bytes) as Uint8Array;
}

const primitiveText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
};

interface StringifyOptions {
  encodeURIComponent?: (value: string) => string;
}

export function stringify(object: any, separator = '&', equals = '=', options?: StringifyOptions | null): string {
  separator ||= '&';
  equals ||= '=';
  if (object === null || typeof object !== 'object') return '';
  // The default is looked up at each call: programs replace `querystring.escape`.
  const encode = options?.encodeURIComponent ?? ((value: string) => moduleExports.escape(value));
  const pairs: string[] = [];
  for (const key of Object.keys(object as object)) {
    const name = encode(key) + equals;
    const value = object[key];
    if (Array.isArray(value)) for (const item of value) pairs.push(name + encode(primitiveText(item)));
    else pairs.push(name + encode(primitiveText(value)));
  }
  return pairs.join(separator);
}

interface ParseOptions {
  maxKeys?: number;
  decodeURIComponent?: (value: string) => string;
}

export function parse(
  text: unknown,
  separator = '&',
  equals = '=',
  options?: ParseOptions | null,
): Record<string, string | string[]> {
  const result = Object.create(null) as Record<string, string | string[]>;
  if (typeof text !== 'string' || text === '') return result;
  const decode = options?.decodeURIComponent ?? ((value: string) => moduleExports.unescape(value));
  const safely = (value: string): string => {
    const spaced = value.replaceAll('+', ' ');
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  const maxKeys = options?.maxKeys ?? 1000;
  let pairs = text.split(separator || '&').filter((pair) => pair !== '');
  if (maxKeys > 0) pairs = pairs.slice(0, maxKeys);
  for (const pair of pairs) {
    const at = pair.indexOf(equals || '=');
    const key = safely(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : safely(pair.slice(at + (equals || '=').length));
    const existing = result[key];
    if (existing === undefined) result[key] = value;
    else if (Array.isArray(existing)) existing.push(value);
    else result[key] = [existing, value];
  }
  return result;
}

const moduleExports = { escape, unescape, unescapeBuffer, stringify, encode: stringify, parse, decode: parse };
export default moduleExports;
