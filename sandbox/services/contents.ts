/** What looking into a resource takes: its first things, and bytes as text. */

/** At most `most` of what comes, from the beginning. */
export function firstOf<T>(things: Iterable<T>, most: number): readonly T[] {
  const first: T[] = [];
  for (const thing of things) {
    if (first.length >= most) break;
    first.push(thing);
  }
  return first;
}

/** Bytes as the text that they are in UTF-8; undefined when they are none, or too many to show. */
export function textOf(bytes: Uint8Array, mostBytes: number): string | undefined {
  if (bytes.length > mostBytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
