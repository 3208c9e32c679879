/** Matching: each pair is judged by the choice that it got. */
import { expect, it } from 'vitest';
import { matching, type MatchingBody } from '../../../src/quiz/matching.ts';
import { exampleOf } from '../example.ts';

const question = await exampleOf<MatchingBody>('matching');

it('offers each right side once, and the others', () => {
  expect(question.body.choices).toEqual(['outside the handler', 'inside the handler', 'in neither place']);
});

it('judges each pair', () => {
  const grade = matching.grade(question, ['outside the handler', 'in neither place']);
  expect([grade.correct, grade.replies.map(({ right }) => right)]).toEqual([false, [true, false]]);
});

it('counts what is not matched yet', () => {
  expect(matching.lacks(question, undefined)).toBe('2 are not matched yet.');
  expect(matching.lacks(question, ['outside the handler', null])).toBe('One is not matched yet.');
});

it('forgets a choice that is no longer offered', () => {
  expect(matching.read(question, ['outside the handler', 'on the moon'])).toEqual(['outside the handler', null]);
});
