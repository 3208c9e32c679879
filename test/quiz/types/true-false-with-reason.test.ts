/** True or false with the reason: both must be right, and each is spoken about. */
import { expect, it } from 'vitest';
import { trueFalseWithReason, type TrueFalseBody } from '../../../src/quiz/true-false-with-reason.ts';
import { exampleOf, said } from '../example.ts';

const question = await exampleOf<TrueFalseBody>('true-false-with-reason');
const isRight = (verdict: boolean, reason: number) => trueFalseWithReason.grade(question, { verdict, reason }).correct;

it('is right with the right verdict for the right reason only', () => {
  expect([isRight(false, 0), isRight(false, 1), isRight(true, 0), isRight(true, 1)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('speaks about the verdict and about the reason', () => {
  expect(said(question, { verdict: true, reason: 1 })).toEqual([
    '- wrong: The ping keeps one environment busy now and then. Send two orders at once and see.',
    '1 wrong: A ping is a request like any other, billed and all.',
    '0 right: An environment serves one request at a time.',
  ]);
});

it('asks for what is missing', () => {
  expect(trueFalseWithReason.lacks(question, undefined)).toBe('Say first whether it is true or false.');
  expect(trueFalseWithReason.lacks(question, { verdict: true })).toBe('Choose the reason too.');
});
