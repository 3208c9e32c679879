/**
 * What Node.js does in native code and a guest would take too long for: digests, key derivation, compression and long
 * texts. The guest says what the work is worth in virtual time; here it takes fuel by what it costs in real time.
 */
import type { Random } from '../../kernel/random.ts';
import { compress, expand, ExpansionLimitError, type CompressedFormat, type CompressionLevel } from './compression.ts';
import { SetNotationError, withoutSetNotation } from '../set-notation.ts';
import { crc32 } from './checksums.ts';
import { hashFunction, resultOf, type Digest, type HashFunction } from './digests.ts';
import { hkdf, pbkdf2, scrypt, startHmac } from './key-derivation.ts';
import { bytesOfText, textOfBytes, validUtf8, type EncodingName } from './text-encodings.ts';

/** The process that the work is for. */
export interface NativeHost {
  /**
   * Takes fuel for about so many real ns. False when there is not so much: then nothing is to be computed, and the guest
   * stops at its next step.
   */
  spend(nanoseconds: number): boolean;
  /** How much of that there is. */
  affordableNanoseconds(): number;
  /** How much more the guest may hold. */
  freeBytes(): number;
  /** The result would be more than that: the guest stops at its next step. */
  outOfMemory(): void;
  readonly random: Random;
}

/** Real ns, generously: an entry and exit, and a byte of each kind of work. */
const ns = {
  call: 3500,
  /** The tables that each compression and expansion begins with. */
  compression: 60_000,
  expansion: 50_000,
  /** Read, and written. */
  compressedByte: 25,
  compressionByte: 25,
  storedByte: 4,
  expandedByte: 12,
  checkedByte: 4,
  textByte: 15,
  randomByte: 8,
  patternCharacter: 500,
};

/** What scrypt takes for each of its N × r × p. */
const nsPerScryptUnit = 2500;

/**
 * The functions by name. Values are texts, numbers and bytes, results likewise; a result that is undefined where a
 * function has one means that the guest is being stopped.
 */
export type NativeFunctions = ReturnType<typeof createNativeFunctions>;

/** `hash` is a name of digests.ts throughout; a key makes the digest an HMAC. */
export function createNativeFunctions(host: NativeHost) {
  const digests = new Map<number, { readonly hash: HashFunction; readonly digest: Digest }>();
  let lastId = 0;
  const open = (hash: HashFunction, digest: Digest): number => {
    digests.set(++lastId, { hash, digest });
    return lastId;
  };
  const start = (hash: HashFunction, key: Uint8Array | undefined): Digest =>
    key === undefined ? hash.start() : startHmac(hash, key);
  const takesTooLong = (nanoseconds: number): boolean => !host.spend(ns.call + nanoseconds);
  const isTooMuch = (bytes: number): boolean => {
    if (bytes <= host.freeBytes()) return false;
    host.outOfMemory();
    return true;
  };

  return {
    /** A whole digest in one call. */
    digest(name: string, bytes: Uint8Array, key?: Uint8Array): Uint8Array | undefined {
      const hash = hashFunction(name);
      if (takesTooLong(bytes.length * hash.nsPerByte)) return undefined;
      const digest = start(hash, key);
      digest.update(bytes);
      return resultOf(digest, hash);
    },
    /** The number of a digest on its way, for the functions below. */
    openDigest(name: string, key?: Uint8Array): number | undefined {
      const hash = hashFunction(name);
      return takesTooLong(0) ? undefined : open(hash, start(hash, key));
    },
    updateDigest(id: number, bytes: Uint8Array): void {
      const { hash, digest } = digests.get(id)!;
      if (!takesTooLong(bytes.length * hash.nsPerByte)) digest.update(bytes);
    },
    copyDigest(id: number): number | undefined {
      const { hash, digest } = digests.get(id)!;
      return takesTooLong(0) ? undefined : open(hash, digest.copy());
    },
    /** Gives the result; the number is no longer of use. */
    closeDigest(id: number): Uint8Array | undefined {
      const { hash, digest } = digests.get(id)!;
      digests.delete(id);
      return takesTooLong(0) ? undefined : resultOf(digest, hash);
    },
    forgetDigest(id: number): void {
      digests.delete(id);
    },
    pbkdf2(
      name: string,
      password: Uint8Array,
      salt: Uint8Array,
      iterations: number,
      length: number,
    ): Uint8Array | undefined {
      const hash = hashFunction(name);
      const rounds = iterations * Math.ceil(length / hash.outputBytes);
      // Two blocks a round.
      if (takesTooLong(rounds * 2 * (hash.blockBytes * hash.nsPerByte + 300)) || isTooMuch(length)) return undefined;
      return pbkdf2(hash, password, salt, iterations, length);
    },
    hkdf(name: string, key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array | undefined {
      const hash = hashFunction(name);
      const bytes = key.length + salt.length + (info.length + 4 * hash.blockBytes) * (length / hash.outputBytes + 1);
      return takesTooLong(bytes * hash.nsPerByte) ? undefined : hkdf(hash, key, salt, info, length);
    },
    scrypt(
      password: Uint8Array,
      salt: Uint8Array,
      N: number,
      r: number,
      p: number,
      length: number,
    ): Uint8Array | undefined {
      if (takesTooLong(N * r * p * nsPerScryptUnit) || isTooMuch(128 * N * r + length)) return undefined;
      return scrypt(password, salt, { N, r, p }, length);
    },
    compress(format: CompressedFormat, bytes: Uint8Array, level: number): Uint8Array | undefined {
      const perByte = level === 0 ? ns.storedByte : ns.compressedByte;
      if (takesTooLong(ns.compression + bytes.length * perByte)) return undefined;
      const result = compress(format, bytes, level as CompressionLevel);
      return host.spend(result.length * ns.compressionByte) ? result : undefined;
    },
    /** The data in the clear, or why not: zlib's code, a space, its message. */
    expand(format: CompressedFormat, bytes: Uint8Array, limit: number): Uint8Array | string | undefined {
      if (takesTooLong(ns.expansion + bytes.length * ns.expandedByte)) return undefined;
      const free = host.freeBytes();
      const affordable = host.affordableNanoseconds() / ns.expandedByte;
      try {
        const result = expand(format, bytes, Math.min(limit, free, affordable));
        if (!(result instanceof Uint8Array)) return `${result.code} ${result.message}`;
        host.spend(result.length * ns.expandedByte);
        return result;
      } catch (error) {
        if (!(error instanceof ExpansionLimitError)) throw error;
        if (limit <= Math.min(free, affordable)) return 'ERR_BUFFER_TOO_LARGE';
        if (free <= affordable) host.outOfMemory();
        else host.spend(Infinity);
        return undefined;
      }
    },
    crc32(bytes: Uint8Array, before: number): number | undefined {
      return takesTooLong(bytes.length * ns.checkedByte) ? undefined : crc32(bytes, before);
    },
    bytesOfText(encoding: EncodingName, text: string): Uint8Array | undefined {
      return takesTooLong(text.length * ns.textByte) ? undefined : bytesOfText(encoding, text);
    },
    textOfBytes(encoding: EncodingName, bytes: Uint8Array): string | undefined {
      return takesTooLong(bytes.length * ns.textByte) ? undefined : textOfBytes(encoding, bytes);
    },
    /** The text of UTF-8 bytes; null when they are not valid. */
    validUtf8(bytes: Uint8Array): string | null | undefined {
      return takesTooLong(bytes.length * ns.textByte) ? undefined : validUtf8(bytes);
    },
    /** A pattern of the v flag in terms of the u flag: `pattern:` and that, or `refused:` and why. */
    unicodeSets(pattern: string): string | undefined {
      if (takesTooLong(pattern.length * ns.patternCharacter)) return undefined;
      try {
        return `pattern:${withoutSetNotation(pattern)}`;
      } catch (error) {
        if (error instanceof SetNotationError) return `refused:${error.message}`;
        throw error;
      }
    },
    /** -1, 0 or 1: which comes first. */
    compareBytes(a: Uint8Array, b: Uint8Array): number | undefined {
      const shared = Math.min(a.length, b.length);
      if (takesTooLong(shared * ns.checkedByte)) return undefined;
      for (let index = 0; index < shared; index += 1) if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
      return Math.sign(a.length - b.length);
    },
    randomBytes(length: number): Uint8Array | undefined {
      if (takesTooLong(length * ns.randomByte) || isTooMuch(length)) return undefined;
      const bytes = new Uint8Array(length);
      host.random.fill(bytes);
      return bytes;
    },
  };
}
