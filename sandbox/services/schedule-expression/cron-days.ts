/** The two fields of a cron expression that choose days: one of them does, the other is `?`. */
import { dayOfWeek, daysInMonth, nearestWeekday } from './calendar.ts';
import { parseField, parseValue, refusal, type FieldRange } from './cron-field.ts';
import { ScheduleExpressionError } from './schedule-expression-error.ts';

/** The chosen days of a month, ascending; some may lie beyond its end. */
export type DaysOf = (year: number, month: number) => readonly number[];

const daysOfMonth: FieldRange = { name: 'day-of-month', min: 1, max: 31 };
const daysOfWeek: FieldRange = {
  name: 'day-of-week',
  min: 1,
  max: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  circular: true,
};

/** @throws {ScheduleExpressionError} */
export function parseDays(dayOfMonth: string, dayOfWeekText: string): DaysOf {
  if (dayOfWeekText === '?' && dayOfMonth === '?') {
    throw new ScheduleExpressionError('The fields day-of-month and day-of-week cannot both be ?: give one of them.');
  }
  if (dayOfWeekText === '?') return parseDayOfMonth(dayOfMonth);
  if (dayOfMonth === '?') return parseDayOfWeek(dayOfWeekText);
  throw new ScheduleExpressionError(
    `The fields day-of-month ("${dayOfMonth}") and day-of-week ("${dayOfWeekText}") cannot both be given: ` +
      'write ? in one of them.',
  );
}

function parseDayOfMonth(text: string): DaysOf {
  if (text === 'L') return (year, month) => [daysInMonth(year, month)];
  const weekday = /^(\d+)W$/.exec(text)?.[1];
  if (weekday !== undefined) {
    const day = parseValue(weekday, daysOfMonth);
    return (year, month) => [nearestWeekday(year, month, day) ?? []].flat();
  }
  if (/[LW]/.test(text)) throw refusal(daysOfMonth, text, 'is not L (the last day) or a day and W (3W) on its own');
  const days = parseField(text, daysOfMonth);
  return () => days;
}

function parseDayOfWeek(text: string): DaysOf {
  if (text === 'L') return (year, month) => daysThatAre([7], year, month);
  const last = /^(\w+)L$/.exec(text)?.[1];
  if (last !== undefined) {
    const weekday = parseValue(last, daysOfWeek);
    return (year, month) => daysThatAre([weekday], year, month).slice(-1);
  }
  if (text.includes('#')) return parseNth(text);
  const weekdays = parseField(text, daysOfWeek);
  return (year, month) => daysThatAre(weekdays, year, month);
}

/** `3#2`: the second Tuesday. */
function parseNth(text: string): DaysOf {
  const [, day, which] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (day === undefined || which === undefined) {
    throw refusal(daysOfWeek, text, 'is not one day, # and a number from 1 to 5, such as 3#2 for the second Tuesday');
  }
  const weekday = parseValue(day, daysOfWeek);
  const index = Number(which) - 1;
  return (year, month) => daysThatAre([weekday], year, month).slice(index, index + 1);
}

function daysThatAre(weekdays: readonly number[], year: number, month: number): readonly number[] {
  const first = dayOfWeek(year, month, 1);
  const days = Array.from({ length: daysInMonth(year, month) }, (_, index) => index + 1);
  return days.filter((day) => weekdays.includes(((first + day - 2) % 7) + 1));
}
