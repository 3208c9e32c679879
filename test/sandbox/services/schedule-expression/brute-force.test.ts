/** Law: the next due time is the first minute that all fields allow, looking at every minute of the days to come. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScheduleExpression } from '../../../../sandbox/services/schedule-expression/schedule-expression.ts';

/** A field as text, and what it says of a date. */
interface Field {
  readonly text: string;
  readonly allows: (date: Date) => boolean;
}

function numbers(min: number, max: number, of: (date: Date) => number): fc.Arbitrary<Field> {
  const value = fc.integer({ min, max });
  const single = value.map((n) => ({ text: `${n}`, has: (x: number) => x === n }));
  const range = fc.tuple(value, value).map(([a, b]) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return { text: `${low}-${high}`, has: (x: number) => x >= low && x <= high };
  });
  const step = fc.tuple(value, fc.integer({ min: 1, max: 20 })).map(([start, by]) => ({
    text: `${start}/${by}`,
    has: (x: number) => x >= start && (x - start) % by === 0,
  }));
  const list = fc.array(fc.oneof(single, range, step), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.constant({ text: '*', allows: () => true }),
    list.map((parts) => ({
      text: parts.map(({ text }) => text).join(','),
      allows: (date: Date) => parts.some(({ has }) => has(of(date))),
    })),
  );
}

const day = 86_400_000;
const later = (date: Date, days: number): Date => new Date(date.getTime() + days * day);
const isLastOfMonth = (date: Date): boolean => later(date, 1).getUTCDate() === 1;
const isWeekday = (date: Date): boolean => date.getUTCDay() >= 1 && date.getUTCDay() <= 5;

/** Whether `date` is the weekday nearest to the day `n` of its own month. */
function isNearestWeekday(date: Date, n: number): boolean {
  const candidates = [0, -1, 1, -2, 2].map((days) =>
    later(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), n)), days),
  );
  if (candidates[0]?.getUTCMonth() !== date.getUTCMonth()) return false;
  const nearest = candidates.find((other) => isWeekday(other) && other.getUTCMonth() === date.getUTCMonth());
  return nearest?.getUTCDate() === date.getUTCDate();
}

const question: Field = { text: '?', allows: () => true };
const weekday = fc.integer({ min: 1, max: 7 });
const isDay = (n: number) => (date: Date) => date.getUTCDay() + 1 === n;

const daysOfMonth: fc.Arbitrary<Field> = fc.oneof(
  numbers(1, 31, (date) => date.getUTCDate()),
  fc.constant({ text: 'L', allows: isLastOfMonth }),
  fc.integer({ min: 1, max: 31 }).map((n) => ({ text: `${n}W`, allows: (date: Date) => isNearestWeekday(date, n) })),
);
const daysOfWeek: fc.Arbitrary<Field> = fc.oneof(
  numbers(1, 7, (date) => date.getUTCDay() + 1),
  weekday.map((n) => ({
    text: `${n}L`,
    allows: (date: Date) => isDay(n)(date) && later(date, 7).getUTCMonth() !== date.getUTCMonth(),
  })),
  fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([n, which]) => ({
    text: `${n}#${which}`,
    allows: (date: Date) => isDay(n)(date) && Math.ceil(date.getUTCDate() / 7) === which,
  })),
);

const cron = fc
  .record({
    minute: numbers(0, 59, (date) => date.getUTCMinutes()),
    hour: numbers(0, 23, (date) => date.getUTCHours()),
    days: fc.oneof(
      daysOfMonth.map((field) => [field, question] as const),
      daysOfWeek.map((field) => [question, field] as const),
    ),
    month: numbers(1, 12, (date) => date.getUTCMonth() + 1),
    year: fc.oneof(
      fc.constant({ text: '*', allows: () => true }),
      numbers(2024, 2028, (date) => date.getUTCFullYear()),
    ),
  })
  .map(({ minute, hour, days: [dayOfMonth, dayOfWeek], month, year }) => [
    minute,
    hour,
    dayOfMonth,
    month,
    dayOfWeek,
    year,
  ]);

/** The first minute after `now` within `days` that all fields allow; whole days that none allows are skipped. */
function bruteForce(fields: readonly Field[], now: number, days: number): number | undefined {
  const [minute, hour, ...ofDay] = fields as [Field, Field, ...Field[]];
  const end = now + days * day;
  for (let time = (Math.floor(now / 60_000) + 1) * 60_000; time <= end;) {
    const date = new Date(time);
    if (!ofDay.every(({ allows }) => allows(new Date(Math.floor(time / day) * day)))) {
      time = (Math.floor(time / day) + 1) * day;
    } else if (minute.allows(date) && hour.allows(date)) {
      return time;
    } else {
      time += 60_000;
    }
  }
  return undefined;
}

const moment = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);

test('cron', () => {
  let found = 0;
  fc.assert(
    fc.property(cron, moment, (fields, now) => {
      const text = `cron(${fields.map((field) => field.text).join(' ')})`;
      const next = parseScheduleExpression(text).next(now, now);
      const expected = bruteForce(fields, now, 500);
      if (expected !== undefined) {
        found += 1;
        expect(next, text).toBe(expected);
      } else if (next !== undefined) {
        expect(next, text).toBeGreaterThan(now + 500 * day);
        expect(fields.every(({ allows }) => allows(new Date(next)))).toBe(true);
      }
    }),
    { numRuns: 1500, seed: 11 },
  );
  expect(found).toBeGreaterThan(900);
});

test('rate: one due time in every interval, whole intervals after the start', () => {
  const units = { minute: 60_000, hour: 3_600_000, day };
  const rate = fc.record({ value: fc.integer({ min: 1, max: 90 }), unit: fc.constantFrom('minute', 'hour', 'day') });
  fc.assert(
    fc.property(rate, moment, fc.integer({ min: 0, max: 1e9 }), ({ value, unit }, start, elapsed) => {
      const schedule = parseScheduleExpression(`rate(${value} ${unit}${value === 1 ? '' : 's'})`);
      const interval = value * units[unit];
      const next = schedule.next(start + elapsed, start) ?? 0;
      expect(next).toBeGreaterThan(start + elapsed);
      expect(next).toBeLessThanOrEqual(start + elapsed + interval);
      expect((next - start) % interval).toBe(0);
    }),
    { seed: 3 },
  );
});
