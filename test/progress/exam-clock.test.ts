/** Laws of an exam's time: honest clocks are exact, and no clock can give time back or count below zero. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExamClock,
  formatRemaining,
  isOver,
  remainingMs,
  startClock,
  tick,
} from '../../src/progress/exam/clock.ts';
import { monday } from './course-fixture.ts';

const allowed = fc.integer({ min: 1, max: 4 * 60 * 60 * 1000 });
/** Moments by a clock that may be set to anything. */
const moments = fc.array(fc.integer({ min: -10_000_000, max: 40_000_000 }), { maxLength: 50 });
const through = (clock: ExamClock, times: readonly number[]) =>
  times.reduce((now, at) => tick(now, monday + at), clock);

describe('the time that is left', () => {
  it('is exact by an honest clock, however often it was looked at and reloaded', () => {
    fc.assert(
      fc.property(allowed, moments, fc.nat(40_000_000), (allowedMs, looks, end) => {
        const honest = looks
          .map(Math.abs)
          .filter((at) => at <= end)
          .sort((a, b) => a - b);
        const reloaded = JSON.parse(JSON.stringify(through(startClock(allowedMs, monday), honest))) as ExamClock;
        expect(remainingMs(tick(reloaded, monday + end))).toBe(Math.max(0, allowedMs - end));
      }),
    );
  });

  it('never grows, is never below zero, and once over stays over', () => {
    fc.assert(
      fc.property(allowed, moments, (allowedMs, looks) => {
        let clock = startClock(allowedMs, monday);
        for (const at of looks) {
          const next = tick(clock, monday + at);
          expect(remainingMs(next)).toBeLessThanOrEqual(remainingMs(clock));
          expect(remainingMs(next)).toBeGreaterThanOrEqual(0);
          if (isOver(clock)) expect(isOver(next)).toBe(true);
          clock = next;
        }
      }),
    );
  });

  it('goes on from where it was when the clock is set back', () => {
    const clock = through(startClock(60_000, monday), [10_000, -3_600_000, -3_595_000]);
    expect(remainingMs(clock)).toBe(45_000);
  });

  it('passes while the page is closed', () => {
    expect(isOver(tick(startClock(60_000, monday), monday + 60_000))).toBe(true);
  });
});

it.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [600_000, '10:00'],
  [3_600_000, '1:00:00'],
  [7_815_000, '2:10:15'],
])('shows %i ms as %s', (ms, text) => {
  expect(formatRemaining(ms)).toBe(text);
});
