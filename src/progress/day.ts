/**
 * Days as a learner lives them: a day ends at four in the morning, local time, so that an evening of study that runs
 * past midnight is one day. Facts hold moments; only what is shown or asked "today" goes by the calendar.
 */

/** The hour at which a day begins. */
export const dayStartsAt = 4;

/** Names the day a moment belongs to, `2026-11-25`. Days compare as their names do. */
export type DayOf = (at: number) => string;

const parts = (format: Intl.DateTimeFormat, at: number): Record<string, number> =>
  Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));

/** `timeZone` is an IANA name; without one, where the browser is. */
export function daysIn(timeZone?: string): DayOf {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone === undefined ? {} : { timeZone }),
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  // Clocks differ from UTC by whole quarters of an hour, so all moments of a quarter have one day.
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    const day = known.get(quarter) ?? read(at);
    known.set(quarter, day);
    return day;
  };

  function read(at: number): string {
    const { year = 0, month = 0, day = 0, hour = 0 } = parts(format, at);
    return nameOf(Date.UTC(year, month - 1, hour < dayStartsAt ? day - 1 : day));
  }
}

const quarterMs = 15 * 60 * 1000;

const nameOf = (utc: number): string => new Date(utc).toISOString().slice(0, 10);

const dayMs = 24 * 60 * 60 * 1000;

/** The day this many days later, or earlier. */
export const addDays = (day: string, days: number): string => nameOf(Date.parse(day) + days * dayMs);

/** How many days lie between two days. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;
