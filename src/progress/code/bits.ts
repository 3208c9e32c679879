/** A string of bits, written and read from its beginning. */

export class BitWriter {
  readonly #bits: number[] = [];

  get length(): number {
    return this.#bits.length;
  }

  /** The lowest `width` bits of a number below 2^32, highest first. */
  write(value: number, width: number): void {
    for (let place = width - 1; place >= 0; place -= 1) this.#bits.push((value >>> place) & 1);
  }

  /** The bits, filled up with zeros to whole bytes. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    for (const [index, bit] of this.#bits.entries()) {
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (7 - (index & 7)));
    }
    return bytes;
  }
}

export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  /** `start` and `end` are places of bits. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length * 8) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** @throws {RangeError} when there are not so many bits left */
  read(width: number): number {
    const end = this.#forward(width);
    let value = 0;
    for (let at = end - width; at < end; at += 1) {
      value = value * 2 + (((this.#bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    }
    return value;
  }

  /** The next bits, to be read later. @throws {RangeError} when there are not so many left */
  take(length: number): BitReader {
    const end = this.#forward(length);
    return new BitReader(this.#bytes, end - length, end);
  }

  #forward(width: number): number {
    if (this.#at + width > this.#end) throw new RangeError('There are no more bits.');
    return (this.#at += width);
  }
}
