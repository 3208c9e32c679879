/** Short text: which spellings count, and what is said to the others. */
import { describe, expect, it } from 'vitest';
import { shortText, type ShortTextBody } from '../../../src/quiz/short-text.ts';
import { isSlip } from '../../../src/quiz/written.ts';
import { exampleOf, said } from '../example.ts';

const question = await exampleOf<ShortTextBody>('short-text');
const isRight = (given: string) => shortText.grade(question, given).correct;

it.each([
  'Init Duration',
  'init duration',
  '  INIT   DURATION ',
  '`Init Duration`',
  'the Init-Duration.',
  '@initDuration',
])('takes %j', (given) => {
  expect(isRight(given)).toBe(true);
});

it.each(['Duration', 'Init', 'Billed Duration', 'REPORT'])('does not take %j', (given) => {
  expect(isRight(given)).toBe(false);
});

it('forgives one slip of the finger and shows the right spelling', () => {
  expect(said(question, 'Init Duratoin')).toEqual(['- right: It is written Init Duration.']);
});

it('has a reply to a wrong answer that was foreseen, and one to all others', () => {
  expect(said(question, 'init start')).toEqual(['- wrong: That is a line of its own, before START.']);
  expect(said(question, 'memory')).toEqual(['- wrong: Compare the two REPORT lines of your run.']);
});

it('where writing counts, takes nothing but the form itself', () => {
  const exact = { ...question, body: { ...question.body, exact: true } };
  expect(shortText.grade(exact, ' Init Duration ').correct).toBe(true);
  expect(shortText.grade(exact, 'init duration').correct).toBe(false);
});

describe('a slip', () => {
  it.each([
    ['concurency', 'concurrency', true],
    ['concurrencyy', 'concurrency', true],
    ['provisoined', 'provisioned', true],
    ['asynchronous', 'synchronous', false],
    ['cold', 'gold', false],
    ['nodejs22.x', 'nodejs24.x', false],
    ['unreserved', 'reserved', false],
  ])('%s for %s: %s', (written, accepted, slip) => {
    expect(isSlip(written, accepted)).toBe(slip);
  });
});
