/** The encodings that Buffer knows, by every name they go by. */
import { base64Bytes, base64Length, base64Text } from '../base64.ts';
import { hexBytes, hexText } from '../hex.ts';
import { latin1Bytes, latin1Text, utf16Bytes, utf16Text, utf8Bytes, utf8Length, utf8Text } from '../utf8.ts';

export interface Encoding {
  readonly name: string;
  byteLength(text: string): number;
  bytes(text: string): Uint8Array<ArrayBuffer>;
  text(bytes: Uint8Array, start: number, end: number): string;
}

const utf8: Encoding = { name: 'utf8', byteLength: utf8Length, bytes: utf8Bytes, text: utf8Text };
const utf16: Encoding = { name: 'utf16le', byteLength: (text) => text.length * 2, bytes: utf16Bytes, text: utf16Text };
const latin1: Encoding = { name: 'latin1', byteLength: (text) => text.length, bytes: latin1Bytes, text: latin1Text };
const ascii: Encoding = {
  ...latin1,
  name: 'ascii',
  text: (bytes, start, end) => latin1Text(bytes.slice(start, end).map((byte) => byte & 0x7f)),
};
const base64: Encoding = { name: 'base64', byteLength: base64Length, bytes: base64Bytes, text: base64Text };
const base64url: Encoding = {
  ...base64,
  name: 'base64url',
  text: (bytes, start, end) => base64Text(bytes, start, end, true),
};
const hex: Encoding = { name: 'hex', byteLength: (text) => text.length >>> 1, bytes: hexBytes, text: hexText };

const byName: Record<string, Encoding> = {
  utf8,
  'utf-8': utf8,
  ucs2: utf16,
  'ucs-2': utf16,
  utf16le: utf16,
  'utf-16le': utf16,
  latin1,
  binary: latin1,
  ascii,
  base64,
  base64url,
  hex,
};

export function findEncoding(name: unknown): Encoding | undefined {
  if (name === undefined || name === null || name === '') return utf8;
  const text = String(name);
  return Object.hasOwn(byName, text) ? byName[text] : Object.hasOwn(byName, text.toLowerCase()) ? byName[text.toLowerCase()] : undefined;
}
