/** A link that carries code, event and configuration in the page address's hash: written, recognised, read. */
import { linkPrefix } from './link-prefix.ts';
import { MalformedLinkError, pack, unpack } from './packed-json.ts';
import type { RunnerInput } from './runner-data.ts';

export { MalformedLinkError };

/** Longer addresses are cut by mail programs and chats. */
export const longestLink = 12_000;

export type WrittenLink =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly length: number };

/** The hash for this input, or how long it would have been. */
export function writeLink(functionName: string, input: RunnerInput): WrittenLink {
  const hash = linkPrefix(functionName) + pack(input);
  return hash.length > longestLink ? { ok: false, length: hash.length } : { ok: true, hash };
}

/**
 * What a hash carries, still unchecked: pass it to `repairInput`.
 * @throws {MalformedLinkError} when it was cut, altered or is too large
 */
export function readLink(functionName: string, hash: string): unknown {
  const prefix = linkPrefix(functionName);
  if (!hash.startsWith(prefix) || hash.length > longestLink) throw new MalformedLinkError();
  return unpack(hash.slice(prefix.length));
}
