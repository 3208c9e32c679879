/** Days that end at four in the morning, in any time zone, and what was done on them. */
import { describe, expect, it } from 'vitest';
import { daysOfStudy, recentDays, timeByLesson } from '../../src/progress/activity.ts';
import { addDays, daysBetween, daysIn } from '../../src/progress/day.ts';
import { answer, day, fact, hour } from './course-fixture.ts';

describe('a day', () => {
  it.each([
    ['UTC', '2026-11-24T03:59:59Z', '2026-11-23'],
    ['UTC', '2026-11-24T04:00:00Z', '2026-11-24'],
    ['America/New_York', '2026-11-24T08:59:00Z', '2026-11-23'],
    ['America/New_York', '2026-11-24T09:00:00Z', '2026-11-24'],
    ['Asia/Kathmandu', '2026-11-23T22:14:59Z', '2026-11-23'],
    ['Asia/Kathmandu', '2026-11-23T22:15:00Z', '2026-11-24'],
    // The night in which clocks are set forward, and the one in which they are set back.
    ['Europe/Berlin', '2026-03-29T01:59:00Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-29T02:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25T02:59:00Z', '2026-10-24'],
    ['Europe/Berlin', '2026-10-25T03:00:00Z', '2026-10-25'],
    // The first of January belongs to the old year until four.
    ['UTC', '2027-01-01T03:00:00Z', '2026-12-31'],
  ])('in %s, %s belongs to %s', (zone, at, name) => {
    expect(daysIn(zone)(Date.parse(at))).toBe(name);
  });

  it('counts to others over months and leap years', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
  });
});

describe('study', () => {
  const entries = [
    fact({ kind: 'time-spent', lesson: 'cold', seconds: 60 }),
    fact({ kind: 'time-spent', lesson: 'cold', seconds: 30 }, hour),
    answer('cold/a', false, hour),
    answer('cold/a', true, 2 * hour),
    fact({ kind: 'time-spent', lesson: 'bill', seconds: 20 }, 2 * day),
    fact({ kind: 'lesson-opened', lesson: 'bill' }, 3 * day),
  ];

  it('is added up by day', () => {
    expect(daysOfStudy(entries, daysIn('UTC'))).toEqual([
      { day: '2026-11-23', seconds: 90, answers: 2, right: 1 },
      { day: '2026-11-25', seconds: 20, answers: 0, right: 0 },
    ]);
  });

  it('shows days without study in between', () => {
    const days = recentDays(daysOfStudy(entries, daysIn('UTC')), '2026-11-26', 4);
    expect(days.map(({ day, seconds }) => [day, seconds])).toEqual([
      ['2026-11-23', 90],
      ['2026-11-24', 0],
      ['2026-11-25', 20],
      ['2026-11-26', 0],
    ]);
  });

  it('is added up by lesson', () => {
    expect([...timeByLesson(entries)]).toEqual([
      ['cold', 90],
      ['bill', 20],
    ]);
  });
});
