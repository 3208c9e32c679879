/** When questions come back: intervals, days, undo, and what is asked in a session. */
import { describe, expect, it } from 'vitest';
import { daysIn } from '../../src/progress/day.ts';
import type { Entry } from '../../src/progress/entry.ts';
import { minutesFor, reviewQueue, sessionOf } from '../../src/progress/review/queue.ts';
import { type ReviewRating, dueDay, schedule } from '../../src/progress/review/schedule.ts';
import type { CourseIndex } from '../../src/progress/course-index.ts';
import { answer, course, day, fact, hour, monday } from './course-fixture.ts';

const utc = daysIn('UTC');
const rated = (question: string, rating: ReviewRating, at = 0, hash = 'h1'): Entry =>
  fact({ kind: 'card-reviewed', question, hash, rating }, at);
const cardOf = (...entries: Entry[]) => schedule(entries, course).get('cold/a');

describe('a card', () => {
  it.each([
    ['again', 1],
    ['hard', 1],
    ['good', 2],
    ['easy', 8],
  ] as const)('first rated %s comes back after %i days', (rating, days) => {
    expect(cardOf(rated('cold/a', rating))?.interval).toBe(days);
  });

  it('comes back later each time it is known', () => {
    const reviews = [0, 2, 13, 59].map((days) => rated('cold/a', 'good', days * day));
    const intervals = reviews.map((_, count) => cardOf(...reviews.slice(0, count + 1))?.interval);
    expect(intervals).toEqual([2, 11, 46, 163]);
  });

  it('comes back soon after it was forgotten', () => {
    const card = cardOf(rated('cold/a', 'easy'), rated('cold/a', 'again', 8 * day));
    expect(card?.interval).toBeLessThanOrEqual(2);
    expect(card?.reviews).toBe(2);
  });

  it('hardly moves when it is rated again in the same sitting', () => {
    const once = cardOf(rated('cold/a', 'good'));
    const twice = cardOf(rated('cold/a', 'good'), rated('cold/a', 'good', hour));
    expect(twice?.interval).toBe(once?.interval);
  });

  it('knows the hours that passed, not the midnights in between', () => {
    const before = cardOf(rated('cold/a', 'good', 0), rated('cold/a', 'good', 2 * day));
    const acrossMidnight = cardOf(rated('cold/a', 'good', 14 * hour), rated('cold/a', 'good', 14 * hour + 2 * day));
    expect(acrossMidnight?.memory).toEqual(before?.memory);
  });

  it('is never put off for more than half a year', () => {
    const reviews = [0, 9, 80, 500, 900].map((days) => rated('cold/a', 'easy', days * day));
    expect(cardOf(...reviews)?.interval).toBe(180);
  });

  it('begins anew when the question was corrected', () => {
    expect(cardOf(rated('cold/a', 'good', 0, 'h0'))).toBeUndefined();
  });

  it('is due on a day of the calendar, wherever the learner is', () => {
    // Tuesday 00:30 in Kolkata still belongs to Monday, as a day of study.
    const card = cardOf(rated('cold/a', 'good', 10 * hour));
    if (!card) throw new Error('There is no card.');
    expect(dueDay(card, utc)).toBe('2026-11-25');
    expect(dueDay(card, daysIn('Asia/Kolkata'))).toBe('2026-11-25');
    expect(dueDay(card, daysIn('Pacific/Auckland'))).toBe('2026-11-26');
  });
});

describe('undo', () => {
  it('brings back the schedule that was there before, to the last digit', () => {
    const before = [rated('cold/a', 'good'), rated('warm/a', 'hard')];
    const slip = rated('cold/a', 'again', 2 * day);
    const undo = fact({ kind: 'review-undone', review: slip.id }, 2 * day + 1000);
    expect(schedule([...before, slip], course)).not.toEqual(schedule(before, course));
    expect(schedule([...before, slip, undo], course)).toEqual(schedule(before, course));
  });

  it('reaches reviews only', () => {
    const given = answer('cold/a', true);
    const undo = fact({ kind: 'review-undone', review: given.id });
    expect(reviewQueue([given, undo], course, monday + day, utc).met).toBe(1);
  });
});

describe('the queue', () => {
  const queue = (entries: readonly Entry[], at: number, index: CourseIndex = course) =>
    reviewQueue(entries, index, monday + at, utc);
  const ids = (questions: readonly { id: string }[]) => questions.map(({ id }) => id);

  it('is empty before a question was met in a lesson', () => {
    expect(queue([answer('cold/a', true, 0, { place: 'exam' })], day)).toEqual({
      due: [],
      fresh: [],
      waiting: 0,
      met: 0,
      next: undefined,
      ahead: [],
    });
  });

  it('asks a question on the day after it was met, in the order of meeting', () => {
    const met = [answer('warm/a', true, 0), answer('cold/a', false, hour)];
    expect(queue(met, 2 * hour)).toMatchObject({ fresh: [], waiting: 2, met: 2 });
    expect(ids(queue(met, 19 * hour).fresh)).toEqual(['warm/a', 'cold/a']);
  });

  it('asks cards on their day, the most nearly forgotten first', () => {
    const entries = [rated('cold/a', 'good'), rated('warm/a', 'again'), rated('bill/a', 'easy')];
    expect(ids(queue(entries, 0).due)).toEqual([]);
    expect(queue(entries, 0).next).toBe('2026-11-24');
    expect(ids(queue(entries, day).due)).toEqual(['warm/a']);
    expect(ids(queue(entries, 2 * day).due)).toEqual(['warm/a', 'cold/a']);
    expect(queue(entries, 2 * day).ahead).toEqual([{ day: '2026-12-01', cards: 1 }]);
  });

  it('is not moved by practice and exams', () => {
    const entries = [rated('cold/a', 'good')];
    const crammed = [...entries, answer('cold/a', false, hour, { place: 'practice' })];
    const examined = [...entries, answer('cold/a', false, hour, { place: 'exam' })];
    expect(schedule(crammed, course)).toEqual(schedule(entries, course));
    expect(schedule(examined, course)).toEqual(schedule(entries, course));
  });

  it('begins at most ten new questions a day', () => {
    const many: CourseIndex = {
      ...course,
      units: course.units.map((unit) => ({
        ...unit,
        lessons: unit.lessons.map((lesson) => ({
          ...lesson,
          questions: Array.from({ length: 12 }, (_, at) => ({
            id: `${lesson.id}/n${at}`,
            hash: 'h1',
            topic: 'billing',
            point: 'p',
          })),
        })),
      })),
    };
    const met = Array.from({ length: 12 }, (_, at) => answer(`cold/n${at}`, true, at));
    expect(queue(met, day, many).fresh).toHaveLength(10);
    const begun = [...met, rated('cold/n0', 'good', day), rated('cold/n1', 'good', day)];
    expect(queue(begun, day + hour, many).fresh).toHaveLength(8);
    expect(queue(begun, 2 * day, many).fresh).toHaveLength(10);
  });

  it('gives sessions of about five minutes', () => {
    const questions = Array.from({ length: 30 }, (_, at) => ({ id: `q/${at}`, hash: 'h1', topic: 't', point: 'p' }));
    const session = sessionOf({ due: questions, fresh: [], waiting: 0, met: 30, next: undefined, ahead: [] });
    expect(session).toHaveLength(12);
    expect(minutesFor(session.length)).toBe(5);
    expect(minutesFor(1)).toBe(1);
  });
});
