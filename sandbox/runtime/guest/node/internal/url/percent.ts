/** Percent-encode sets of the URL standard. */
import { utf8Bytes, utf8Text } from '../utf8.ts';

const fragment = ' "<>`';
const query = ' "#<>';
const path = `${query}?^\`{}`;
const userinfo = `${path}/:;=@[\\]|`;

/** Characters encoded besides C0 controls, DEL and everything beyond ASCII. */
export const encodeSets = {
  control: '',
  fragment,
  query,
  specialQuery: `${query}'`,
  path,
  userinfo,
} as const;

export type EncodeSet = keyof typeof encodeSets;

const hex = (byte: number): string => `%${(byte < 16 ? '0' : '') + byte.toString(16).toUpperCase()}`;

export function percentEncode(text: string, set: EncodeSet): string {
  const characters = encodeSets[set];
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code > 0x1f && code < 0x7f && !characters.includes(character)) result += character;
    else for (const byte of utf8Bytes(character)) result += hex(byte);
  }
  return result;
}

export function percentDecodeBytes(text: string): Uint8Array {
  const bytes = utf8Bytes(text);
  if (!text.includes('%')) return bytes;
  const output = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const pair =
      bytes[at] === 37 && at + 2 < bytes.length
        ? String.fromCharCode(bytes[at + 1] as number, bytes[at + 2] as number)
        : '';
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      output[length++] = Number.parseInt(pair, 16);
      at += 2;
    } else {
      output[length++] = bytes[at] as number;
    }
  }
  return output.subarray(0, length);
}

export function percentDecode(text: string): string {
  return text.includes('%') ? utf8Text(percentDecodeBytes(text)) : text;
}

/** application/x-www-form-urlencoded. */
export function formEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => hex(character.charCodeAt(0)));
}

export function formDecode(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}
