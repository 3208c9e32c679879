/** Single choice: the reply to what was chosen, and to what is right. */
import { expect, it } from 'vitest';
import type { Choices } from '../../../src/quiz/options.ts';
import { singleChoice } from '../../../src/quiz/single-choice.ts';
import { exampleOf, said } from '../example.ts';

const question = await exampleOf<Choices>('single-choice');

it('says to a wrong option why it is wrong, and which is right', () => {
  expect(said(question, 0)).toEqual([
    '0 wrong: That would be so if one new environment took all the orders that are left.',
    '1 right: Two orders go to the two idle environments; each of the other four waits for an init of its own.',
  ]);
});

it('says to the right option why it is right, and nothing else', () => {
  expect(said(question, 1)).toEqual([
    '1 right: Two orders go to the two idle environments; each of the other four waits for an init of its own.',
  ]);
});

it('brings the run that disproves an option along with its reply', () => {
  const [reply] = singleChoice.grade(question, 0).replies;
  expect(reply?.run?.definition.FunctionName).toBe('checkout');
  expect(reply?.run?.steps).toMatchObject([
    { kind: 'invoke', count: 2, event: 'order' },
    { kind: 'wait', milliseconds: 5000 },
    { kind: 'invoke', count: 6, event: 'order' },
  ]);
});

it('asks for a choice', () => {
  expect(singleChoice.lacks(question, undefined)).toBe('Choose an answer first.');
});
