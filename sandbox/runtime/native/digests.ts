/**
 * The hash functions of node:crypto, by OpenSSL's names. MD5, SHA-1 and SHA-2 use the kernels of digest-kernels.ts;
 * RIPEMD-160 and SHA-3, which few functions use, are @noble/hashes.
 */
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { digestKernel, type Kernel, type KernelName } from './digest-kernels.ts';

/** A digest on its way: bytes go in, then `end` gives the result once. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Writes the result, as much of it as `target` holds. */
  end(target: Uint8Array): void;
  copy(): Digest;
  /** Takes on the state of another digest of the same function: cheaper than a copy of that, when it is done often. */
  become(other: Digest): void;
}

/** One hash function. Sizes in bytes. */
export interface HashFunction {
  readonly blockBytes: number;
  readonly outputBytes: number;
  /** About how many real ns a byte takes on a slow machine: what the simulator's fuel is taken by. */
  readonly nsPerByte: number;
  start(): Digest;
}

/** A digest of the MD5 and SHA family: blocks, and at the end a one bit, zeros and the length in bits. */
class BlockDigest implements Digest {
  readonly #kernel: Kernel;
  readonly #state: Uint8Array;
  readonly #pending: Uint8Array;
  readonly #view: DataView;
  /** Bytes so far; the last `length % blockBytes` are pending. */
  #length = 0;

  constructor(kernel: Kernel, state: Uint8Array) {
    this.#kernel = kernel;
    this.#state = state.slice();
    this.#pending = new Uint8Array(kernel.blockBytes);
    this.#view = new DataView(this.#pending.buffer);
  }

  update(bytes: Uint8Array): void {
    const { blockBytes } = this.#kernel;
    const waiting = this.#length % blockBytes;
    this.#length += bytes.length;
    let at = 0;
    if (waiting > 0) {
      at = Math.min(blockBytes - waiting, bytes.length);
      this.#pending.set(at === bytes.length ? bytes : bytes.subarray(0, at), waiting);
      if (waiting + at < blockBytes) return;
      this.#kernel.compress(this.#state, this.#pending, 0, blockBytes);
    }
    const end = bytes.length - ((bytes.length - at) % blockBytes);
    if (end > at) this.#kernel.compress(this.#state, bytes, at, end);
    this.#pending.set(end === 0 ? bytes : bytes.subarray(end));
  }

  end(target: Uint8Array): void {
    const { blockBytes, lengthBytes, littleEndian } = this.#kernel;
    const pending = this.#pending;
    let waiting = this.#length % blockBytes;
    pending[waiting++] = 0x80;
    if (waiting + lengthBytes > blockBytes) {
      pending.fill(0, waiting);
      this.#kernel.compress(this.#state, pending, 0, blockBytes);
      waiting = 0;
    }
    pending.fill(0, waiting);
    const [high, low] = [Math.floor(this.#length / 2 ** 29), (this.#length << 3) >>> 0];
    this.#view.setUint32(blockBytes - 8, littleEndian ? low : high, littleEndian);
    this.#view.setUint32(blockBytes - 4, littleEndian ? high : low, littleEndian);
    this.#kernel.compress(this.#state, pending, 0, blockBytes);
    const turned = littleEndian ? 0 : lengthBytes / 2 - 1;
    for (let index = 0; index < target.length; index += 1) target[index] = this.#state[index ^ turned]!;
  }

  copy(): Digest {
    const copy = new BlockDigest(this.#kernel, this.#state);
    copy.become(this);
    return copy;
  }

  become(other: BlockDigest): void {
    this.#state.set(other.#state);
    this.#pending.set(other.#pending);
    this.#length = other.#length;
  }
}

/** `start` are the words of the first state in hexadecimal, each of the kernel's size. */
function blockHash(which: KernelName, outputBytes: number, nsPerByte: number, start: string): HashFunction {
  const words = start.split(' ').map((word) => BigInt(`0x${word}`));
  const state = new Uint8Array(words.length * (which === 'sha512' ? 8 : 4));
  const view = new DataView(state.buffer);
  words.forEach((word, index) => {
    if (which === 'sha512') view.setBigUint64(index * 8, word, true);
    else view.setUint32(index * 4, Number(word), true);
  });
  return {
    blockBytes: which === 'sha512' ? 128 : 64,
    outputBytes,
    nsPerByte,
    start: () => new BlockDigest(digestKernel(which), state),
  };
}

/** What @noble/hashes gives. */
interface NobleHash {
  readonly blockLen: number;
  readonly outputLen: number;
  create(): NobleDigest;
}
interface NobleDigest {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): NobleDigest;
}

class NobleWrapper implements Digest {
  #digest: NobleDigest;

  constructor(digest: NobleDigest) {
    this.#digest = digest;
  }

  update(bytes: Uint8Array): void {
    this.#digest.update(bytes);
  }

  end(target: Uint8Array): void {
    target.set(this.#digest.digest().subarray(0, target.length));
  }

  copy(): Digest {
    return new NobleWrapper(this.#digest.clone());
  }

  become(other: NobleWrapper): void {
    this.#digest = other.#digest.clone();
  }
}

const nobleHash = (hash: NobleHash, nsPerByte: number): HashFunction => ({
  blockBytes: hash.blockLen,
  outputBytes: hash.outputLen,
  nsPerByte,
  start: () => new NobleWrapper(hash.create()),
});

/** First states. Sources: RFC 1321, FIPS 180-4. */
const hashes: Readonly<Record<string, HashFunction>> = {
  md5: blockHash('md5', 16, 3, '67452301 efcdab89 98badcfe 10325476'),
  ripemd160: nobleHash(ripemd160, 20),
  sha1: blockHash('sha1', 20, 3, '67452301 efcdab89 98badcfe 10325476 c3d2e1f0'),
  sha224: blockHash('sha256', 28, 4, 'c1059ed8 367cd507 3070dd17 f70e5939 ffc00b31 68581511 64f98fa7 befa4fa4'),
  sha256: blockHash('sha256', 32, 4, '6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19'),
  sha384: blockHash(
    'sha512',
    48,
    3,
    'cbbb9d5dc1059ed8 629a292a367cd507 9159015a3070dd17 152fecd8f70e5939 ' +
      '67332667ffc00b31 8eb44a8768581511 db0c2e0d64f98fa7 47b5481dbefa4fa4',
  ),
  sha512: blockHash(
    'sha512',
    64,
    3,
    '6a09e667f3bcc908 bb67ae8584caa73b 3c6ef372fe94f82b a54ff53a5f1d36f1 ' +
      '510e527fade682d1 9b05688c2b3e6c1f 1f83d9abfb41bd6b 5be0cd19137e2179',
  ),
  'sha512-224': blockHash(
    'sha512',
    28,
    3,
    '8c3d37c819544da2 73e1996689dcd4d6 1dfab7ae32ff9c82 679dd514582f9fcf ' +
      '0f6d2b697bd44da8 77e36f7304c48942 3f9d85a86a1d36c8 1112e6ad91d692a1',
  ),
  'sha512-256': blockHash(
    'sha512',
    32,
    3,
    '22312194fc2bf72c 9f555fa3c84c64c2 2393b86b6f53b151 963877195940eabd ' +
      '96283ee2a88effe3 be5e1e2553863992 2b0199fc2c85b8aa 0eb72ddc81c52ca2',
  ),
  'sha3-224': nobleHash(sha3_224, 40),
  'sha3-256': nobleHash(sha3_256, 45),
  'sha3-384': nobleHash(sha3_384, 55),
  'sha3-512': nobleHash(sha3_512, 80),
};

/** The whole result of a digest. */
export function resultOf(digest: Digest, { outputBytes }: HashFunction): Uint8Array {
  const result = new Uint8Array(outputBytes);
  digest.end(result);
  return result;
}

/** The hash function of a name in lower case, such as `sha256` or `sha512-256`. Throws for a name that has none. */
export function hashFunction(name: string): HashFunction {
  const found = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
  if (found === undefined) throw new Error(`There is no hash function "${name}".`);
  return found;
}
