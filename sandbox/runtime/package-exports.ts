/** What a package.json's `exports` and `imports` maps give for a name: conditions, subpaths and patterns. */

/** The target of `subpath` (`.`, `./name` or `#name`), or undefined when the map does not have it. */
export function matchExports(map: unknown, subpath: string, kind: 'require' | 'import'): string | undefined {
  const conditions = new Set(['node', 'default', 'node-addons', kind, 'module-sync']);
  const pick = (target: unknown): string | undefined => {
    if (typeof target === 'string') return target;
    if (Array.isArray(target)) {
      for (const option of target) {
        const found = pick(option);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (target === null || typeof target !== 'object') return undefined;
    for (const [condition, value] of Object.entries(target)) {
      if (!conditions.has(condition)) continue;
      const found = pick(value);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  if (map === null || map === undefined) return undefined;
  const isSubpathMap =
    typeof map === 'object' && !Array.isArray(map) && Object.keys(map).some((key) => /^[.#]/.test(key));
  if (!isSubpathMap) return subpath === '.' ? pick(map) : undefined;
  const entries = map as Record<string, unknown>;
  if (subpath in entries) return pick(entries[subpath]);
  for (const [pattern, target] of Object.entries(entries)) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (!subpath.startsWith(before) || !subpath.endsWith(after) || subpath.length < pattern.length - 1) continue;
    return pick(target)?.replaceAll('*', subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}
