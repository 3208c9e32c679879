/** node:crypto: randomness, hashes, HMAC, key derivation and webcrypto. Ciphers and signatures are not simulated. */
import nodeBuffer from './buffer.ts';
import { codedError, invalidArgType, notSimulated, outOfRange } from './internal/errors.ts';
import { findHash, hashNames, HashState, type Hash as HashFunction } from './internal/hashes.ts';
import { ticksOfPbkdf2, ticksOfRandomBytes, ticksOfScrypt } from './internal/native-costs.ts';
import { validateFunction, validateInteger, validateNumber, validateString } from './internal/validate.ts';

const { Buffer } = nodeBuffer;
type Bytes = Uint8Array;
type Callback = (error: Error | null, result?: any) => void;

const nextTick = (callback: (...values: any[]) => void, ...values: unknown[]): void =>
  internals.timers.nextTick(callback, ...values);

export function bytesOf(value: any, name: string, encoding?: string): Bytes {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof KeyObject) return value.export() as Bytes;
  throw invalidArgType(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function dataBytes(data: any, encoding?: string): Bytes {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw invalidArgType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  return bytesOf(data, 'data', encoding);
}

const withEncoding = (bytes: Bytes, encoding?: string): any => {
  const buffer = Buffer.from(bytes);
  return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
};

function hashOf(algorithm: unknown): HashFunction {
  validateString(algorithm, 'algorithm');
  const found = findHash(algorithm);
  if (found !== undefined) return found;
  throw new Error('Digest method not supported');
}

function invalidDigest(name: unknown): Error {
  return codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${String(name)}`);
}

function digestByName(name: unknown): HashFunction {
  validateString(name, 'digest');
  const found = findHash(name);
  if (found === undefined) throw invalidDigest(name);
  return found;
}

/** A hash or MAC is a Transform stream with `update` and `digest`; the stream part is attached when it is used. */
class Digest {
  _state: HashState | undefined;

  constructor(state: HashState) {
    Object.defineProperty(this, '_state', { value: state, writable: true, enumerable: false });
  }

  update(data: unknown, encoding?: string): this {
    if (this._state === undefined) throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this._state.update(dataBytes(data, encoding));
    return this;
  }

  digest(encoding?: string): any {
    if (this._state === undefined) throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const bytes = this._state.digest();
    this._state = undefined;
    return withEncoding(bytes, encoding);
  }
}

/** Gives a digest class the methods of a Transform that emits the digest at its end. */
function asStream(prototype: Record<string, any>): void {
  const streamOf = (digest: any): any => {
    if (digest._stream !== undefined) return digest._stream;
    const { Transform } = load('stream');
    const stream = new Transform({
      transform(chunk: Bytes, encoding: string, done: () => void) {
        digest.update(chunk, encoding);
        done();
      },
      flush(done: (error: null, value: unknown) => void) {
        done(null, digest.digest());
      },
    });
    Object.defineProperty(digest, '_stream', { value: stream, enumerable: false });
    return stream;
  };
  for (const name of [
    'on',
    'once',
    'off',
    'removeListener',
    'emit',
    'write',
    'end',
    'pipe',
    'read',
    'setEncoding',
    'listenerCount',
  ]) {
    prototype[name] = function (this: object, ...args: unknown[]): unknown {
      const stream = streamOf(this);
      const result = stream[name](...args);
      return result === stream ? this : result;
    };
  }
  prototype[Symbol.asyncIterator as unknown as string] = function (this: object): unknown {
    return streamOf(this)[Symbol.asyncIterator]();
  };
}

export class Hash extends Digest {
  copy(): Hash {
    if (this._state === undefined) throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    return new Hash(this._state.copy());
  }
}

export class Hmac extends Digest {
  /** As Node: the second call gives nothing. */
  override digest(encoding?: string): any {
    return this._state === undefined ? withEncoding(new Uint8Array(0), encoding) : super.digest(encoding);
  }
}
asStream(Digest.prototype);

export const createHash = (algorithm: unknown): Hash => new Hash(new HashState(hashOf(algorithm)));

export function createHmac(algorithm: unknown, key: unknown): Hmac {
  validateString(algorithm, 'hmac');
  const found = findHash(algorithm);
  if (found === undefined) throw invalidDigest(algorithm);
  if (
    typeof key !== 'string' &&
    !ArrayBuffer.isView(key) &&
    !(key instanceof ArrayBuffer) &&
    !(key instanceof KeyObject)
  ) {
    throw invalidArgType(
      'key',
      ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'],
      key,
    );
  }
  return new Hmac(new HashState(found, bytesOf(key, 'key').slice()));
}

/** crypto.hash(): a digest in one call. */
export function hash(algorithm: unknown, data: unknown, outputEncoding = 'hex'): any {
  return createHash(algorithm).update(data).digest(outputEncoding);
}

export const getHashes = (): string[] =>
  ['RSA-MD5', 'RSA-RIPEMD160', 'RSA-SHA1', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA384', 'RSA-SHA512', ...hashNames].sort();
export const getCiphers = (): string[] => [];
export const getCurves = (): string[] => [];

export function randomBytes(size: unknown, callback?: Callback): any {
  validateNumber(size, 'size', 0, 2 ** 31 - 1);
  internals.meter(ticksOfRandomBytes(size));
  const bytes = Buffer.from(internals.randomBytes(size).buffer);
  if (callback === undefined) return bytes;
  validateFunction(callback, 'callback');
  internals.timers.setImmediate(() => callback(null, bytes));
}

export function randomFillSync(target: any, offset = 0, size?: number): any {
  if (!ArrayBuffer.isView(target) && !(target instanceof ArrayBuffer))
    throw invalidArgType('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
  const bytes = bytesOf(target, 'buf');
  const unit = (target as any).BYTES_PER_ELEMENT ?? 1;
  const start = offset * unit;
  const length = size === undefined ? bytes.length - start : size * unit;
  if (start < 0 || start > bytes.length) throw outOfRange('offset', `>= 0 && <= ${bytes.length}`, offset);
  if (length < 0 || start + length > bytes.length)
    throw outOfRange('size + offset', `<= ${bytes.length}`, start + length);
  bytes.set(internals.randomBytes(length), start);
  return target;
}

export function randomFill(target: any, ...rest: any[]): void {
  const callback = rest.pop() as Callback;
  validateFunction(callback, 'callback');
  randomFillSync(target, rest[0], rest[1]);
  internals.timers.setImmediate(() => callback(null, target));
}

export function randomInt(...args: any[]): any {
  const callback = typeof args.at(-1) === 'function' ? (args.pop() as Callback) : undefined;
  const [min, max] = args.length < 2 ? [0, args[0]] : args;
  if (!Number.isSafeInteger(min)) throw invalidArgType('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw invalidArgType('max', 'a safe integer', max);
  const range = max - min;
  if (max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
  if (range > 2 ** 48 - 1) throw outOfRange(args.length < 2 ? 'max' : 'max - min', `<= ${2 ** 48 - 1}`, range);
  // Numbers beyond the last whole multiple of the range would favour its start.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let number: number;
  do number = (Buffer.from(internals.randomBytes(6)) as any).readUIntBE(0, 6) as number;
  while (number >= limit);
  const result = min + (number % range);
  if (callback === undefined) return result;
  nextTick(callback, null, result);
}

export function randomUUID(): string {
  const bytes = internals.randomBytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const text = Buffer.from(bytes).toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export function timingSafeEqual(a: any, b: any): boolean {
  for (const [value, name] of [
    [a, 'buf1'],
    [b, 'buf2'],
  ]) {
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
      const message = `The "${name as string}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`;
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
    }
  }
  const left = bytesOf(a, 'buf1');
  const right = bytesOf(b, 'buf2');
  if (left.length !== right.length) {
    throw codedError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return left.every((byte, index) => byte === right[index]);
}

export function pbkdf2Sync(
  password: unknown,
  salt: unknown,
  iterations: unknown,
  length: unknown,
  digest: unknown,
): any {
  const found = digestByName(digest);
  validateInteger(iterations, 'iterations', 1, 2 ** 31 - 1);
  validateInteger(length, 'keylen', 0, 2 ** 31 - 1);
  const secret = bytesOf(password, 'password');
  const salted = bytesOf(salt, 'salt');
  const blocks = Math.max(1, Math.ceil(length / found.outputBytes));
  return Buffer.from(
    internals.unmetered(
      () => internals.native('pbkdf2', found.name, secret, salted, iterations, length),
      ticksOfPbkdf2(found.name, found.blockBytes, iterations * blocks),
    ),
  );
}

/** Runs a synchronous function's work off the caller's stack, as the thread pool does. */
function inBackground(work: () => unknown, callback: unknown): void {
  validateFunction(callback, 'callback');
  const result = work();
  internals.timers.setImmediate(() => callback(null, result));
}

export function pbkdf2(
  password: unknown,
  salt: unknown,
  iterations: unknown,
  length: unknown,
  digest: unknown,
  callback?: unknown,
): void {
  inBackground(() => pbkdf2Sync(password, salt, iterations, length, digest), callback);
}

export function hkdfSync(digest: unknown, key: unknown, salt: unknown, info: unknown, length: unknown): ArrayBuffer {
  const found = digestByName(digest);
  validateInteger(length, 'length', 0, 2 ** 31 - 1);
  if (length > 255 * found.outputBytes) throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  const parts = [bytesOf(key, 'ikm'), bytesOf(salt, 'salt'), bytesOf(info, 'info')] as const;
  const result = internals.unmetered(
    () => internals.native('hkdf', found.name, ...parts, length),
    ticksOfPbkdf2(found.name, found.blockBytes, 1 + length / found.outputBytes),
  );
  return result.buffer as ArrayBuffer;
}

export function hkdf(
  digest: unknown,
  key: unknown,
  salt: unknown,
  info: unknown,
  length: unknown,
  callback: unknown,
): void {
  inBackground(() => hkdfSync(digest, key, salt, info, length), callback);
}

interface ScryptOptions {
  cost?: number;
  N?: number;
  blockSize?: number;
  r?: number;
  parallelization?: number;
  p?: number;
  maxmem?: number;
}

export function scryptSync(password: unknown, salt: unknown, length: unknown, options: ScryptOptions = {}): any {
  validateInteger(length, 'keylen', 0, 2 ** 31 - 1);
  const N = options.cost ?? options.N ?? 16_384;
  const r = options.blockSize ?? options.r ?? 8;
  const p = options.parallelization ?? options.p ?? 1;
  if (N < 2 || (N & (N - 1)) !== 0 || 128 * N * r > (options.maxmem ?? 32 * 1024 * 1024)) {
    throw codedError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params');
  }
  const [secret, salted] = [bytesOf(password, 'password'), bytesOf(salt, 'salt')];
  return Buffer.from(
    internals.unmetered(() => internals.native('scrypt', secret, salted, N, r, p, length), ticksOfScrypt(N, r, p)),
  );
}

export function scrypt(password: unknown, salt: unknown, length: unknown, ...rest: unknown[]): void {
  const callback = rest.pop();
  inBackground(() => scryptSync(password, salt, length, rest[0] as ScryptOptions | undefined), callback);
}

/** Only secret keys: the simulator has no asymmetric cryptography. */
export class KeyObject {
  readonly #bytes: Bytes;
  readonly type = 'secret';

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  get symmetricKeySize(): number {
    return this.#bytes.length;
  }

  export(options?: { format?: string }): unknown {
    if (options?.format === 'jwk') return { kty: 'oct', k: Buffer.from(this.#bytes).toString('base64url') };
    return Buffer.from(this.#bytes);
  }

  equals(other: KeyObject): boolean {
    return other instanceof KeyObject && Buffer.from(this.#bytes).equals(other.#bytes);
  }
}

export const createSecretKey = (key: unknown, encoding?: string): KeyObject =>
  new KeyObject(bytesOf(key, 'key', encoding));

const missing = [
  'createCipheriv',
  'createDecipheriv',
  'createSign',
  'createVerify',
  'createDiffieHellman',
  'createECDH',
  'createPrivateKey',
  'createPublicKey',
  'diffieHellman',
  'generateKey',
  'generateKeyPair',
  'generateKeyPairSync',
  'generateKeySync',
  'privateDecrypt',
  'privateEncrypt',
  'publicDecrypt',
  'publicEncrypt',
  'sign',
  'verify',
];

const moduleExports: Record<string, unknown> = {
  Hash,
  Hmac,
  KeyObject,
  constants: { defaultCoreCipherList: '', TLS1_VERSION: 769, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772 },
  createHash,
  createHmac,
  createSecretKey,
  getCiphers,
  getCurves,
  getFips: (): number => 0,
  getHashes,
  hash,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  pseudoRandomBytes: randomBytes,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync,
  timingSafeEqual,
};
for (const name of missing) {
  const refuse = (): never => {
    throw notSimulated(`crypto.${name}()`);
  };
  moduleExports[name] = Object.defineProperty(refuse, 'name', { value: name });
}
Object.defineProperties(moduleExports, {
  webcrypto: { get: () => load('internal/webcrypto').crypto as unknown, enumerable: true },
  subtle: { get: () => load('internal/webcrypto').crypto.subtle as unknown, enumerable: true },
  getRandomValues: {
    value: (array: unknown): unknown => load('internal/webcrypto').crypto.getRandomValues(array),
    enumerable: true,
    writable: true,
    configurable: true,
  },
});
export default moduleExports;
