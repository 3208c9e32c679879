/** Values of any shape from outside: bounded in size and depth, and without keys that reach into an object's making. */

export type PlainValue =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

const deepest = 50;
const dangerous = new Set(['__proto__', 'constructor', 'prototype']);

/** A copy of parsed JSON. `most` is how many characters its texts, names and numbers may have in all. */
export function plainValue(value: unknown, most: number): PlainValue {
  if (value === undefined) return { ok: false, reason: 'is missing' };
  let left = most;
  const spend = (characters: number): void => {
    left -= characters;
    if (left < 0) throw new RangeError('is too large');
  };
  const copy = (inner: unknown, depth: number): unknown => {
    if (depth > deepest) throw new RangeError('is nested too deeply');
    spend(typeof inner === 'string' ? inner.length : 4);
    if (Array.isArray(inner)) return inner.map((item) => copy(item, depth + 1));
    if (typeof inner !== 'object' || inner === null) return inner ?? null;
    const entries = Object.entries(inner).filter(([key]) => !dangerous.has(key));
    return Object.fromEntries(
      entries.map(([key, item]) => {
        spend(key.length);
        return [key, copy(item, depth + 1)];
      }),
    );
  };
  try {
    return { ok: true, value: copy(value, 0) };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, reason: error.message };
    throw error;
  }
}
