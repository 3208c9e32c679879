/** Buffer's methods that read and write numbers: readUInt8 … writeDoubleBE, with Node's range checks. */
import { codedError, invalidArgType, outOfRange } from '../errors.ts';

type Bytes = Uint8Array & Record<string, unknown>;

function checkOffset(buffer: Uint8Array, offset: unknown, size: number): number {
  if (typeof offset !== 'number') throw invalidArgType('offset', 'number', offset);
  const last = buffer.length - size;
  if (!(offset >= 0 && offset <= last && Number.isInteger(offset))) {
    if (Math.floor(offset) !== offset) throw outOfRange('offset', 'an integer', offset);
    if (last < 0)
      throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
    throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
  }
  return offset;
}

function checkByteLength(value: unknown): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType('byteLength', 'number', value);
  if (!Number.isInteger(value)) throw outOfRange('byteLength', 'an integer', value);
  if (value < 1 || value > 6) throw outOfRange('byteLength', '>= 1 and <= 6', value);
}

/** Node spells limits of wide integers as powers of two. */
function checkValue(
  value: number | bigint,
  min: number | bigint,
  max: number | bigint,
  size: number,
  signed: boolean,
): void {
  if (value >= min && value <= max) return;
  const suffix = typeof min === 'bigint' ? 'n' : '';
  const range =
    size > 4 || typeof min === 'bigint'
      ? signed
        ? `>= -(2${suffix} ** ${size * 8 - 1}${suffix}) and < 2${suffix} ** ${size * 8 - 1}${suffix}`
        : `>= 0${suffix} and < 2${suffix} ** ${size * 8}${suffix}`
      : `>= ${min} and <= ${max}`;
  throw outOfRange('value', range, value);
}

const view = (buffer: Uint8Array): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** `bytes` bytes at `offset` as one number, most significant first when `big`. */
function readInteger(buffer: Uint8Array, offset: number, bytes: number, big: boolean, signed: boolean): number {
  let result = 0;
  for (let index = 0; index < bytes; index++) {
    result = result * 256 + (buffer[big ? offset + index : offset + bytes - 1 - index] as number);
  }
  return signed && result >= 2 ** (bytes * 8 - 1) ? result - 2 ** (bytes * 8) : result;
}

function writeInteger(buffer: Uint8Array, value: number, offset: number, bytes: number, big: boolean): number {
  let rest = value < 0 ? value + 2 ** (bytes * 8) : value;
  for (let index = 0; index < bytes; index++) {
    buffer[big ? offset + bytes - 1 - index : offset + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + bytes;
}

const isInRange = (signed: boolean, bytes: number): [number, number] =>
  signed ? [-(2 ** (bytes * 8 - 1)), 2 ** (bytes * 8 - 1) - 1] : [0, 2 ** (bytes * 8) - 1];

function fixedIntegers(methods: Record<string, Function>): void {
  for (const signed of [false, true]) {
    for (const bytes of [1, 2, 4]) {
      for (const ending of bytes === 1 ? [''] : ['LE', 'BE']) {
        const big = ending === 'BE';
        const [min, max] = isInRange(signed, bytes);
        const read = function (this: Bytes, offset: unknown = 0): number {
          return readInteger(this, checkOffset(this, offset, bytes), bytes, big, signed);
        };
        const write = function (this: Bytes, value: unknown, offset: unknown = 0): number {
          const number = Number(value);
          checkValue(number, min, max, bytes, signed);
          return writeInteger(this, Math.trunc(number) || 0, checkOffset(this, offset, bytes), bytes, big);
        };
        const name = `Int${bytes * 8}${ending}`;
        if (signed) Object.assign(methods, { [`read${name}`]: read, [`write${name}`]: write });
        else {
          for (const prefix of ['U', 'Ui']) {
            const unsigned = prefix === 'U' ? `U${name}` : `Uint${name.slice(3)}`;
            Object.assign(methods, { [`read${unsigned}`]: read, [`write${unsigned}`]: write });
          }
        }
      }
    }
  }
}

function variableIntegers(methods: Record<string, Function>): void {
  for (const signed of [false, true]) {
    for (const ending of ['LE', 'BE']) {
      const big = ending === 'BE';
      const read = function (this: Bytes, offset: unknown, bytes: unknown): number {
        if (offset === undefined) throw invalidArgType('offset', 'number', offset);
        checkByteLength(bytes);
        return readInteger(this, checkOffset(this, offset, bytes), bytes, big, signed);
      };
      const write = function (this: Bytes, value: unknown, offset: unknown, bytes: unknown): number {
        checkByteLength(bytes);
        const number = Number(value);
        const [min, max] = isInRange(signed, bytes);
        checkValue(number, min, max, bytes, signed);
        return writeInteger(this, Math.trunc(number) || 0, checkOffset(this, offset, bytes), bytes, big);
      };
      for (const name of signed ? [`Int${ending}`] : [`UInt${ending}`, `Uint${ending}`]) {
        Object.assign(methods, { [`read${name}`]: read, [`write${name}`]: write });
      }
    }
  }
}

function throughDataView(methods: Record<string, Function>): void {
  const kinds = [
    { name: 'Float', get: 'getFloat32', set: 'setFloat32', size: 4 },
    { name: 'Double', get: 'getFloat64', set: 'setFloat64', size: 8 },
    { name: 'BigInt64', get: 'getBigInt64', set: 'setBigInt64', size: 8, range: [-(2n ** 63n), 2n ** 63n - 1n] },
    { name: 'BigUInt64', get: 'getBigUint64', set: 'setBigUint64', size: 8, range: [0n, 2n ** 64n - 1n] },
  ] as const;
  for (const kind of kinds) {
    for (const ending of ['LE', 'BE']) {
      const little = ending === 'LE';
      const range = 'range' in kind ? kind.range : undefined;
      const read = function (this: Bytes, offset: unknown = 0): unknown {
        return view(this)[kind.get](checkOffset(this, offset, kind.size), little);
      };
      const write = function (this: Bytes, value: any, offset: unknown = 0): number {
        if (range !== undefined) {
          if (typeof value !== 'bigint')
            throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
          checkValue(value, range[0], range[1], 8, range[0] < 0n);
        }
        const at = checkOffset(this, offset, kind.size);
        (view(this)[kind.set] as (at: number, value: any, little: boolean) => void)(at, value, little);
        return at + kind.size;
      };
      for (const name of kind.name === 'BigUInt64' ? ['BigUInt64', 'BigUint64'] : [kind.name]) {
        Object.assign(methods, { [`read${name}${ending}`]: read, [`write${name}${ending}`]: write });
      }
    }
  }
}

/** All number methods by name. */
export function numberMethods(): Record<string, Function> {
  const methods: Record<string, Function> = {};
  fixedIntegers(methods);
  variableIntegers(methods);
  throughDataView(methods);
  for (const [name, method] of Object.entries(methods)) Object.defineProperty(method, 'name', { value: name });
  return methods;
}
