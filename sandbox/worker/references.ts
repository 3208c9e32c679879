/**
 * References to what a call answered: `{api.ApiId}` stands for the member `ApiId` of the answer that was kept as `api`.
 * Ids that an account gives out can so be used by the calls and requests that follow.
 */

/** A reference to something that is not there. */
export class UnknownReferenceError extends Error {
  override readonly name = 'UnknownReferenceError';
}

/** The value with every reference in its texts replaced. A name under which nothing is kept is no reference. */
export function resolveReferences<Value>(value: Value, kept: ReadonlyMap<string, unknown>): Value {
  if (kept.size === 0) return value;
  return resolve(value, kept) as Value;
}

function resolve(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{([A-Za-z]\w*)((?:\.\w+)+)\}/g, (text, name: string, path: string) =>
      kept.has(name) ? memberAt(kept.get(name), name, path.slice(1)) : text,
    );
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, kept));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member, kept)]));
}

function memberAt(answer: unknown, name: string, path: string): string {
  let at: unknown = answer;
  for (const key of path.split('.')) {
    const members: Readonly<Record<string, unknown>> = typeof at === 'object' && at !== null ? { ...at } : {};
    if (!(key in members)) {
      const known = Object.keys(members).join(', ') || 'nothing';
      throw new UnknownReferenceError(`There is no ${key} for {${name}.${path}}: there is ${known}.`);
    }
    at = members[key];
  }
  if (typeof at === 'string' || typeof at === 'number') return String(at);
  throw new UnknownReferenceError(
    `{${name}.${path}} is not a text or a number, but has ${Object.keys({ ...(at as object) }).join(', ')}.`,
  );
}
