/** UTF-8 both ways, using the engine's own URI functions where they can do the work in one call. */

import { longLength, textOfLongUtf8, utf8OfLongText, validLongUtf8 } from './long-text.ts';
import { utf8Sequence } from './utf8-sequence.ts';

/** `String.fromCharCode` takes its arguments on the stack, so long inputs go through in pieces. */
const piece = 8192;

const fromCharCodes = String.fromCharCode;

/** One character per byte. */
export function latin1Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end - start <= piece) return fromCharCodes.apply(null, bytes.subarray(start, end) as unknown as number[]);
  const parts: string[] = [];
  for (let at = start; at < end; at += piece) {
    parts.push(fromCharCodes.apply(null, bytes.subarray(at, Math.min(at + piece, end)) as unknown as number[]));
  }
  return parts.join('');
}

/** The low byte of each character. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > longLength && !/[^\x01-\x7f]/.test(text)) return utf8OfLongText(text);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > longLength && !text.includes('\0')) return utf8OfLongText(text);
  const isAscii = !/[^\x00-\x7f]/.test(text);
  return latin1Bytes(isAscii ? text : unescape(encodeURIComponent(text.toWellFormed())));
}

export function utf8Length(text: string): number {
  if (text.length > longLength && !text.includes('\0')) return utf8OfLongText(text).length;
  if (!/[^\x00-\x7f]/.test(text)) return text.length;
  return unescape(encodeURIComponent(text.toWellFormed())).length;
}

/** The text of UTF-8 bytes; undefined when they are not valid. */
export function validUtf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
  if (end - start > longLength) return validLongUtf8(bytes, start, end);
  const raw = latin1Text(bytes, start, end);
  if (!/[^\x00-\x7f]/.test(raw)) return raw;
  try {
    return decodeURIComponent(escape(raw));
  } catch {
    return undefined;
  }
}

/** The text of UTF-8 bytes, each maximal invalid part as U+FFFD. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end - start > longLength) return textOfLongUtf8(bytes, start, end);
  return validUtf8Text(bytes, start, end) ?? repairedUtf8Text(bytes, start, end);
}

function repairedUtf8Text(bytes: Uint8Array, start: number, end: number): string {
  const parts: string[] = [];
  let validFrom = start;
  let at = start;
  const flush = (): void => {
    if (at > validFrom) parts.push(decodeURIComponent(escape(latin1Text(bytes, validFrom, at))));
  };
  while (at < end) {
    const { length, valid } = utf8Sequence(bytes, at, end);
    if (!valid) {
      flush();
      parts.push('\ufffd');
      validFrom = at + length;
    }
    at += length;
  }
  flush();
  return parts.join('');
}

/** Little-endian UTF-16. */
export function utf16Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const units = new Uint16Array((end - start) >> 1);
  for (let index = 0; index < units.length; index++) {
    units[index] = (bytes[start + 2 * index] as number) | ((bytes[start + 2 * index + 1] as number) << 8);
  }
  const parts: string[] = [];
  for (let at = 0; at < units.length; at += piece) {
    parts.push(fromCharCodes.apply(null, units.subarray(at, at + piece) as unknown as number[]));
  }
  return parts.join('');
}

export function utf16Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[2 * index] = unit;
    bytes[2 * index + 1] = unit >> 8;
  }
  return bytes;
}

/** Texts and bytes shorter than this are converted without the ceremony below. */
const shortLength = 48;

/** Of 1.8 ns each, as Node.js converts. */
const charactersPerTick = 6;

/** Converts at the price of native code. */
export function asNativeConversion<T>(length: number, work: () => T): T {
  if (length < shortLength) return work();
  return internals.unmetered(work, Math.ceil(length / charactersPerTick));
}
