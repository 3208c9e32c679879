/** The hash functions of node:crypto, by OpenSSL's names; the host computes them. */

import { ticksOfDigest, ticksOfUpdate } from './native-costs.ts';

/** Sizes in bytes. */
export interface Hash {
  readonly name: string;
  readonly outputBytes: number;
  readonly blockBytes: number;
}

const sizes: Record<string, [outputBytes: number, blockBytes: number]> = {
  md5: [16, 64],
  ripemd160: [20, 64],
  sha1: [20, 64],
  sha224: [28, 64],
  sha256: [32, 64],
  sha384: [48, 128],
  sha512: [64, 128],
  'sha512-224': [28, 128],
  'sha512-256': [32, 128],
  'sha3-224': [28, 144],
  'sha3-256': [32, 136],
  'sha3-384': [48, 104],
  'sha3-512': [64, 72],
};

export const hashNames = Object.keys(sizes);

/** `SHA-256`, `sha256` and `RSA-SHA256` are the same function; undefined when there is no such hash. */
export function findHash(name: string): Hash | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : (byName[name] = search(name));
}

/** What was asked for, by the name as it was given. */
const byName: Record<string, Hash | undefined> = {};

function search(name: string): Hash | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^rsa-/, '')
    .replace(/^sha-(?=\d)/, 'sha')
    .replace('/', '-')
    .replace(/^rmd160$/, 'ripemd160');
  if (!Object.hasOwn(sizes, plain)) return undefined;
  const [outputBytes, blockBytes] = sizes[plain] as [number, number];
  return { name: plain, outputBytes, blockBytes };
}

/** What is put in before the host is asked to keep a state: most digests are of less, and take one call. */
const keptBytes = 16_384;

/** Bytes that go to the host in one call, so that the copy for it takes little memory. */
const pieceBytes = 1_048_576;

/** States of the host that no digest uses any more. */
const forgotten = new FinalizationRegistry<number>((id) => {
  internals.native('forgetDigest', id);
});

/** A digest, or with a key a message authentication code, on its way. */
export class HashState {
  readonly #hash: Hash;
  readonly #key: Uint8Array | undefined;
  #parts: Uint8Array[] = [];
  #length = 0;
  /** What the parts are worth: charged when they are hashed. */
  #ticks = 0;
  #id: number | undefined;

  constructor(hash: Hash, key?: Uint8Array) {
    this.#hash = hash;
    this.#key = key;
  }

  /** The bytes may change afterwards. */
  update(bytes: Uint8Array): void {
    this.#ticks += ticksOfUpdate(this.#hash.name, bytes.length);
    if (this.#id === undefined && this.#length + bytes.length <= keptBytes) {
      this.#parts.push(new Uint8Array(bytes));
      this.#length += bytes.length;
    } else {
      internals.unmetered(() => {
        this.#flush();
        const id = this.#id as unknown as number;
        for (let at = 0; at < bytes.length; at += pieceBytes)
          internals.native('updateDigest', id, bytes.subarray(at, at + pieceBytes));
      }, this.#ticks);
      this.#ticks = 0;
    }
  }

  /** Gives the result, once. */
  digest(): Uint8Array {
    return internals.unmetered(
      () => {
        if (this.#id === undefined) return internals.native('digest', this.#hash.name, this.#waiting(), this.#key);
        forgotten.unregister(this);
        return internals.native('closeDigest', this.#id);
      },
      this.#ticks + ticksOfDigest(this.#hash.name),
    );
  }

  copy(): HashState {
    const copy = new HashState(this.#hash, this.#key);
    if (this.#id === undefined) {
      copy.#parts = [...this.#parts];
      copy.#length = this.#length;
    } else copy.#keep(internals.native('copyDigest', this.#id));
    return copy;
  }

  #keep(id: number): void {
    this.#id = id;
    forgotten.register(this, id, this);
  }

  /** What was put in so far goes to the host. */
  #flush(): void {
    if (this.#id !== undefined) return;
    this.#keep(internals.native('openDigest', this.#hash.name, this.#key));
    internals.native('updateDigest', this.#id as unknown as number, this.#waiting());
    this.#parts = [];
  }

  #waiting(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0] as Uint8Array;
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
