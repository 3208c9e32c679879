/** Find the mistake: the line with it is right, and every other line is answered to. */
import { expect, it } from 'vitest';
import { findTheMistake, type MistakeBody } from '../../../src/quiz/find-the-mistake.ts';
import { exampleOf, said } from '../example.ts';

const question = await exampleOf<MistakeBody>('find-the-mistake');

it('answers to the line with the mistake, to a tempting one, and to any other', () => {
  const right = '0 right: It runs once per environment, so the list grows with every order.';
  expect(said(question, 0)).toEqual([right]);
  expect(said(question, 3)).toEqual(['3 wrong: Adding is right; the list that it adds to is not.', right]);
  expect(said(question, 4)).toEqual(['4 wrong: This line does the same for every request.', right]);
});

it('takes no empty line and no line that is not there', () => {
  expect([findTheMistake.read(question, 1), findTheMistake.read(question, 99)]).toEqual([undefined, undefined]);
});
