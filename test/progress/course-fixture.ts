/** A course of three lessons for tests of what is derived from a record, and a way to write facts about it. */
import fc from 'fast-check';
import type { CourseIndex, IndexedLesson, IndexedQuestion } from '../../src/progress/course-index.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';

const question = (id: string, topic: string, section?: string): IndexedQuestion => ({
  id,
  hash: 'h1',
  topic,
  point: `point of ${id}`,
  section,
});

const lesson = (id: string, questions: readonly IndexedQuestion[]): IndexedLesson => ({
  id,
  label: `Lesson ${id}`,
  href: `lessons/${id}/`,
  minutes: 10,
  topics: ['cold-start'],
  sections: [
    { id: 'first', title: 'First' },
    { id: 'second', title: 'Second' },
  ],
  predictions: [{ id: `predict-${id}`, hash: 'p1' }],
  questions,
});

export const course: CourseIndex = {
  units: [
    {
      number: 1,
      title: 'Starts',
      lessons: [
        lesson('cold', [question('cold/a', 'cold-start', 'second'), question('cold/b', 'warm-start')]),
        lesson('warm', [question('warm/a', 'warm-start', 'first'), question('warm/b', 'warm-start')]),
      ],
    },
    { number: 2, title: 'Money', lessons: [lesson('bill', [question('bill/a', 'billing')])] },
  ],
  topics: { 'cold-start': 'Cold starts', 'warm-start': 'Warm starts', billing: 'The bill', vpc: 'VPC' },
  challenges: [],
  checklist: [],
};

/** 09:00 UTC on a Monday. */
export const monday = Date.UTC(2026, 10, 23, 9);
export const hour = 60 * 60 * 1000;
export const day = 24 * hour;

let count = 0;

/** Writes a fact as the record would; `at` is ms after `monday`. */
export const fact = (entry: NewEntry, at = 0): Entry => ({ ...entry, id: `f${(count += 1)}`, at: monday + at });

export const answer = (question: string, correct: boolean, at = 0, more: object = {}): Entry =>
  fact({ kind: 'answer-given', question, hash: 'h1', correct, given: 0, place: 'lesson', ...more }, at);

/** Everything it takes to be done with a lesson. */
export const finish = (id: string, at = 0): Entry[] => [
  fact({ kind: 'lesson-opened', lesson: id }, at),
  fact({ kind: 'lesson-read', lesson: id }, at),
  fact({ kind: 'prediction-made', lesson: id, prediction: `predict-${id}`, hash: 'p1', held: false }, at),
  ...course.units
    .flatMap(({ lessons }) => lessons)
    .filter((lesson) => lesson.id === id)
    .flatMap(({ questions }) => questions.map((question) => answer(question.id, true, at))),
];

const lessonId = fc.constantFrom('cold', 'warm', 'bill', 'unknown');
const questionId = fc.constantFrom('cold/a', 'cold/b', 'warm/a', 'warm/b', 'bill/a', 'unknown/a');
const hash = fc.constantFrom('h0', 'h1');

/** Any fact about the course, right or wrong, old wording or new. Few moments, so that many facts share one. */
export const anyFact: fc.Arbitrary<Entry> = fc
  .tuple(
    fc.uuid(),
    fc.integer({ min: 0, max: 60 }),
    fc.oneof(
      fc.record({ kind: fc.constant('lesson-opened' as const), lesson: lessonId }),
      fc.record({ kind: fc.constant('lesson-read' as const), lesson: lessonId }),
      fc.record({
        kind: fc.constant('time-spent' as const),
        lesson: lessonId,
        seconds: fc.integer({ min: 1, max: 600 }),
      }),
      fc.record({
        kind: fc.constant('prediction-made' as const),
        lesson: lessonId,
        prediction: fc.constantFrom('predict-cold', 'predict-warm', 'predict-bill'),
        hash: fc.constantFrom('p0', 'p1'),
        held: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('answer-given' as const),
        question: questionId,
        hash,
        correct: fc.boolean(),
        given: fc.constant(0),
        place: fc.constantFrom('lesson', 'review', 'exam', 'practice'),
        confidence: fc.constantFrom('guess', 'think-so', 'sure'),
      }),
      fc.record({
        kind: fc.constant('card-reviewed' as const),
        question: questionId,
        hash,
        rating: fc.constantFrom('again', 'hard', 'good', 'easy'),
      }),
    ),
  )
  .map(([id, hours, entry]): Entry => ({ ...entry, id, at: monday + hours * 7 * hour }));

/** A record, with some of its reviews taken back. */
export const anyRecord: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(fc.array(anyFact, { maxLength: 60 }), fc.array(fc.tuple(fc.uuid(), fc.nat(59)), { maxLength: 5 }))
  .map(([facts, undone]) => [
    ...facts,
    ...undone.flatMap(([id, at]): Entry[] => {
      const review = facts[at];
      return review ? [{ kind: 'review-undone', review: review.id, id, at: review.at + 1000 }] : [];
    }),
  ]);
