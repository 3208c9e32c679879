/** When a schedule is due: `rate(5 minutes)`, `cron(0 2 * * ? *)`, `at(2026-01-05T09:00:00)`. Everything is UTC. */
import { parseCron } from './cron.ts';
import { ScheduleExpressionError } from './schedule-expression-error.ts';

/** Times in virtual ms since the epoch. */
export interface Schedule {
  readonly type: 'rate' | 'cron' | 'at';
  /**
   * The first due time after `time`, or undefined when there is none any more.
   * @param start when the schedule began to count; a rate is due at whole intervals after it
   */
  next(time: number, start: number): number | undefined;
}

/** @throws {ScheduleExpressionError} */
export function parseScheduleExpression(text: string): Schedule {
  const match = /^(rate|cron|at)\((.*)\)$/s.exec(text);
  if (match === null) {
    throw new ScheduleExpressionError(
      `"${text}" is not rate(value unit), cron(minutes hours day-of-month month day-of-week year) or at(yyyy-mm-ddThh:mm:ss).`,
    );
  }
  const [, type, content = ''] = match;
  if (type === 'rate') return parseRate(content);
  return type === 'cron' ? parseCron(content) : parseAt(content);
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function parseRate(content: string): Schedule {
  const match = /^(\d+) (\w+)$/.exec(content);
  if (match === null) {
    throw new ScheduleExpressionError(`rate(${content}): write a whole number, a space and minutes, hours or days.`);
  }
  const [, digits = '', unit = ''] = match;
  const value = Number(digits);
  const singular = unit.replace(/s$/, '');
  const length = Object.hasOwn(unitMs, singular) ? unitMs[singular] : undefined;
  if (length === undefined) throw new ScheduleExpressionError(`rate(${content}): the unit is minutes, hours or days.`);
  if (value < 1) throw new ScheduleExpressionError(`rate(${content}): the value is above 0.`);
  if ((value === 1) !== (unit === singular)) {
    throw new ScheduleExpressionError(`rate(${content}): 1 goes with ${singular}, any other value with ${singular}s.`);
  }
  const interval = value * length;
  return {
    type: 'rate',
    next: (time, start) => start + (Math.floor(Math.max(time - start, 0) / interval) + 1) * interval,
  };
}

function parseAt(content: string): Schedule {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(content) ? Date.parse(`${content}Z`) : NaN;
  // Date.parse takes the 31st of February for a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== content) {
    throw new ScheduleExpressionError(`at(${content}): write a date and time as yyyy-mm-ddThh:mm:ss.`);
  }
  return { type: 'at', next: (now) => (time > now ? time : undefined) };
}
