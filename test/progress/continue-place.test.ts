/** Where "Continue" leads. */
import { expect, it } from 'vitest';
import { continuePlace } from '../../src/progress/continue-place.ts';
import { readingPlaceDraft } from '../../src/progress/draft-names.ts';
import { answer, course, fact, finish } from './course-fixture.ts';

const href = (entries: Parameters<typeof continuePlace>[0]) => continuePlace(entries, course)?.href;
const leftAt = (lesson: string, section: unknown, at = 0) =>
  fact({ kind: 'draft-kept', draft: readingPlaceDraft(lesson), version: '1', value: { section } }, at);

it('is nowhere before a lesson was opened', () => {
  expect(continuePlace([], course)).toBeUndefined();
  expect(continuePlace([answer('warm/a', true, 0, { place: 'review' })], course)).toBeUndefined();
});

it('is the lesson one was in last, at the heading one had come to', () => {
  const entries = [
    fact({ kind: 'lesson-opened', lesson: 'warm' }, 0),
    leftAt('warm', 'first', 10),
    leftAt('warm', 'second', 20),
    fact({ kind: 'lesson-opened', lesson: 'unknown' }, 30),
  ];
  expect(continuePlace(entries, course)).toEqual({
    lesson: 'warm',
    label: 'Lesson warm',
    href: 'lessons/warm/#second',
    begun: true,
  });
});

it('is the top of the lesson when the heading is gone or nothing sensible was kept', () => {
  const opened = fact({ kind: 'lesson-opened', lesson: 'warm' });
  expect(href([opened, leftAt('warm', 'no-more')])).toBe('lessons/warm/');
  expect(href([opened, leftAt('warm', 7)])).toBe('lessons/warm/');
});

it('is the first open prediction, then the first open question, once the lesson is read', () => {
  const read = fact({ kind: 'lesson-read', lesson: 'cold' });
  expect(href([read])).toBe('lessons/cold/#predict-cold');
  const whole = finish('cold');
  expect(href(whole.filter((entry) => entry.kind !== 'answer-given'))).toBe('lessons/cold/#question-a');
  expect(href(whole.slice(0, -1))).toBe('lessons/cold/#question-b');
});

it('is the next open lesson when the last one is done, from the end round to the beginning', () => {
  expect(href(finish('warm'))).toBe('lessons/bill/');
  expect(href([...finish('warm'), ...finish('bill', 10)])).toBe('lessons/cold/');
  expect(continuePlace(finish('warm'), course)?.begun).toBe(false);
});

it('is nowhere when everything is done', () => {
  expect(href([...finish('cold'), ...finish('warm'), ...finish('bill')])).toBeUndefined();
});
