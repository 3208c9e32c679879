/** When a lesson is new, begun and done, and the percentages made of that. */
import { describe, expect, it } from 'vitest';
import { standingOf, unitStandings } from '../../src/progress/course-progress.ts';
import type { CourseIndex } from '../../src/progress/course-index.ts';
import { lessonProgress } from '../../src/progress/lesson-progress.ts';
import { answer, course, fact, finish } from './course-fixture.ts';

const first = (entries: Parameters<typeof lessonProgress>[0], index = course) => lessonProgress(entries, index)[0];

describe('a lesson', () => {
  it('is new without facts, and facts about others change nothing', () => {
    expect(first([])).toMatchObject({ lesson: 'cold', state: 'new', share: 0 });
    expect(first(finish('warm'))?.state).toBe('new');
  });

  it('is begun when it was opened, and when one of its questions was answered anywhere', () => {
    expect(first([fact({ kind: 'lesson-opened', lesson: 'cold' })])).toMatchObject({ state: 'begun', share: 0 });
    expect(first([answer('cold/a', true, 0, { place: 'exam' })])?.state).toBe('begun');
  });

  it('is done when read, predicted and answered right, though the prediction did not hold', () => {
    expect(first(finish('cold'))).toMatchObject({ state: 'done', share: 1, predicted: 1, right: 2, questions: 2 });
  });

  it.each(['lesson-read', 'prediction-made', 'answer-given'])('is not done without %s', (kind) => {
    expect(first(finish('cold').filter((entry) => entry.kind !== kind))?.state).toBe('begun');
  });

  it('is done after a wrong answer that was followed by a right one, in whatever order they come', () => {
    const wrongFirst = [...finish('cold', 1000), answer('cold/a', false, 0)];
    expect(first(wrongFirst)?.state).toBe('done');
    expect(first([...finish('cold'), answer('cold/a', false, 1000)])?.state).toBe('done');
  });

  it('counts reading, prediction and each question as one step', () => {
    expect(first([fact({ kind: 'lesson-read', lesson: 'cold' }), answer('cold/a', true)])?.share).toBe(2 / 4);
  });
});

describe('a corrected question', () => {
  const corrected: CourseIndex = {
    ...course,
    units: course.units.map((unit) => ({
      ...unit,
      lessons: unit.lessons.map((lesson) => ({
        ...lesson,
        predictions: lesson.predictions.map((prediction) => ({ ...prediction, hash: 'p2' })),
        questions: lesson.questions.map((asked) => (asked.id === 'cold/b' ? { ...asked, hash: 'h2' } : asked)),
      })),
    })),
  };

  it('asks again, and the lesson says which', () => {
    expect(first(finish('cold'), corrected)).toMatchObject({
      state: 'begun',
      right: 1,
      predicted: 0,
      corrected: { questions: ['cold/b'], predictions: ['predict-cold'] },
    });
  });

  it('is not called corrected when it was never answered right', () => {
    expect(first([answer('cold/b', false)], corrected)?.corrected.questions).toEqual([]);
  });

  it('is settled by a right answer to its new wording', () => {
    const again = [...finish('cold'), answer('cold/b', true, 0, { hash: 'h2' })];
    expect(first(again, corrected)?.corrected.questions).toEqual([]);
  });
});

describe('percentages', () => {
  const standing = (entries: Parameters<typeof lessonProgress>[0]) => standingOf(lessonProgress(entries, course));

  it('are 0 at the beginning and 100 only at the end', () => {
    expect(standing([])).toEqual({ done: 0, lessons: 3, percent: 0 });
    expect(standing([...finish('cold'), ...finish('warm'), ...finish('bill')])).toEqual({
      done: 3,
      lessons: 3,
      percent: 100,
    });
  });

  it('weigh every lesson the same', () => {
    expect(standing(finish('bill'))).toMatchObject({ done: 1, percent: 33 });
  });

  it('stay below 100 while one answer is missing', () => {
    const almost = [...finish('cold'), ...finish('warm'), ...finish('bill').slice(0, -1)];
    expect(standing(almost)).toMatchObject({ done: 2, percent: 88 });
  });

  it('are counted for each unit', () => {
    const units = unitStandings(lessonProgress(finish('cold'), course), course);
    expect(units.get(1)).toEqual({ done: 1, lessons: 2, percent: 50 });
    expect(units.get(2)).toEqual({ done: 0, lessons: 1, percent: 0 });
  });
});
