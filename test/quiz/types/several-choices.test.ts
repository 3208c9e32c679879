/** Several choices: every option is judged, and only all of the right ones are right. */
import { expect, it } from 'vitest';
import type { Choices } from '../../../src/quiz/options.ts';
import { severalChoices } from '../../../src/quiz/several-choices.ts';
import { exampleOf } from '../example.ts';

const question = await exampleOf<Choices>('several-choices');
const judged = (given: number[]) => severalChoices.grade(question, given).replies.map(({ right }) => right);

it('is right when exactly the right options are chosen', () => {
  expect(severalChoices.grade(question, [0, 1]).correct).toBe(true);
  expect(severalChoices.grade(question, [0]).correct).toBe(false);
  expect(severalChoices.grade(question, [0, 1, 2]).correct).toBe(false);
});

it('judges each option: chosen rightly, left out, chosen wrongly', () => {
  expect(judged([0])).toEqual([true, false, true]);
  expect(judged([0, 1, 2])).toEqual([true, true, false]);
});

it('keeps answers in one order, each option once', () => {
  expect(severalChoices.read(question, [1, 0, 1])).toEqual([0, 1]);
});
