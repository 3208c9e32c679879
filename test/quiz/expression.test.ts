/** Arithmetic in questions: what it computes, and that it computes nothing else. */
import { describe, expect, it } from 'vitest';
import { evaluate, fillTemplate, mentioned } from '../../src/quiz/expression.ts';
import { fc, test } from '../runner/property.ts';

const names = { n: 3, memory: 256, word: 'cold' };
const call = (name: string, given: readonly unknown[]) => (name === 'billed' && given[0] === 1 ? 435 : undefined);
const value = (source: string) => evaluate(source, { names, call });

it.each([
  ['n * 200', 600],
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10 - 2 - 3', 5],
  ['12 / 4 / 3', 1],
  ['7 % 4', 3],
  ['-n + 1', -2],
  ['--2', 2],
  ['0.1 + 0.2', 0.3],
  ['ceil(350.83)', 351],
  ['round(1.2345, 2)', 1.23],
  ['min(n, 2) + max(n, 2)', 5],
  ['billed(1) * 2', 870],
  ["'cold'", 'cold'],
  ['word', 'cold'],
  ['fixed(2, 2)', '2.00'],
  ['dollars(0.2)', '$0.20'],
  ['dollars(0.0000133334)', '$0.0000133334'],
  // As JavaScript writes a price below a millionth of a dollar.
  ['2 * 1000000 * (3.09e-8)', 0.0618],
  ['1e+3 - 1', 999],
])('%s is %j', (source, result) => {
  expect(value(source)).toBe(result);
});

it.each([
  ['', 'is not an expression'],
  ['n *', 'is not an expression'],
  ['(1 + 2', 'is not an expression'],
  ['1 2', 'is not an expression'],
  ['n; n', 'cannot be read from "; n" on'],
  ['n.constructor', 'cannot be read from ".constructor" on'],
  ['n[0]', 'cannot be read'],
  ['`n`', 'cannot be read'],
  ['missing', 'names "missing", which is not drawn'],
  ['constructor', 'names "constructor", which is not drawn'],
  ['toString()', 'calls "toString", which is not known here'],
  ['billed(2)', 'calls "billed", which is not known here'],
  ['word * 2', 'needs a number where it has "cold"'],
  ['1 / 0', 'needs a number where it has null'],
])('%j is refused: it %s', (source, reason) => {
  expect(() => value(source)).toThrow(reason);
});

it('says what an expression mentions', () => {
  const { names: found, calls } = mentioned('ceil(n * billed(memory)) + fixed(2) - start(1)');
  expect([[...found], [...calls]]).toEqual([
    ['n', 'memory'],
    ['billed', 'start'],
  ]);
});

it('fills a template with numbers as they stand in a sentence', () => {
  expect(fillTemplate('{= n * 1000} requests at {= memory} MB: {= dollars(0.2)}', { names })).toBe(
    '3,000 requests at 256 MB: $0.20',
  );
});

/** An expression in its text, with what JavaScript makes of the same numbers. */
const sums = fc.letrec<{ sum: { text: string; value: number } }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 5 },
    fc.integer({ min: 0, max: 1000 }).map((number) => ({ text: String(number), value: number })),
    fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*'), tie('sum')).map(([a, sign, b]) => ({
      text: `(${a.text} ${sign} ${b.text})`,
      value: sign === '+' ? a.value + b.value : sign === '-' ? a.value - b.value : a.value * b.value,
    })),
  ),
})).sum;

describe('any sum of whole numbers', () => {
  test.prop([sums.filter(({ value: expected }) => Math.abs(expected) < 1e13)])('is what JavaScript computes', (sum) => {
    expect(value(sum.text) === sum.value).toBe(true);
  });
});
