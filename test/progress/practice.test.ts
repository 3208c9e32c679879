/** What is practised, and in which order. */
import { describe, expect, it } from 'vitest';
import { practiceChoice, practiceQuestions } from '../../src/progress/review/practice.ts';
import { answer, course, fact } from './course-fixture.ts';

const ids = (
  ...[entries, choice]: [Parameters<typeof practiceQuestions>[0], Parameters<typeof practiceQuestions>[2]]
) => practiceQuestions(entries, course, choice).map(({ id }) => id);

describe('practice', () => {
  const entries = [
    answer('cold/a', true, 30),
    answer('cold/b', true, 10),
    answer('warm/a', false, 20),
    answer('warm/b', true, 5, { confidence: 'guess' }),
    answer('gone/a', false, 1),
  ];

  it('begins with what was wrong or guessed, then goes on with what was answered longest ago', () => {
    expect(ids(entries, { of: 'anything' })).toEqual(['warm/b', 'warm/a', 'cold/b', 'cold/a']);
  });

  it('of a topic asks what was met of it', () => {
    expect(ids(entries, { of: 'topic', topic: 'cold-start' })).toEqual(['cold/a']);
    expect(ids(entries, { of: 'topic', topic: 'billing' })).toEqual([]);
  });

  it('after an exam asks all that was missed in it, in its order', () => {
    const questions = ['warm/b', 'bill/a', 'cold/a', 'gone/a'].map((question) => ({
      question,
      correct: question === 'bill/a',
    }));
    const exam = fact({ kind: 'exam-finished', exam: 'e1', seconds: 1, questions });
    expect(ids([exam], { of: 'exam', exam: 'e1' })).toEqual(['warm/b', 'cold/a']);
    expect(ids([exam], { of: 'exam', exam: 'e2' })).toEqual([]);
  });
});

it.each([
  ['', undefined],
  ['?topic=cold-start', { of: 'topic', topic: 'cold-start' }],
  ['?exam=e1', { of: 'exam', exam: 'e1' }],
])('the address %s asks for it', (search, choice) => {
  expect(practiceChoice(search)).toEqual(choice);
});
