/** Compares a value with what a check says about it, and says what was wanted. Pure. */
import type { Comparison } from '../../../content/challenge-schema.ts';
import { meets, sayAmount, sayCount, sayValue } from '../words.ts';

/** Whether everything that is said holds. */
export function holds(value: unknown, { equals, members, amount, items }: Comparison): boolean {
  return (
    (equals === undefined || same(value, equals)) &&
    (members === undefined || sameMembers(value, members)) &&
    (amount === undefined || (typeof value === 'number' && meets(amount, value))) &&
    (items === undefined || (Array.isArray(value) && meets(items, value.length)))
  );
}

/** `` `4` ``, `at most 5`, `a list of 3 items`: each thing that is said. */
export function sayWanted({ equals, members, amount, items }: Comparison): readonly string[] {
  return [
    ...(equals === undefined ? [] : [sayValue(equals)]),
    ...(members === undefined ? [] : [`a list of ${sayValue(members)}, in any order`]),
    ...(amount === undefined ? [] : [sayAmount(amount)]),
    ...(items === undefined ? [] : [`a list of ${sayAmount(items)} ${items === 1 ? 'item' : 'items'}`]),
  ];
}

/** The value that was found at a place of `whole`; a place that is missing is best explained by the whole. */
export function sayFound(value: unknown, whole: unknown, { at, items }: Comparison): string {
  const count = items !== undefined && Array.isArray(value) ? `${sayCount(value.length, 'item')}, ` : '';
  const instead = value === undefined && at !== undefined ? ` in ${sayValue(whole)}` : '';
  return `${count}${sayValue(value)}${instead}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The same JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** A list of the same values, each as often, in any order. */
function sameMembers(value: unknown, members: readonly unknown[]): boolean {
  if (!Array.isArray(value) || value.length !== members.length) return false;
  const rest: unknown[] = [...(value as unknown[])];
  return members.every((member) => {
    const at = rest.findIndex((candidate) => same(candidate, member));
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
}
