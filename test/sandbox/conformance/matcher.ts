/**
 * Compares a JSON value with what a case expects. Plain values must be deep-equal; an object whose keys all start with
 * `$` is a matcher, and all its keys must hold:
 * `$regex`, `$type` (typeof, `null` or `array`), `$gte`, `$lte`, `$contains` (a part of a text, an element of a list, or
 * the named keys of an object), `$len` (of a text, a list or an object's keys), `$oneOf`, `$not`, `$any`, `$absent`.
 */
import { isDeepStrictEqual } from 'node:util';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

type Operator = (operand: Json, actual: Json | undefined) => boolean;

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeName(value: Json | undefined): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function contains(operand: Json, actual: Json | undefined): boolean {
  if (typeof actual === 'string') return typeof operand === 'string' && actual.includes(operand);
  if (Array.isArray(actual)) return actual.some((element) => matches(operand, element));
  if (!isObject(actual) || !isObject(operand)) return false;
  return Object.entries(operand).every(([key, expected]) => matches(expected, actual[key]));
}

function length(actual: Json | undefined): number | undefined {
  if (typeof actual === 'string' || Array.isArray(actual)) return actual.length;
  return isObject(actual) ? Object.keys(actual).length : undefined;
}

const operators: Readonly<Record<string, Operator>> = {
  $regex: (operand, actual) =>
    typeof actual === 'string' && typeof operand === 'string' && new RegExp(operand, 's').test(actual),
  $type: (operand, actual) => typeName(actual) === operand,
  $gte: (operand, actual) => typeof actual === 'number' && typeof operand === 'number' && actual >= operand,
  $lte: (operand, actual) => typeof actual === 'number' && typeof operand === 'number' && actual <= operand,
  $contains: contains,
  $len: (operand, actual) => matches(operand, length(actual)),
  $oneOf: (operand, actual) => Array.isArray(operand) && operand.some((choice) => matches(choice, actual)),
  $not: (operand, actual) => !matches(operand, actual),
  $any: (_, actual) => actual !== undefined,
  $absent: (operand, actual) => (actual === undefined) === (operand !== false),
};

function isMatcher(expected: Json): expected is { [key: string]: Json } {
  if (!isObject(expected)) return false;
  const keys = Object.keys(expected);
  return keys.length > 0 && keys.every((key) => key.startsWith('$'));
}

/** `actual` is `undefined` for a key or result that is not there. */
export function matches(expected: Json, actual: Json | undefined): boolean {
  if (isMatcher(expected)) {
    return Object.entries(expected).every(([name, operand]) => {
      const operator = operators[name];
      if (operator === undefined) throw new Error(`There is no matcher ${name}.`);
      return operator(operand, actual);
    });
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((element, index) => matches(element, actual[index]))
    );
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return false;
    const expectedKeys = Object.keys(expected);
    return (
      expectedKeys.every((key) => matches(expected[key] ?? null, actual[key])) &&
      Object.keys(actual).every((key) => Object.hasOwn(expected, key))
    );
  }
  return isDeepStrictEqual(expected, actual);
}
