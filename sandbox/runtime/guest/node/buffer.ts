/** node:buffer: Buffer, a Uint8Array with encodings, searching and number access. */
import { codedError, describeReceived, invalidArgType, invalidArgValue, outOfRange } from './internal/errors.ts';
import { hexText } from './internal/hex.ts';
import { longLength } from './internal/long-text.ts';
import { latin1Bytes, latin1Text, utf8Text, validUtf8Text } from './internal/utf8.ts';
import { findEncoding, type Encoding } from './internal/buffer/encodings.ts';
import { numberMethods } from './internal/buffer/numbers.ts';
import { search } from './internal/buffer/search.ts';
import { validateNumber } from './internal/validate.ts';

export const kMaxLength = 2 ** 53 - 1;
export const kStringMaxLength = 536_870_888;
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };

/** How many bytes `inspect` shows; assignable as in Node. */
let inspectMaxBytes = 50;

const customInspect = Symbol.for('nodejs.util.inspect.custom');

function encodingOf(name: unknown): Encoding {
  const encoding = findEncoding(name);
  if (encoding === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
  return encoding;
}

function validateSize(size: unknown): asserts size is number {
  validateNumber(size, 'size', 0, kMaxLength);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return new FastBuffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

function fromString(text: string, encoding: unknown): Buffer {
  if (typeof encoding !== 'string' || encoding.length === 0) return asBuffer(encodingOf('utf8').bytes(text));
  return asBuffer(encodingOf(encoding).bytes(text));
}

const isAnyArrayBuffer = (value: unknown): value is ArrayBuffer =>
  value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;

function fromArrayBuffer(buffer: ArrayBuffer, offset: unknown, length: unknown): Buffer {
  const start = offset === undefined || Number.isNaN(Number(offset)) ? 0 : Number(offset);
  const available = buffer.byteLength - start;
  if (available < 0) throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  if (length === undefined) return new FastBuffer(buffer, start);
  const count = Math.max(0, Number(length) || 0);
  if (count > available)
    throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  return new FastBuffer(buffer, start, count);
}

function fromObject(value: any): Buffer | undefined {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return asBuffer(new Uint8Array(value as Uint8Array));
    return typeof value.length === 'number' ? asBuffer(Uint8Array.from(value as ArrayLike<number>)) : new FastBuffer(0);
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return asBuffer(Uint8Array.from(value.data as number[]));
  return undefined;
}

function from(value: any, encodingOrOffset?: unknown, length?: unknown): Buffer {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const converted: unknown = value[Symbol.toPrimitive]('string');
      if (typeof converted === 'string') return fromString(converted, encodingOrOffset);
    }
  }
  const message =
    'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.';
  throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `${message}${describeReceived(value)}`);
}

function alloc(size: number, fill?: unknown, encoding?: unknown): Buffer {
  validateSize(size);
  const buffer = new FastBuffer(size);
  if (fill !== undefined && fill !== 0 && size > 0) buffer.fill(fill, encoding);
  return buffer;
}

function allocUnsafe(size: number): Buffer {
  validateSize(size);
  return new FastBuffer(size);
}

function concat(list: unknown, length?: number): Buffer {
  if (!Array.isArray(list)) throw invalidArgType('list', 'Array', list);
  if (list.length === 0) return new FastBuffer(0);
  list.forEach((item, index) => {
    if (!(item instanceof Uint8Array)) throw invalidArgType(`list[${index}]`, ['Buffer', 'Uint8Array'], item);
  });
  const parts = list as Uint8Array[];
  if (length === undefined) length = parts.reduce((total, part) => total + part.length, 0);
  else validateNumber(length, 'length', 0, kMaxLength);
  const buffer = new FastBuffer(length);
  let at = 0;
  for (const part of parts) {
    if (at >= length) break;
    const piece = part.length > length - at ? part.subarray(0, length - at) : part;
    buffer.set(piece, at);
    at += piece.length;
  }
  return buffer;
}

function byteLength(value: unknown, encoding?: unknown): number {
  if (typeof value === 'string') return (findEncoding(encoding) ?? encodingOf('utf8')).byteLength(value);
  if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return value.byteLength;
  throw invalidArgType('string', ['string', 'Buffer', 'ArrayBuffer'], value);
}

function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  if (a.length + b.length > longLength) return internals.native('compareBytes', a, b) as -1 | 0 | 1;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

function requireBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgType(name, ['Buffer', 'Uint8Array'], value);
}

const clampIndex = (value: unknown, fallback: number, length: number): number => {
  const number = Math.trunc(Number(value));
  if (value === undefined || Number.isNaN(number)) return fallback;
  return Math.min(Math.max(number, 0), length);
};

/** The prototype chain is Buffer.prototype -> Uint8Array.prototype; `Buffer` itself is callable without `new`. */
class FastBuffer extends (Uint8Array as new (
  source: number | ArrayBuffer,
  offset?: number,
  length?: number,
) => Uint8Array<ArrayBuffer>) {
  override toString(encoding?: unknown, start?: unknown, end?: unknown): string {
    const from = clampIndex(start, 0, this.length);
    const to = clampIndex(end, this.length, this.length);
    if (to <= from) return '';
    return encodingOf(encoding).text(this, from, to);
  }

  override toLocaleString(encoding?: unknown, start?: unknown, end?: unknown): string {
    return this.toString(encoding, start, end);
  }

  toJSON(): { type: 'Buffer'; data: number[] } {
    return { type: 'Buffer', data: Array.from(this) };
  }

  equals(other: unknown): boolean {
    requireBytes(other, 'otherBuffer');
    return this === other || (this.length === other.length && compareBytes(this, other) === 0);
  }

  compare(target: unknown, targetStart = 0, targetEnd?: number, start = 0, end = this.length): number {
    requireBytes(target, 'target');
    if (targetStart < 0 || targetStart > target.length)
      throw outOfRange('targetStart', `>= 0 && <= ${target.length}`, targetStart);
    const stop = targetEnd ?? target.length;
    if (stop > target.length) throw outOfRange('targetEnd', `>= 0 && <= ${target.length}`, stop);
    return compareBytes(this.subarray(start, end), target.subarray(targetStart, stop));
  }

  override indexOf(value: unknown, offset?: unknown, encoding?: unknown): number {
    return search(this, value, offset, encoding, true);
  }

  override lastIndexOf(value: unknown, offset?: unknown, encoding?: unknown): number {
    return search(this, value, offset, encoding, false);
  }

  override includes(value: unknown, offset?: unknown, encoding?: unknown): boolean {
    return this.indexOf(value, offset, encoding) !== -1;
  }

  override fill(value: any, offset?: any, end?: any, encoding?: unknown): this {
    if (typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    }
    if (offset !== undefined) validateNumber(offset, 'offset', 0, kMaxLength);
    if (end !== undefined) validateNumber(end, 'end', 0, this.length);
    const from = (offset as number | undefined) ?? 0;
    const to = (end as number | undefined) ?? this.length;
    if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
      return super.fill(typeof value === 'boolean' ? +value : value & 255, from, to);
    }
    const pattern = typeof value === 'string' ? encodingOf(encoding).bytes(value) : (value as Uint8Array);
    if (pattern.length === 0) {
      if (typeof value === 'string' && value.length === 0) return super.fill(0, from, to);
      throw invalidArgValue('value', value);
    }
    if (to <= from) return this;
    // What is there already is copied behind itself, twice as much each time.
    let filled = Math.min(pattern.length, to - from);
    this.set(pattern.subarray(0, filled), from);
    for (; from + filled < to; filled *= 2) this.copyWithin(from + filled, from, Math.min(from + filled, to - filled));
    return this;
  }

  write(text: unknown, offset?: any, length?: any, encoding?: unknown): number {
    if (typeof text !== 'string') throw invalidArgType('argument', 'string', text);
    if (typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
      length = undefined;
    } else if (typeof length === 'string') {
      encoding = length;
      length = undefined;
    }
    const start = (offset as number | undefined) ?? 0;
    validateNumber(start, 'offset', 0, this.length);
    const room = Math.min((length as number | undefined) ?? Infinity, this.length - start);
    const known = encodingOf(encoding);
    const bytes = known.bytes(text);
    let count = Math.min(bytes.length, room);
    // Only whole characters are written.
    if (known.name === 'utf8')
      while (count < bytes.length && count > 0 && ((bytes[count] as number) & 0xc0) === 0x80) count--;
    if (known.name === 'utf16le') count &= ~1;
    this.set(bytes.subarray(0, count), start);
    return count;
  }

  copy(target: unknown, targetStart: any = 0, start: any = 0, end: any = this.length): number {
    requireBytes(target, 'target');
    const to = Math.trunc(Number(targetStart) || 0);
    if (to < 0) throw outOfRange('targetStart', '>= 0', targetStart);
    const from = Math.trunc(Number(start) || 0);
    if (from < 0 || from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, start);
    const stop = Math.trunc(Number(end) || 0);
    if (stop < 0) throw outOfRange('sourceEnd', '>= 0', end);
    if (to >= target.length || from >= stop) return 0;
    const piece = this.subarray(from, Math.min(stop, from + target.length - to));
    target.set(piece, to);
    return piece.length;
  }

  override slice(start?: number, end?: number): this {
    return this.subarray(start, end);
  }

  override subarray(start?: number, end?: number): this {
    return super.subarray(start, end) as this;
  }

  swap16(): this {
    return swap(this, 2);
  }

  swap32(): this {
    return swap(this, 4);
  }

  swap64(): this {
    return swap(this, 8);
  }

  get parent(): ArrayBuffer {
    return this.buffer;
  }

  get offset(): number {
    return this.byteOffset;
  }

  [customInspect](_depth: unknown, context: any, inspect?: (value: unknown, options?: unknown) => string): string {
    const shown = Math.min(inspectMaxBytes, this.length);
    let text = hexText(this, 0, shown)
      .replace(/(.{2})/g, '$1 ')
      .trim();
    const remaining = this.length - shown;
    if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
    const extras = Object.keys(this).filter((key) => !/^\d+$/.test(key));
    if (extras.length > 0 && inspect !== undefined) {
      const own = Object.fromEntries(extras.map((key) => [key, (this as any)[key] as unknown]));
      text += `${text === '' ? '' : ', '}${inspect(own, { ...context, breakLength: Infinity, compact: true }).slice(2, -2)}`;
    }
    return `<${this.constructor.name} ${text}>`;
  }
}

function swap<B extends Uint8Array>(buffer: B, size: number): B {
  if (buffer.length % size !== 0) {
    throw codedError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  }
  for (let at = 0; at < buffer.length; at += size) Uint8Array.prototype.reverse.call(buffer.subarray(at, at + size));
  return buffer;
}

export type Buffer = FastBuffer;

function BufferConstructor(value: unknown, encodingOrOffset?: unknown, length?: unknown): Buffer {
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'string', value);
    return alloc(value);
  }
  return from(value, encodingOrOffset, length);
}

const statics = {
  from,
  of: (...bytes: number[]): Buffer => asBuffer(Uint8Array.of(...bytes)),
  alloc,
  allocUnsafe,
  allocUnsafeSlow: allocUnsafe,
  concat,
  byteLength,
  compare(a: unknown, b: unknown): -1 | 0 | 1 {
    requireBytes(a, 'buf1');
    requireBytes(b, 'buf2');
    return compareBytes(a, b);
  },
  isBuffer: (value: unknown): boolean => value instanceof FastBuffer,
  isEncoding: (name: unknown): boolean => typeof name === 'string' && name !== '' && findEncoding(name) !== undefined,
  copyBytesFrom(source: any, offset = 0, length?: number): Buffer {
    if (!ArrayBuffer.isView(source)) throw invalidArgType('view', 'TypedArray', source);
    const elements = (source as Uint16Array).slice(offset, length === undefined ? undefined : offset + length);
    return new FastBuffer(elements.buffer, elements.byteOffset, elements.byteLength);
  },
  poolSize: 8192,
};

for (const [name, value] of Object.entries(statics)) {
  if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name });
}
for (const [name, method] of Object.entries(numberMethods())) {
  Object.defineProperty(FastBuffer.prototype, name, { value: method, writable: true, configurable: true });
}
for (const name of ['utf8', 'ucs2', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex']) {
  const encoding = encodingOf(name);
  const method = function (this: Uint8Array, start = 0, end = this.length): string {
    return encoding.text(this, start, end);
  };
  Object.defineProperty(FastBuffer.prototype, `${name}Slice`, { value: method, writable: true, configurable: true });
}

export const Buffer = BufferConstructor as unknown as typeof statics & {
  new (value: unknown, encodingOrOffset?: unknown, length?: unknown): Buffer;
  (value: unknown, encodingOrOffset?: unknown, length?: unknown): Buffer;
  prototype: Buffer;
};
Object.defineProperty(Buffer, 'name', { value: 'Buffer' });
Object.assign(Buffer, statics);
Object.defineProperty(Buffer, 'prototype', { value: FastBuffer.prototype });
Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.setPrototypeOf(Buffer, Uint8Array);
// `subarray` and the other methods of typed arrays make their results through this.
Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
for (const alias of ['toLocaleString']) {
  Object.defineProperty(FastBuffer.prototype, alias, {
    value: FastBuffer.prototype.toString,
    writable: true,
    configurable: true,
  });
}

export const SlowBuffer = (size: number): Buffer => allocUnsafe(size);

/** Node's atob and btoa throw InvalidCharacterError. */
function invalidCharacter(message: string): Error {
  return new DOMException(message, 'InvalidCharacterError');
}

export function atob(input: unknown): string {
  if (arguments.length === 0) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
  const text = String(input).replace(/[\t\n\f\r ]/g, '');
  const body = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (/[^A-Za-z0-9+/]/.test(body)) throw invalidCharacter('Invalid character');
  if (body.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return latin1Text(encodingOf('base64').bytes(body));
}

export function btoa(input: unknown): string {
  if (arguments.length === 0) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
  const text = String(input);
  if (/[^\x00-\xff]/.test(text)) throw invalidCharacter('Invalid character');
  return encodingOf('base64').text(latin1Bytes(text), 0, text.length);
}

const bytesOf = (input: any): Uint8Array =>
  ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input as ArrayBuffer);

export const isUtf8 = (input: unknown): boolean => validUtf8Text(bytesOf(input)) !== undefined;
export const isAscii = (input: unknown): boolean => bytesOf(input).every((byte) => byte < 128);

export function transcode(source: Uint8Array, fromEncoding: string, toEncoding: string): Buffer {
  const text = fromEncoding === 'utf8' ? utf8Text(source) : encodingOf(fromEncoding).text(source, 0, source.length);
  const target = encodingOf(toEncoding);
  const replaced = /^(latin1|ascii)$/.test(target.name)
    ? text.replace(target.name === 'ascii' ? /[^\x00-\x7f]/gu : /[^\x00-\xff]/gu, '?')
    : text;
  return asBuffer(target.bytes(replaced));
}

export function resolveObjectURL(_id: string): undefined {
  return undefined;
}

const moduleExports = {
  Buffer,
  SlowBuffer,
  atob,
  btoa,
  constants,
  isAscii,
  isUtf8,
  kMaxLength,
  kStringMaxLength,
  resolveObjectURL,
  transcode,
};
Object.defineProperties(moduleExports, {
  INSPECT_MAX_BYTES: {
    get: () => inspectMaxBytes,
    set: (value: number) => {
      inspectMaxBytes = value;
    },
    enumerable: true,
  },
  Blob: { get: () => load('internal/blob').Blob, enumerable: true },
  File: { get: () => load('internal/blob').File, enumerable: true },
});
export default moduleExports;
