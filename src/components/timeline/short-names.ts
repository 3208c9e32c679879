/** Ids cut to the shortest start that still tells them apart. */

/** Id -> its first `least` characters, or as many more as it takes to differ from every other id of the list. */
export function shortNames(ids: readonly string[], least = 4): ReadonlyMap<string, string> {
  const longest = Math.max(least, ...ids.map((id) => id.length));
  let length = least;
  while (length < longest && new Set(ids.map((id) => id.slice(0, length))).size < new Set(ids).size) length += 1;
  return new Map(ids.map((id) => [id, id.slice(0, length)]));
}
