/** The encodings that Buffer knows, by every name they go by. */
import type { EncodingName } from '../../../../native/text-encodings.ts';
import { base64Bytes, base64Length, base64Text } from '../base64.ts';
import { hexBytes, hexText } from '../hex.ts';
import { bytesOfLongText, longLength, textOfLongBytes } from '../long-text.ts';
import {
  asNativeConversion,
  latin1Bytes,
  latin1Text,
  utf16Bytes,
  utf16Text,
  utf8Bytes,
  utf8Length,
  utf8Text,
} from '../utf8.ts';

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
/** The same, given to the host when there is much to convert. */
const long = (encoding: Encoding): Encoding => {
  const name = encoding.name as EncodingName;
  return {
    ...encoding,
    bytes: (text) => (text.length > longLength ? bytesOfLongText(name, text) : encoding.bytes(text)),
    text: (bytes, start, end) =>
      end - start > longLength ? textOfLongBytes(name, bytes, start, end) : encoding.text(bytes, start, end),
  };
};

const base64: Encoding = { name: 'base64', byteLength: base64Length, bytes: base64Bytes, text: base64Text };
const base64url: Encoding = {
  ...base64,
  name: 'base64url',
  text: (bytes, start, end) => base64Text(bytes, start, end, true),
};
const hex: Encoding = { name: 'hex', byteLength: (text) => text.length >>> 1, bytes: hexBytes, text: hexText };

/** The same conversions at the price that native ones have. */
const native = (encoding: Encoding): Encoding => ({
  name: encoding.name,
  byteLength: encoding.byteLength,
  bytes: (text) => asNativeConversion(text.length, () => encoding.bytes(text)),
  text: (bytes, start, end) => asNativeConversion(end - start, () => encoding.text(bytes, start, end)),
});

const byName: Record<string, Encoding> = {};
const aliases: [Encoding, string[]][] = [
  [utf8, ['utf8', 'utf-8']],
  [utf16, ['ucs2', 'ucs-2', 'utf16le', 'utf-16le']],
  [latin1, ['latin1', 'binary']],
  [ascii, ['ascii']],
  [long(base64), ['base64']],
  [long(base64url), ['base64url']],
  [long(hex), ['hex']],
];
for (const [encoding, names] of aliases) for (const name of names) byName[name] = native(encoding);
const byDefault = byName['utf8'];

export function findEncoding(name: unknown): Encoding | undefined {
  if (name === undefined || name === null || name === '') return byDefault;
  const text = String(name);
  return Object.hasOwn(byName, text)
    ? byName[text]
    : Object.hasOwn(byName, text.toLowerCase())
      ? byName[text.toLowerCase()]
      : undefined;
}
