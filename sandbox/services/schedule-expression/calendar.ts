/** Days, months and weeks in UTC, as cron expressions count them: months from 1, days of the week from 1 for Sunday. */

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function dayOfWeek(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/** The Monday to Friday nearest to that day in its own month; undefined when the month has no such day. */
export function nearestWeekday(year: number, month: number, day: number): number | undefined {
  const last = daysInMonth(year, month);
  if (day > last) return undefined;
  const weekday = dayOfWeek(year, month, day);
  if (weekday === saturday) return day === 1 ? 3 : day - 1;
  if (weekday === sunday) return day === last ? day - 2 : day + 1;
  return day;
}

const sunday = 1;
const saturday = 7;
