/** A value as short text for addresses: JSON, deflated, in base64 for URLs. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

const mostBytes = 1_000_000;

/** The text of a value that JSON can hold. */
export function pack(value: unknown): string {
  return toBase64Url(deflateSync(strToU8(JSON.stringify(value)), { level: 9 }));
}

/**
 * The value of a packed text, still unchecked.
 * @throws {MalformedLinkError} when it was cut, altered or is too large
 */
export function unpack(text: string): unknown {
  try {
    return JSON.parse(strFromU8(inflate(fromBase64Url(text))));
  } catch {
    throw new MalformedLinkError();
  }
}

/** The link was cut or altered on its way. */
export class MalformedLinkError extends Error {
  override readonly name = 'MalformedLinkError';
  constructor() {
    super('The link is damaged: it was probably cut on its way. Ask for it again.');
  }
}

/** Inflates in small steps, so that a small input cannot fill the memory. */
function inflate(bytes: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  const seen = { length: 0, complete: false };
  const stream = new Inflate((chunk, final) => {
    seen.length += chunk.length;
    if (seen.length > mostBytes) throw new MalformedLinkError();
    chunks.push(chunk);
    seen.complete ||= final;
  });
  const step = 256;
  for (let at = 0; at < bytes.length; at += step) stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  if (!seen.complete) throw new MalformedLinkError();
  const whole = new Uint8Array(seen.length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
