/** A link that carries code, event and configuration in the page address's hash: written, recognised, read. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { linkPrefix } from './link-prefix.ts';
import type { RunnerInput } from './runner-data.ts';

/** Longer addresses are cut by mail programs and chats. */
export const longestLink = 12_000;
const mostBytes = 1_000_000;

export type WrittenLink =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly length: number };

/** The hash for this input, or how long it would have been. */
export function writeLink(functionName: string, input: RunnerInput): WrittenLink {
  const bytes = deflateSync(strToU8(JSON.stringify(input)), { level: 9 });
  const hash = linkPrefix(functionName) + toBase64Url(bytes);
  return hash.length > longestLink ? { ok: false, length: hash.length } : { ok: true, hash };
}

/**
 * What a hash carries, still unchecked: pass it to `repairInput`.
 * @throws {MalformedLinkError} when it was cut, altered or is too large
 */
export function readLink(functionName: string, hash: string): unknown {
  const prefix = linkPrefix(functionName);
  if (!hash.startsWith(prefix) || hash.length > longestLink) throw new MalformedLinkError();
  try {
    return JSON.parse(strFromU8(inflate(fromBase64Url(hash.slice(prefix.length)))));
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
