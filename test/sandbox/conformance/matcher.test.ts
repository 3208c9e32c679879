/** The matchers of conformance cases. */
import { expect, test } from 'vitest';
import { type Json, matches } from './matcher.ts';

test.each<[Json, Json | undefined, boolean]>([
  [1, 1, true],
  [1, '1', false],
  [{ a: [1, null] }, { a: [1, null] }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{}, {}, true],
  [{ $regex: '^a.c$' }, 'a\nc', true],
  [{ $regex: '^b' }, 'abc', false],
  [{ $regex: '1' }, 1, false],
  [{ $type: 'array' }, [], true],
  [{ $type: 'null' }, null, true],
  [{ $type: 'object' }, null, false],
  [{ $gte: 2, $lte: 3 }, 3, true],
  [{ $gte: 2, $lte: 3 }, 4, false],
  [{ $contains: 'b' }, 'abc', true],
  [{ $contains: { $regex: '^b' } }, ['a', 'bc'], true],
  [{ $contains: { a: 1 } }, { a: 1, b: 2 }, true],
  [{ $contains: { a: 2 } }, { a: 1, b: 2 }, false],
  [{ $len: 2 }, [1, 2], true],
  [{ $len: { $gte: 3 } }, 'ab', false],
  [{ $oneOf: ['a', { $type: 'number' }] }, 5, true],
  [{ $oneOf: ['a', 'b'] }, 'c', false],
  [{ $not: { $contains: 'x' } }, 'abc', true],
  [{ a: { $any: true } }, { a: null }, true],
  [{ a: { $any: true } }, {}, false],
  [{ a: { $absent: true } }, {}, true],
  [{ a: { $absent: true } }, { a: 1 }, false],
])('%j against %j is %s', (expected, actual, outcome) => {
  expect(matches(expected, actual)).toBe(outcome);
});

test('an unknown matcher is a mistake in the case', () => {
  expect(() => matches({ $roughly: 1 }, 1)).toThrow('There is no matcher $roughly.');
});
