/** What is built on hash functions: HMAC (RFC 2104), PBKDF2 (RFC 8018), HKDF (RFC 5869) and scrypt. */
import { scrypt as nobleScrypt } from '@noble/hashes/scrypt.js';
import { resultOf, type Digest, type HashFunction } from './digests.ts';

/** A message authentication code on its way; what it gives is as long as the hash function's result. */
class Hmac implements Digest {
  readonly #hash: HashFunction;
  readonly #inner: Digest;
  readonly #outer: Digest;
  readonly #between: Uint8Array;

  constructor(hash: HashFunction, inner: Digest, outer: Digest) {
    this.#hash = hash;
    this.#inner = inner;
    this.#outer = outer;
    this.#between = new Uint8Array(hash.outputBytes);
  }

  update(bytes: Uint8Array): void {
    this.#inner.update(bytes);
  }

  end(target: Uint8Array): void {
    this.#inner.end(this.#between);
    this.#outer.update(this.#between);
    this.#outer.end(target);
  }

  copy(): Digest {
    return new Hmac(this.#hash, this.#inner.copy(), this.#outer.copy());
  }

  become(other: Hmac): void {
    this.#inner.become(other.#inner);
    this.#outer.become(other.#outer);
  }
}

export function startHmac(hash: HashFunction, key: Uint8Array): Digest {
  const block = new Uint8Array(hash.blockBytes);
  if (key.length > hash.blockBytes) {
    const digest = hash.start();
    digest.update(key);
    digest.end(block.subarray(0, hash.outputBytes));
  } else block.set(key);
  const [inner, outer] = [hash.start(), hash.start()];
  inner.update(block.map((byte) => byte ^ 0x36));
  outer.update(block.map((byte) => byte ^ 0x5c));
  return new Hmac(hash, inner, outer);
}

/** `length` bytes. */
export function pbkdf2(
  hash: HashFunction,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const result = new Uint8Array(length);
  const [latest, sum] = [new Uint8Array(hash.outputBytes), new Uint8Array(hash.outputBytes)];
  const start = startHmac(hash, password);
  const mac = start.copy();
  for (let block = 1, at = 0; at < length; block += 1, at += hash.outputBytes) {
    mac.become(start);
    mac.update(salt);
    mac.update(new Uint8Array([block >>> 24, block >>> 16, block >>> 8, block]));
    mac.end(latest);
    sum.set(latest);
    for (let round = 1; round < iterations; round += 1) {
      mac.become(start);
      mac.update(latest);
      mac.end(latest);
      for (let index = 0; index < sum.length; index += 1) sum[index]! ^= latest[index]!;
    }
    result.set(sum.subarray(0, length - at), at);
  }
  return result;
}

/** `length` bytes, 255 outputs of the hash function at most. */
export function hkdf(
  hash: HashFunction,
  key: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const extracted = startHmac(hash, salt);
  extracted.update(key);
  const expanding = startHmac(hash, resultOf(extracted, hash));
  const result = new Uint8Array(length);
  let previous: Uint8Array = new Uint8Array(0);
  for (let block = 1, at = 0; at < length; block += 1, at += hash.outputBytes) {
    const mac = expanding.copy();
    for (const part of [previous, info, new Uint8Array([block])]) mac.update(part);
    previous = resultOf(mac, hash);
    result.set(previous.subarray(0, length - at), at);
  }
  return result;
}

/** `N`, `r` and `p` as RFC 7914 names them; `length` bytes. */
export function scrypt(
  password: Uint8Array,
  salt: Uint8Array,
  cost: { readonly N: number; readonly r: number; readonly p: number },
  length: number,
): Uint8Array {
  return nobleScrypt(password, salt, { ...cost, dkLen: length, maxmem: Number.MAX_SAFE_INTEGER });
}
