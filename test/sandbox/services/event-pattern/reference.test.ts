/** Law: the matcher agrees with a slow reading of the language, which looks at an event with one element of every list. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileEventPattern } from '../../../../sandbox/services/event-pattern/event-pattern.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Fields = Record<string, unknown>;

/** Every way to take one element out of every list. */
function projections(value: Json | undefined): (Json | undefined)[] {
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value.flatMap(projections);
  if (typeof value !== 'object' || value === null) return [value];
  let objects: Record<string, Json | undefined>[] = [{}];
  for (const [key, inner] of Object.entries(value)) {
    objects = objects.flatMap((object) => projections(inner).map((one) => ({ ...object, [key]: one })));
  }
  return objects as Json[];
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLeaf = (value: unknown): boolean => value !== undefined && !isObject(value);

function slowMatches(pattern: Fields, event: Json): boolean {
  const views = projections(event);
  return views.some((view) => holds(pattern, view, views, []));
}

function holds(pattern: Fields, view: unknown, views: readonly unknown[], path: readonly string[]): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return (wanted as Fields[]).some((alternative) => holds(alternative, view, views, path));
    const inside = isObject(view) ? view[key] : undefined;
    const here = [...path, key];
    if (isObject(wanted)) return holds(wanted, inside, views, here);
    return (wanted as unknown[]).some((condition) => {
      if (!isObject(condition)) return inside === condition;
      if (condition.exists === false) return !views.some((other) => isLeaf(at(other, here)));
      if (!isLeaf(inside)) return false;
      if (condition.exists === true) return true;
      if ('anything-but' in condition) return !(condition['anything-but'] as unknown[]).includes(inside);
      if ('prefix' in condition) return typeof inside === 'string' && inside.startsWith(condition.prefix as string);
      const [, bound] = condition.numeric as [string, number];
      return typeof inside === 'number' && inside > bound;
    });
  });
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inside, key) => (isObject(inside) ? inside[key] : undefined), value);

const text = fc.constantFrom('', 'x', 'xy', 'y');
const number = fc.integer({ min: -1, max: 2 });
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const key = fc.constantFrom('a', 'b', 'c');

const { event } = fc.letrec<{ value: Json; event: Json }>((tie) => ({
  event: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ maxDepth: 2, depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 2 }), tie('event')),
}));

const condition = fc.oneof(
  scalar,
  fc.record({ exists: fc.boolean() }),
  fc.record({ prefix: text }),
  fc.record({ 'anything-but': fc.oneof(fc.array(text, { minLength: 1 }), fc.array(number, { minLength: 1 })) }),
  fc.record({ numeric: fc.tuple(fc.constant('>'), number) }),
);
const leaf = fc.array(condition, { minLength: 1, maxLength: 2 });

const { pattern } = fc.letrec<{ pattern: Fields; fields: Fields; field: unknown }>((tie) => ({
  field: fc.oneof({ maxDepth: 2, depthSize: 'small' }, leaf, leaf, tie('pattern')),
  fields: fc.dictionary(key, tie('field'), { minKeys: 1, maxKeys: 2 }),
  // Alternatives have keys of their own, so that no list is asked twice.
  pattern: fc.oneof(
    tie('fields'),
    fc.record({ c: leaf, $or: fc.tuple(fc.record({ a: leaf }), fc.record({ b: leaf })) }),
  ),
}));

test('as a simple reference', () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, event, (wanted, given) => {
      const expected = slowMatches(wanted, given);
      matched += expected ? 1 : 0;
      expect(compileEventPattern(wanted).matches(given)).toBe(expected);
    }),
    { numRuns: 3000, seed: 5 },
  );
  // Both answers must have been asked for.
  expect(matched).toBeGreaterThan(200);
  expect(matched).toBeLessThan(2800);
});
