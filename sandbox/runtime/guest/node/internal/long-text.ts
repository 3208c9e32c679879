/** Long texts and bytes, converted by the host piece by piece, so that the copies for it take little memory. */
import type { EncodingName } from '../../../native/text-encodings.ts';
import { utf8Sequence } from './utf8-sequence.ts';

/** What is shorter is converted in the guest, sooner than a call of the host would be. */
export const longLength = 1024;

const pieceLength = 262_144;

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0] as Uint8Array<ArrayBuffer>;
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/**
 * UTF-8 of a long text; lone surrogates become U+FFFD. Without NULs: each would need a mark on its way to the host (see
 * crossing.ts), which is more work than the conversion.
 */
export function utf8OfLongText(text: string): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + pieceLength, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    parts.push(internals.native('bytesOfText', 'utf8', text.slice(at, end)));
    at = end;
  }
  return joined(parts);
}

/** Where the piece ends that begins at `at`: no character is cut. */
function pieceEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = at + pieceLength;
  if (limit >= end) return end;
  for (let first = limit - 3; first < limit; first += 1) {
    if ((bytes[first] as number) >= 0xc0 && utf8Sequence(bytes, first, limit).missing) return first;
  }
  return limit;
}

/** The text of many UTF-8 bytes, each maximal invalid part as U+FFFD. */
export function textOfLongUtf8(bytes: Uint8Array, start: number, end: number): string {
  const parts: string[] = [];
  for (let at = start; at < end;) {
    const to = pieceEnd(bytes, at, end);
    parts.push(internals.native('textOfBytes', 'utf8', bytes.subarray(at, to)));
    at = to;
  }
  return parts.join('');
}

/** The same; undefined when the bytes are no valid UTF-8. */
export function validLongUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  const parts: string[] = [];
  for (let at = start; at < end;) {
    const to = pieceEnd(bytes, at, end);
    const text = internals.native('validUtf8', bytes.subarray(at, to));
    if (text === null) return undefined;
    parts.push(text);
    at = to;
  }
  return parts.join('');
}

/** Bytes of a long text in base64 or hex: in one piece, since characters that mean nothing are skipped. */
export const bytesOfLongText = (encoding: EncodingName, text: string): Uint8Array<ArrayBuffer> =>
  joined([internals.native('bytesOfText', encoding, text)]);

/** Bytes in one piece of text: whole groups of three for base64. */
const groupedLength = pieceLength - (pieceLength % 3);

/** Base64 or hex of many bytes. */
export function textOfLongBytes(encoding: EncodingName, bytes: Uint8Array, start: number, end: number): string {
  const parts: string[] = [];
  for (let at = start; at < end; at += groupedLength) {
    parts.push(internals.native('textOfBytes', encoding, bytes.subarray(at, Math.min(at + groupedLength, end))));
  }
  return parts.join('');
}
