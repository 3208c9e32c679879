/** Numbers: how they may be written, how closely they have to be met, and which wrong ones have a reply. */
import { describe, expect, it } from 'vitest';
import { gradeNumber, number, toleranceWords, type NumberField } from '../../../src/quiz/number.ts';
import { readQuantity, writeQuantity } from '../../../src/quiz/quantity.ts';
import { fc, test } from '../../runner/property.ts';
import { exampleOf, said } from '../example.ts';

const question = await exampleOf<NumberField>('number', { n: 2 });

it.each(['702', '702 ms', '0.702 s', '0,702 s', '702.0', '702 milliseconds', ' 702ms '])(
  'takes %j for 702 ms',
  (given) => {
    expect(number.grade(question, given).correct).toBe(true);
  },
);

it('answers to a wrong number that was foreseen, and to any other', () => {
  expect(said(question, '502')).toEqual(['- wrong: Init was free until 1 August 2025. Since then it is billed too.']);
  expect(said(question, '7')).toEqual(['- wrong: Add init and handler, round up, then multiply.']);
});

it('does not grade what is no number, or has another unit', () => {
  expect(number.lacks(question, '')).toBe('Write a number first.');
  expect(number.lacks(question, 'many')).toBe('Write a number, such as 12 ms.');
  expect(number.lacks(question, '12 MB')).toBe('Write it in ms or a unit of the same kind.');
  expect(number.lacks(question, '12 s')).toBeUndefined();
});

describe('a tolerance', () => {
  const field = (tolerance: NumberField['tolerance']): NumberField => ({ ...question.body, answer: 1000, tolerance });
  const isRight = (tolerance: NumberField['tolerance'], given: string) => gradeNumber(field(tolerance), given).correct;

  it('is a part of the answer, or so many of its unit', () => {
    expect([isRight({ percent: 1 }, '990'), isRight({ percent: 1 }, '989')]).toEqual([true, false]);
    expect([isRight({ by: 5 }, '1,005'), isRight({ by: 5 }, '1006')]).toEqual([true, false]);
  });

  it('is told to the learner', () => {
    expect(toleranceWords(field({ percent: 1 }))).toBe('within 1%');
    expect(toleranceWords(field({ by: 5 }))).toBe('within 5 ms');
    expect(toleranceWords(field({ by: 0 }))).toBe('');
  });
});

describe('a quantity', () => {
  it.each([
    ['1,024', 'MB', 1024],
    ['1 024', 'MB', 1024],
    ["1'024", 'MB', 1024],
    ['1.024', 'MB', 1.024],
    ['1,5', 's', 1.5],
    ['2 GB', 'MB', 2048],
    ['$0.20', 'USD', 0.2],
    ['20 cents', 'USD', 0.2],
    ['0.2 dollars', 'USD', 0.2],
    ['15 min', 's', 900],
    ['1.5e3', 'ms', 1500],
    ['-3', '', -3],
    ['20%', '%', 20],
    ['4 environments', 'environments', 4],
    ['1 environment', 'environments', 1],
  ])('%j in %j is %d', (written, unit, value) => {
    expect(readQuantity(written, unit)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'ms', 'not a number'],
    ['8 to 9', 'ms', 'not a number'],
    ['1.2.3', 'ms', 'not a number'],
    ['8 MB', 'ms', 'other unit'],
    ['8 requests', 'environments', 'other unit'],
    ['$8', 'ms', 'other unit'],
  ])('%j in %j is none: %s', (written, unit, problem) => {
    expect(readQuantity(written, unit)).toEqual({ ok: false, problem });
  });

  test.prop([fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('ms', 'MB', 'USD', '%', '', 'orders')])(
    'is read as it was written',
    (value, unit) => {
      expect(readQuantity(writeQuantity(value, unit), unit)).toEqual({ ok: true, value });
    },
  );
});
