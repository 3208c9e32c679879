/** The hash functions of node:crypto, by OpenSSL's names, from @noble/hashes. */
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';

const functions: Record<string, typeof sha256> = {
  md5: md5 as unknown as typeof sha256,
  ripemd160: ripemd160 as unknown as typeof sha256,
  sha1: sha1 as unknown as typeof sha256,
  sha224: sha224,
  sha256,
  sha384: sha384 as unknown as typeof sha256,
  sha512: sha512 as unknown as typeof sha256,
  'sha512-224': sha512_224 as unknown as typeof sha256,
  'sha512-256': sha512_256 as unknown as typeof sha256,
  'sha3-224': sha3_224 as unknown as typeof sha256,
  'sha3-256': sha3_256 as unknown as typeof sha256,
  'sha3-384': sha3_384 as unknown as typeof sha256,
  'sha3-512': sha3_512 as unknown as typeof sha256,
};

export const hashNames = Object.keys(functions);

/** `SHA-256`, `sha256` and `RSA-SHA256` are the same function; undefined when there is no such hash. */
export function findHash(name: string): typeof sha256 | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^rsa-/, '')
    .replace(/^sha-(?=\d)/, 'sha')
    .replace('/', '-')
    .replace(/^rmd160$/, 'ripemd160');
  return Object.hasOwn(functions, plain) ? functions[plain] : undefined;
}

/** Hashes at the price of native code: `bytes` bytes go in. */
export function asNative<T>(bytes: number, work: () => T): T {
  internals.meter(Math.ceil(bytes / 8) + 20);
  return internals.unmetered(work);
}
