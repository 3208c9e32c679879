/** Identifiers with the shapes of AWS's, drawn from a random stream. */
import type { Random } from './random.ts';

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `words` × 8 hexadecimal digits. */
function hex(random: Random, words: number): string {
  let text = '';
  for (let word = 0; word < words; word += 1) text += hexOfWord(random.nextUint32());
  return text;
}

function hexOfWord(word: number): string {
  return `${hexOfByte[word >>> 24]}${hexOfByte[(word >>> 16) & 255]}${hexOfByte[(word >>> 8) & 255]}${hexOfByte[word & 255]}`;
}

/** A request or revision id: a version 4 UUID, `8f507cfc-1a2b-4697-b07a-ac58fc914c95`. */
export function newUuid(random: Random): string {
  const first = hexOfWord(random.nextUint32());
  const second = hexOfWord((random.nextUint32() & 0xffff0fff) | 0x00004000);
  const third = hexOfWord((random.nextUint32() & 0x3fffffff) | 0x80000000);
  const fourth = hexOfWord(random.nextUint32());
  return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${fourth}`;
}

/** 32 hexadecimal digits: an execution environment, and the end of its log stream's name. */
export function newEnvironmentId(random: Random): string {
  return hex(random, 4);
}

/** An X-Ray trace header, unsampled: `Root=1-<epoch seconds>-<24 hex>;Parent=<16 hex>;Sampled=0`. `now` in ms. */
export function newTraceId(random: Random, now: number): string {
  const seconds = hexOfWord(Math.floor(now / 1000) >>> 0);
  return `Root=1-${seconds}-${hex(random, 3)};Parent=${hex(random, 2)};Sampled=0`;
}

/** 16 hexadecimal digits: a segment of an X-Ray trace. */
export function newSegmentId(random: Random): string {
  return hex(random, 2);
}

/** `length` characters out of `alphabet`: for keys and tokens that must only look right. */
export function newToken(random: Random, length: number, alphabet: string): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet.charAt(random.nextUint32() % alphabet.length);
  return text;
}
