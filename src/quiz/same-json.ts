/** JSON compared by what it says: the order of properties never counts, that of lists only where it does. Pure. */

/** `anyOrder`: lists are sets, and one value may stand for a list of one, as in IAM policies. */
export interface Comparison {
  readonly anyOrder: boolean;
}

export function sameJson(a: unknown, b: unknown, how: Comparison): boolean {
  return firstDifference(a, b, how) === undefined;
}

/** Where `given` first differs from `wanted`: a path like `Statement.0.Action`, empty for the whole; nothing when it does not. */
export function firstDifference(given: unknown, wanted: unknown, how: Comparison, path = ''): string | undefined {
  if (how.anyOrder && (Array.isArray(given) || Array.isArray(wanted))) {
    return sameSet(listOf(given), listOf(wanted), how, path);
  }
  if (!isRecord(given) || !isRecord(wanted) || Array.isArray(given) !== Array.isArray(wanted)) {
    return Object.is(given, wanted) ? undefined : path;
  }
  const keys = new Set([...Object.keys(wanted), ...Object.keys(given)]);
  for (const key of keys) {
    const inside = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(given, key) || !Object.hasOwn(wanted, key)) return inside;
    const difference = firstDifference(given[key], wanted[key], how, inside);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function sameSet(
  given: readonly unknown[],
  wanted: readonly unknown[],
  how: Comparison,
  path: string,
): string | undefined {
  const open = [...wanted];
  for (const [index, item] of given.entries()) {
    const match = open.findIndex((other) => sameJson(item, other, how));
    if (match < 0) {
      // With one of each there is no doubt which was meant, so the difference can be named more closely.
      return given.length === 1 && wanted.length === 1
        ? firstDifference(item, wanted[0], how, path)
        : join(path, index);
    }
    open.splice(match, 1);
  }
  return open.length > 0 ? path : undefined;
}

/** The value at a path; an index into something that is no list means the thing itself. */
export function valueAt(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (/^\d+$/.test(key) && !Array.isArray(inner)) return key === '0' ? inner : undefined;
    return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, json);
}

/** A copy with another value at a path. */
export function withValueAt(json: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : withValueAt(valueAt(json, key), rest.join('.'), value);
  if (Array.isArray(json)) return json.map((item: unknown, index) => (String(index) === key ? inner : item));
  if (key === '0' && !isRecord(json)) return inner;
  return { ...(isRecord(json) ? json : {}), [key]: inner };
}

const join = (path: string, key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
