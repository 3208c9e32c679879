/**
 * Seeded randomness: sfc32 generators in named streams. A stream's numbers depend on the seed and its name only, so
 * that drawing more in one place changes nothing elsewhere.
 */
import { exponential, naturalLogarithm } from './arithmetic.ts';

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  readonly #seed: number;

  /** `seed`: any integer; seeds that differ in one bit give unrelated streams. */
  constructor(seed: number, name = '') {
    this.#seed = mix(seed >>> 0, hash(name));
    this.#a = mix(this.#seed, 0x9e3779b9);
    this.#b = mix(this.#a, 0x243f6a88 ^ Math.floor(seed / 0x1_0000_0000));
    this.#c = mix(this.#b, 0xb7e15162);
    for (let round = 0; round < 12; round += 1) this.nextUint32();
  }

  /** The stream of that name under this one; the same name always gives the same numbers from the start. */
  stream(name: string): Random {
    return new Random(this.#seed, name);
  }

  /** An integer from 0 to 2^32 - 1. */
  nextUint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 up to, not including, 1, with 53 random bits. */
  uniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A standard normal deviate, by the polar method. */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) return u * Math.sqrt((-2 * naturalLogarithm(square)) / square);
    }
  }

  /** A lognormal deviate with this mean and coefficient of variation (standard deviation / mean). */
  lognormal(mean: number, coefficientOfVariation: number): number {
    const variance = naturalLogarithm(1 + coefficientOfVariation * coefficientOfVariation);
    return mean * exponential(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /** A lognormal deviate with this median and this ratio of the 90th percentile to it. */
  lognormalFromQuantiles(median: number, p90Ratio: number): number {
    return median * exponential((naturalLogarithm(p90Ratio) / normalQuantile90) * this.normal());
  }

  fill(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index += 4) {
      const word = this.nextUint32();
      for (let part = 0; part < 4 && index + part < bytes.length; part += 1) {
        bytes[index + part] = (word >>> (8 * part)) & 0xff;
      }
    }
  }
}

/** The 90th percentile of the standard normal distribution. */
const normalQuantile90 = 1.2815515655446004;

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** The splitmix32 finaliser over both words. */
function mix(a: number, b: number): number {
  let value = (a + Math.imul(b | 1, 0x9e3779b9)) | 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15) ^ b) >>> 0;
}
