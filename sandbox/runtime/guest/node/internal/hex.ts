/** Hexadecimal text of bytes and back. */

const pairs: string[] = [];
for (let byte = 0; byte < 256; byte++) pairs.push((byte < 16 ? '0' : '') + byte.toString(16));

export function hexText(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const parts: string[] = [];
  for (let at = start; at < end; at++) parts.push(pairs[bytes[at] as number] as string);
  return parts.join('');
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Stops at the first pair that is not hexadecimal. */
export function hexBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let index = 0; index < bytes.length; index++) {
    const high = digit(text.charCodeAt(2 * index));
    const low = digit(text.charCodeAt(2 * index + 1));
    if (high < 0 || low < 0) return bytes.slice(0, index);
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}
