/** UTF-8 both ways, using the engine's own URI functions where they can do the work in one call. */

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
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  const isAscii = !/[^\x00-\x7f]/.test(text);
  return latin1Bytes(isAscii ? text : unescape(encodeURIComponent(text.toWellFormed())));
}

export function utf8Length(text: string): number {
  if (!/[^\x00-\x7f]/.test(text)) return text.length;
  return unescape(encodeURIComponent(text.toWellFormed())).length;
}

/** The text of UTF-8 bytes; undefined when they are not valid. */
export function validUtf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
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
  return validUtf8Text(bytes, start, end) ?? repairedUtf8Text(bytes, start, end);
}

/**
 * How many bytes at `at` belong together: `length` of them form a character when `valid`, else are one error.
 * `missing` says that the input ended inside a character that was valid so far.
 */
export function utf8Sequence(
  bytes: Uint8Array,
  at: number,
  end: number,
): { length: number; valid: boolean; missing: boolean } {
  const first = bytes[at] as number;
  if (first < 0x80) return { length: 1, valid: true, missing: false };
  const size =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 1;
  if (size === 1) return { length: 1, valid: false, missing: false };
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let offset = 1; offset < size; offset++) {
    if (at + offset >= end) return { length: offset, valid: false, missing: true };
    const byte = bytes[at + offset] as number;
    if (byte < (offset === 1 ? lowest : 0x80) || byte > (offset === 1 ? highest : 0xbf)) {
      return { length: offset, valid: false, missing: false };
    }
  }
  return { length: size, valid: true, missing: false };
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

/** Converts at the price of native code. */
export function asNativeConversion<T>(length: number, work: () => T): T {
  if (length < shortLength) return work();
  internals.meter(Math.ceil(length / 16));
  return internals.unmetered(work);
}
