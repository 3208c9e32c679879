/** Texts and bytes in the encodings of Buffer, for those that are long: the guest does short ones itself. */
import { base64Bytes } from '../guest/node/internal/base64.ts';
import { hexBytes } from '../guest/node/internal/hex.ts';

export type EncodingName = 'utf8' | 'base64' | 'base64url' | 'hex';

interface Encoding {
  bytes(text: string): Uint8Array;
  text(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** The codes of an alphabet's letters. */
const codes = (letters: string): Uint8Array => encoder.encode(letters);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64Alphabet = codes(`${letters}+/`);
const urlAlphabet = codes(`${letters}-_`);
const hexDigits = codes('0123456789abcdef');

function base64Text(bytes: Uint8Array, alphabet: Uint8Array, isPadded: boolean): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    // What is beyond the end counts as zeros, and its letters are cut off or replaced below.
    const group = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text[to++] = alphabet[group >> 18]!;
    text[to++] = alphabet[(group >> 12) & 63]!;
    text[to++] = alphabet[(group >> 6) & 63]!;
    text[to++] = alphabet[group & 63]!;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  text.fill(61, to - missing);
  return decoder.decode(isPadded ? text : text.subarray(0, to - missing));
}

function hexText(bytes: Uint8Array): string {
  const text = new Uint8Array(bytes.length * 2);
  for (let index = 0; index < bytes.length; index += 1) {
    text[2 * index] = hexDigits[bytes[index]! >> 4]!;
    text[2 * index + 1] = hexDigits[bytes[index]! & 15]!;
  }
  return decoder.decode(text);
}

const encodings: Readonly<Record<EncodingName, Encoding>> = {
  utf8: { bytes: (text) => encoder.encode(text), text: (bytes) => decoder.decode(bytes) },
  base64: { bytes: base64Bytes, text: (bytes) => base64Text(bytes, base64Alphabet, true) },
  base64url: { bytes: base64Bytes, text: (bytes) => base64Text(bytes, urlAlphabet, false) },
  hex: { bytes: hexBytes, text: hexText },
};

export const bytesOfText = (encoding: EncodingName, text: string): Uint8Array => encodings[encoding].bytes(text);
export const textOfBytes = (encoding: EncodingName, bytes: Uint8Array): string => encodings[encoding].text(bytes);

/** The text of UTF-8 bytes; null when they are not valid. */
export function validUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}
