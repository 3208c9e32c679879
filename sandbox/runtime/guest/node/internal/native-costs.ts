/**
 * What Node.js does in native code, in ticks of virtual time: from times of Node.js 24 on a 2.x GHz server. See
 * `npm run bench` and test/sandbox/runtime/native-costs.test.ts.
 */

/** A tick is so many ns: the fact `timing-cpu-tick`. */
const nsPerTick = 1.8;
const ticks = (ns: number): number => Math.ceil(ns / nsPerTick);

/** What one byte takes to hash, in ns. */
const nsPerHashedByte: Record<string, number> = {
  md5: 1.5,
  ripemd160: 3.8,
  sha1: 0.8,
  // Between processors with instructions for it and those without.
  sha224: 1,
  sha256: 1,
  sha384: 1.5,
  sha512: 1.5,
  'sha512-224': 1.5,
  'sha512-256': 1.5,
  'sha3-224': 2.2,
  'sha3-256': 2.3,
  'sha3-384': 3.2,
  'sha3-512': 4.6,
};
const nsOfHashing = (hash: string, bytes: number): number => bytes * (nsPerHashedByte[hash] as number);

/** Putting `bytes` bytes into a digest. */
export const ticksOfUpdate = (hash: string, bytes: number): number => ticks(60 + nsOfHashing(hash, bytes));

/** Making a digest and asking for its result. */
export const ticksOfDigest = (hash: string): number => ticks(300 + nsOfHashing(hash, 64));

/** `rounds` times two blocks, for each block of the result. */
export const ticksOfPbkdf2 = (hash: string, blockBytes: number, rounds: number): number =>
  ticks(1000 + rounds * (200 + nsOfHashing(hash, 2 * blockBytes)));

export const ticksOfScrypt = (N: number, r: number, p: number): number => ticks(N * r * p * 335);

/** What zlib takes for each byte that it writes: the more, the longer it searches. */
const nsPerWrittenByte = (level: number): number => (level === 0 ? 0.5 : level < 4 ? 25 : level < 7 ? 50 : 100);

export const ticksOfCompressing = (level: number, read: number, written: number): number =>
  ticks(12_000 + read * (level === 0 ? 0.5 : 3) + written * nsPerWrittenByte(level));

/** Bytes that could not be compressed are only copied. */
export const ticksOfExpanding = (read: number, written: number): number =>
  ticks(3000 + written / 2 + (read < written ? read * 5 : 0));

export const ticksOfChecksum = (bytes: number): number => ticks(50 + bytes / 5);

export const ticksOfRandomBytes = (bytes: number): number => ticks(200 + bytes * 0.6);
