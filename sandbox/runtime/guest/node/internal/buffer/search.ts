/** Finding bytes in bytes: indexOf, lastIndexOf and includes of Buffer. */
import { codedError, invalidArgType } from '../errors.ts';
import { findEncoding } from './encodings.ts';

function needleBytes(value: unknown, encoding: unknown): Uint8Array | number {
  if (typeof value === 'number') return value & 255;
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') {
    throw invalidArgType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  }
  const known = findEncoding(encoding);
  if (known === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(encoding)}`);
  return known.bytes(value);
}

export function search(
  buffer: Uint8Array,
  value: unknown,
  offset: unknown,
  encoding: unknown,
  forward: boolean,
): number {
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  }
  const { length } = buffer;
  let start = Number(offset);
  if (Number.isNaN(start)) start = forward ? 0 : length;
  start = Math.trunc(Math.min(Math.max(start, -(2 ** 31)), 2 ** 31 - 1));
  if (start < 0) start += length;
  const needle = needleBytes(value, encoding);
  if (typeof needle === 'number') {
    if (start < 0) return forward ? buffer.indexOf(needle, 0) : -1;
    return forward
      ? Uint8Array.prototype.indexOf.call(buffer, needle, start)
      : Uint8Array.prototype.lastIndexOf.call(buffer, needle, start);
  }
  if (start < 0) {
    if (!forward) return -1;
    start = 0;
  }
  if (needle.length === 0) return Math.min(start, length);
  const last = length - needle.length;
  const first = needle[0] as number;
  const matches = (at: number): boolean => {
    for (let index = 1; index < needle.length; index++) if (buffer[at + index] !== needle[index]) return false;
    return true;
  };
  if (forward) {
    for (let at = start; at <= last; at++) {
      at = Uint8Array.prototype.indexOf.call(buffer, first, at);
      if (at === -1 || at > last) return -1;
      if (matches(at)) return at;
    }
    return -1;
  }
  for (let at = Math.min(start, last); at >= 0; at--) if (buffer[at] === first && matches(at)) return at;
  return -1;
}
