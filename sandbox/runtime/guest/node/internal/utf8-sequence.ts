/** What bytes at one place mean in UTF-8. */

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
