/** Base64 and its URL form, forgiving as Node's Buffer and strict as atob. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlAlphabet = `${alphabet.slice(0, 62)}-_`;

const values = new Int8Array(128).fill(-1);
for (let index = 0; index < 64; index++) {
  values[alphabet.charCodeAt(index)] = index;
  values[urlAlphabet.charCodeAt(index)] = index;
}

export function base64Text(bytes: Uint8Array, start = 0, end = bytes.length, url = false): string {
  const letters = url ? urlAlphabet : alphabet;
  const parts: string[] = [];
  let at = start;
  for (; at + 2 < end; at += 3) {
    const word = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
    parts.push(
      (letters[word >> 18] as string) +
        (letters[(word >> 12) & 63] as string) +
        (letters[(word >> 6) & 63] as string) +
        (letters[word & 63] as string),
    );
  }
  if (end - at === 1) {
    const byte = bytes[at] as number;
    parts.push((letters[byte >> 2] as string) + (letters[(byte << 4) & 63] as string) + (url ? '' : '=='));
  } else if (end - at === 2) {
    const word = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    parts.push(
      (letters[word >> 10] as string) +
        (letters[(word >> 4) & 63] as string) +
        (letters[(word << 2) & 63] as string) +
        (url ? '' : '='),
    );
  }
  return parts.join('');
}

/** Characters outside the alphabet are skipped; the first `=` ends the text. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let word = 0;
  let bits = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 61) break;
    const value = code < 128 ? (values[code] as number) : -1;
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = word >> bits;
    }
  }
  return bytes.slice(0, length);
}

/** Bytes that a base64 text stands for, by its length alone, as Buffer.byteLength counts them. */
export function base64Length(text: string): number {
  let length = text.length;
  if (length > 0 && text[length - 1] === '=') length--;
  if (length > 1 && text[length - 1] === '=') length--;
  return (length * 3) >>> 2;
}
