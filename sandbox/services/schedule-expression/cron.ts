/**
 * `cron(minutes hours day-of-month month day-of-week year)` as EventBridge reads it.
 * Source: EventBridge user guide, Cron expressions reference. The days of the week are 1 (Sunday) to 7.
 */
import { daysInMonth } from './calendar.ts';
import { parseField, type FieldRange } from './cron-field.ts';
import { parseDays, type DaysOf } from './cron-days.ts';
import { ScheduleExpressionError } from './schedule-expression-error.ts';
import type { Schedule } from './schedule-expression.ts';

const minutes: FieldRange = { name: 'minutes', min: 0, max: 59 };
const hours: FieldRange = { name: 'hours', min: 0, max: 23 };
const months: FieldRange = {
  name: 'month',
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  circular: true,
};
const years: FieldRange = { name: 'year', min: 1970, max: 2199 };

interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DaysOf;
  readonly months: readonly number[];
  readonly years: readonly number[];
}

/** `content` is what stands between the brackets. @throws {ScheduleExpressionError} */
export function parseCron(content: string): Schedule {
  const fields = content.trim().split(/\s+/);
  if (fields.length !== 6) {
    throw new ScheduleExpressionError(
      `cron(${content}) has ${content.trim() === '' ? 0 : fields.length} fields; it needs six: ` +
        'minutes, hours, day-of-month, month, day-of-week and year.',
    );
  }
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const cron: Cron = {
    minutes: parseField(minute, minutes),
    hours: parseField(hour, hours),
    days: parseDays(dayOfMonth, dayOfWeek),
    months: parseField(month, months),
    years: parseField(year, years),
  };
  return { type: 'cron', next: (time) => nextMinute(cron, time) };
}

/** The first minute after `time` that all fields allow. */
function nextMinute(cron: Cron, time: number): number | undefined {
  const from = new Date((Math.floor(time / 60_000) + 1) * 60_000);
  const startYear = from.getUTCFullYear();
  const startMonth = from.getUTCMonth() + 1;
  for (const year of cron.years) {
    if (year < startYear) continue;
    for (const month of cron.months) {
      if (year === startYear && month < startMonth) continue;
      const found = firstIn(cron, year, month, from.getTime());
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function firstIn(cron: Cron, year: number, month: number, from: number): number | undefined {
  const length = daysInMonth(year, month);
  for (const day of cron.days(year, month)) {
    const midnight = Date.UTC(year, month - 1, day);
    if (day > length || midnight + 86_400_000 <= from) continue;
    for (const hour of cron.hours) {
      const start = midnight + hour * 3_600_000;
      if (start + 3_600_000 <= from) continue;
      for (const minute of cron.minutes) {
        const time = start + minute * 60_000;
        if (time >= from) return time;
      }
    }
  }
  return undefined;
}
