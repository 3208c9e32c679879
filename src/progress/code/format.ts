/**
 * How a progress code is made up. The text is base64url of: version, width of the keys, salt, day, then for each group
 * its key and its values; at the end 24 bits that give away a mistyped character. A reader skips what it does not know.
 */
import { hashBits } from './groups.ts';

export const codeVersion = 1;
/** No code of a course of the usual size is longer than this many characters. */
export const longestCode = 300;
/** Bits for the key of a group: as many as there is room for, and never less than what keeps two groups apart. */
export const keyWidths = { most: 24, least: 14 } as const;
export const widths = {
  version: 4,
  keyWidth: 4,
  salt: 4,
  day: 14,
  groups: 9,
  length: 6,
  longLength: 10,
  check: 24,
} as const;

const dayMs = 24 * 60 * 60 * 1000;
/** Days are counted from here. */
const firstDay = Date.UTC(2026, 0, 1);

/** Number of the day, in UTC, that a moment belongs to. */
export const dayOf = (at: number): number =>
  Math.min(Math.max(0, Math.floor((at - firstDay) / dayMs)), 2 ** widths.day - 1);
/** The moment at which a day begins. */
export const startOfDay = (day: number): number => firstDay + day * dayMs;

/** Why a text is not a code that can be read. */
export class ProgressCodeError extends Error {
  override readonly name = 'ProgressCodeError';
}

/** The text of a code. */
export function sealCode(bytes: Uint8Array): string {
  const check = checkOf(bytes);
  const all = [...bytes, (check >> 16) & 255, (check >> 8) & 255, check & 255];
  const text = btoa(String.fromCharCode(...all));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws {ProgressCodeError} when the text is no code, or one character of it is not what it was */
export function openCode(text: string): Uint8Array {
  const code = text.replace(/[\s\u200B-\u200D\uFEFF]/gu, '');
  if (!/^[A-Za-z0-9_-]{11,4000}$/.test(code)) {
    throw new ProgressCodeError('This is not a progress code: it has letters, digits, - and _ only, and is longer.');
  }
  const bytes = decode(code);
  const body = bytes.subarray(0, -3);
  const [a = 0, b = 0, c = 0] = bytes.subarray(-3);
  if (((a << 16) | (b << 8) | c) !== checkOf(body) || sealCode(body) !== code) {
    throw new ProgressCodeError('This code is mistyped or cut: it does not agree with itself. Copy all of it again.');
  }
  return body;
}

function decode(code: string): Uint8Array {
  try {
    return Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new ProgressCodeError('This code is mistyped or cut: it does not agree with itself. Copy all of it again.');
  }
}

const checkOf = (bytes: Uint8Array): number => hashBits(String.fromCharCode(...bytes), widths.check);
