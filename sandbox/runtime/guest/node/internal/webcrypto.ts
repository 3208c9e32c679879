/** globalThis.crypto: random values, digests, and HMAC, PBKDF2 and HKDF keys. */
import { base64Bytes, base64Text } from './base64.ts';
import { codedError } from './errors.ts';
import { findHash, HashState } from './hashes.ts';
import { ticksOfPbkdf2 } from './native-costs.ts';

const secret = Symbol('bytes');

export class CryptoKey {
  readonly type = 'secret';
  readonly extractable: boolean;
  readonly algorithm: Record<string, unknown>;
  readonly usages: readonly string[];
  readonly [secret]: Uint8Array;

  constructor(bytes: Uint8Array, algorithm: Record<string, unknown>, extractable: boolean, usages: readonly string[]) {
    this.algorithm = algorithm;
    this.extractable = extractable;
    this.usages = usages;
    this[secret] = bytes;
    Object.defineProperty(this, secret, { enumerable: false });
  }
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });

function failure(message: string, name: string): Error {
  return new DOMException(message, name);
}

function bytesOf(value: any): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  if (value instanceof ArrayBuffer) return new Uint8Array(value).slice();
  throw codedError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    "Failed to execute on 'SubtleCrypto': argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.",
  );
}

const nameOf = (algorithm: any): string =>
  String(typeof algorithm === 'string' ? algorithm : algorithm?.name).toUpperCase();

function hashOf(algorithm: any): NonNullable<ReturnType<typeof findHash>> {
  const name = nameOf(algorithm);
  const found = /^SHA-(1|256|384|512)$/.test(name) ? findHash(name) : undefined;
  if (found === undefined) throw failure('Unrecognized algorithm name', 'NotSupportedError');
  return found;
}

function digestOf(state: HashState, bytes: Uint8Array): Uint8Array {
  state.update(bytes);
  return state.digest();
}

const exact = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;

function requireUsage(key: CryptoKey, usage: string): void {
  if (!key.usages.includes(usage)) throw failure(`Unable to use this key to ${usage}`, 'InvalidAccessError');
}

export class SubtleCrypto {
  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    const hash = hashOf(algorithm);
    const bytes = bytesOf(data);
    return exact(digestOf(new HashState(hash), bytes));
  }

  async importKey(
    format: string,
    keyData: any,
    algorithm: any,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey> {
    const name = nameOf(algorithm);
    if (!['HMAC', 'PBKDF2', 'HKDF'].includes(name)) throw this.#notSupported(name);
    if (format !== 'raw' && format !== 'jwk')
      throw failure(`Unable to import ${name} key with format ${format}`, 'NotSupportedError');
    const bytes = format === 'jwk' ? base64Bytes(keyData.k as string) : bytesOf(keyData);
    if (name === 'HMAC' && bytes.length === 0) throw failure('Zero-length key is not supported', 'DataError');
    return this.#key(name, bytes, algorithm, extractable, usages);
  }

  async generateKey(algorithm: any, extractable: boolean, usages: string[]): Promise<CryptoKey> {
    const name = nameOf(algorithm);
    if (name !== 'HMAC') throw this.#notSupported(name);
    const length = (algorithm.length as number | undefined) ?? hashOf(algorithm.hash).blockBytes * 8;
    return this.#key(name, internals.randomBytes(Math.ceil(length / 8)), algorithm, extractable, usages);
  }

  async exportKey(format: string, key: CryptoKey): Promise<ArrayBuffer | Record<string, unknown>> {
    if (!key.extractable) throw failure('key is not extractable', 'InvalidAccessError');
    if (format === 'raw') return exact(key[secret]);
    const hash = (key.algorithm['hash'] as { name: string }).name;
    const k = base64Text(key[secret], 0, key[secret].length, true);
    return { key_ops: [...key.usages], ext: true, alg: `HS${hash.slice(4)}`, kty: 'oct', k };
  }

  async sign(algorithm: unknown, key: CryptoKey, data: unknown): Promise<ArrayBuffer> {
    if (nameOf(algorithm) !== 'HMAC') throw this.#notSupported(nameOf(algorithm));
    requireUsage(key, 'sign');
    return exact(this.#mac(key, data));
  }

  async verify(algorithm: unknown, key: CryptoKey, signature: unknown, data: unknown): Promise<boolean> {
    if (nameOf(algorithm) !== 'HMAC') throw this.#notSupported(nameOf(algorithm));
    requireUsage(key, 'verify');
    const wanted = this.#mac(key, data);
    const given = bytesOf(signature);
    return wanted.length === given.length && wanted.every((byte, index) => byte === given[index]);
  }

  async deriveBits(algorithm: any, key: CryptoKey, length: number): Promise<ArrayBuffer> {
    const hash = hashOf(algorithm.hash);
    if (nameOf(algorithm) === 'PBKDF2') {
      const c = algorithm.iterations as number;
      const salt = bytesOf(algorithm.salt);
      return exact(
        internals.unmetered(
          () => internals.native('pbkdf2', hash.name, key[secret], salt, c, length / 8),
          ticksOfPbkdf2(hash.name, hash.blockBytes, c * Math.ceil(length / 8 / hash.outputBytes)),
        ),
      );
    }
    if (nameOf(algorithm) !== 'HKDF') throw this.#notSupported(nameOf(algorithm));
    const parts = [key[secret], bytesOf(algorithm.salt), bytesOf(algorithm.info)] as const;
    return exact(
      internals.unmetered(
        () => internals.native('hkdf', hash.name, ...parts, length / 8),
        ticksOfPbkdf2(hash.name, hash.blockBytes, 1 + length / 8 / hash.outputBytes),
      ),
    );
  }

  async encrypt(algorithm: unknown): Promise<never> {
    throw this.#notSupported(nameOf(algorithm));
  }

  async decrypt(algorithm: unknown): Promise<never> {
    throw this.#notSupported(nameOf(algorithm));
  }

  #key(name: string, bytes: Uint8Array, algorithm: any, extractable: boolean, usages: string[]): CryptoKey {
    if (name !== 'HMAC') return new CryptoKey(bytes, { name }, extractable, usages);
    hashOf(algorithm.hash);
    return new CryptoKey(
      bytes,
      { name, length: bytes.length * 8, hash: { name: nameOf(algorithm.hash) } },
      extractable,
      usages,
    );
  }

  #mac(key: CryptoKey, data: unknown): Uint8Array {
    const bytes = bytesOf(data);
    return digestOf(new HashState(hashOf(key.algorithm['hash']), key[secret]), bytes);
  }

  #notSupported(name: string): Error {
    return failure(
      `${name} is not available in this simulator: it has SHA digests, HMAC, PBKDF2 and HKDF`,
      'NotSupportedError',
    );
  }
}
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { value: 'SubtleCrypto', configurable: true });

const integerArrays = /^(Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32|Uint32|BigInt64|BigUint64)Array$/;

export class Crypto {
  readonly #subtle = new SubtleCrypto();

  get subtle(): SubtleCrypto {
    return this.#subtle;
  }

  getRandomValues(array: any): any {
    const tag = ArrayBuffer.isView(array) ? String((array as any)[Symbol.toStringTag]) : '';
    if (!integerArrays.test(tag)) {
      throw failure('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65_536) {
      throw failure(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    }
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(
      internals.randomBytes(array.byteLength as number),
    );
    return array;
  }

  randomUUID(): string {
    return load('crypto').randomUUID() as string;
  }
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true });

export const crypto = new Crypto();
