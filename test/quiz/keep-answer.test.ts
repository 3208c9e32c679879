/** What an answer leaves in the learner's record, and what is told of it later. */
import { expect, it } from 'vitest';
import { keepAnswer, latestAnswers, tellAnswer } from '../../src/components/quiz/keep-answer.ts';
import type { GradedAnswer } from '../../src/components/quiz/question-options.ts';
import type { AnswerGiven, LearnerRecord, NewEntry } from '../../src/progress/entry.ts';

const answer: GradedAnswer = {
  question: 'cold/burst',
  hash: 'abc',
  given: 2,
  seed: 99,
  confidence: 'sure',
  complete: true,
  correct: true,
  grade: { correct: true, replies: [] },
  redrawable: false,
  attempt: 1,
};

/** What is written to a record by one answer. */
async function written(changes: Partial<GradedAnswer>): Promise<NewEntry> {
  let entry: NewEntry | undefined;
  const record: LearnerRecord = {
    entries: [],
    add: async (added) => {
      entry = added;
      return { ...added, id: '1', at: 0 };
    },
    subscribe: () => () => undefined,
  };
  await keepAnswer(record, { ...answer, ...changes }, 'lesson');
  if (!entry) throw new Error('Nothing was written.');
  return entry;
}

const given = (changes: Partial<AnswerGiven>): AnswerGiven => ({
  kind: 'answer-given',
  id: '1',
  at: 1,
  question: 'cold/burst',
  hash: 'abc',
  correct: false,
  given: 0,
  place: 'lesson',
  ...changes,
});

it('says what was answered, where, and how sure the learner was', async () => {
  expect(await written({})).toEqual({
    kind: 'answer-given',
    question: 'cold/burst',
    hash: 'abc',
    correct: true,
    given: 2,
    place: 'lesson',
    confidence: 'sure',
  });
});

it('keeps the seed of numbers that were drawn', async () => {
  expect(await written({ redrawable: true })).toMatchObject({ seed: 99 });
});

it('is practice once the answer has been told on the same page', async () => {
  expect(await written({ attempt: 2 })).toMatchObject({ place: 'practice' });
});

it('the latest answer to the present wording counts', () => {
  const entries = [
    given({ id: '1', at: 1 }),
    given({ id: '2', at: 3, correct: true }),
    given({ id: '3', at: 2 }),
    given({ id: '4', at: 9, hash: 'older wording' }),
    given({ id: '5', at: 9, question: 'cold/other' }),
  ];
  const latest = latestAnswers(entries, new Map([['cold/burst', 'abc']]));
  expect([...latest].map(([question, { id }]) => [question, id])).toEqual([['cold/burst', '2']]);
});

it('tells that and when, not how', () => {
  const noon = new Date(2026, 10, 25, 12).getTime();
  const earlier = new Date(2026, 10, 3, 12).getTime();
  expect(tellAnswer(given({ at: noon, correct: true }), noon)).toBe('Answered right today');
  expect(tellAnswer(given({ at: earlier }), noon)).toBe('Answered wrong on 3 November 2026');
});
