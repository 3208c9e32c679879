/** When schedules are due, a case a line; and what is wrong with those that are none. */
import { describe, expect, test } from 'vitest';
import { parseScheduleExpression } from '../../../../sandbox/services/schedule-expression/schedule-expression.ts';

/** The first due times after a moment. */
function due(expression: string, after: string, count: number, start = after): string[] {
  const schedule = parseScheduleExpression(expression);
  const times: string[] = [];
  let time: number | undefined = Date.parse(after);
  while (times.length < count) {
    time = schedule.next(time, Date.parse(start));
    if (time === undefined) break;
    times.push(new Date(time).toISOString().replace(':00.000Z', ''));
  }
  return times;
}

// 2026-01-05 is a Monday.
const monday = '2026-01-05T09:00:00Z';

describe('cron', () => {
  test.each<[string, string[]]>([
    ['0 10 * * ? *', ['2026-01-05T10:00', '2026-01-06T10:00']],
    ['0 9 * * ? *', ['2026-01-06T09:00', '2026-01-07T09:00']],
    ['15 12 * * ? *', ['2026-01-05T12:15', '2026-01-06T12:15']],
    [
      '0 18 ? * MON-FRI *',
      [
        '2026-01-05T18:00',
        '2026-01-06T18:00',
        '2026-01-07T18:00',
        '2026-01-08T18:00',
        '2026-01-09T18:00',
        '2026-01-12T18:00',
      ],
    ],
    ['0 8 1 * ? *', ['2026-02-01T08:00', '2026-03-01T08:00']],
    ['0/10 * ? * MON-FRI *', ['2026-01-05T09:10', '2026-01-05T09:20']],
    ['1/10 * * * ? *', ['2026-01-05T09:01', '2026-01-05T09:11', '2026-01-05T09:21']],
    ['0/5 8-17 ? * 2-6 *', ['2026-01-05T09:05', '2026-01-05T09:10']],
    ['30 20,3 ? * sun *', ['2026-01-11T03:30', '2026-01-11T20:30', '2026-01-18T03:30']],
    ['0 0 L * ? *', ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00']],
    ['0 0 ? * L *', ['2026-01-10T00:00', '2026-01-17T00:00']],
    ['15 10 ? * 6L 2026-2027', ['2026-01-30T10:15', '2026-02-27T10:15', '2026-03-27T10:15']],
    ['0 9 ? * 2#1 *', ['2026-02-02T09:00', '2026-03-02T09:00']],
    ['0 9 ? * TUE#5 *', ['2026-03-31T09:00', '2026-06-30T09:00']],
    ['0 0 3W * ? *', ['2026-02-03T00:00', '2026-03-03T00:00', '2026-04-03T00:00', '2026-05-04T00:00']],
    ['0 0 1W AUG,NOV ? *', ['2026-08-03T00:00', '2026-11-02T00:00', '2027-08-02T00:00']],
    ['0 0 31W * ? *', ['2026-01-30T00:00', '2026-03-31T00:00', '2026-05-29T00:00']],
    ['0 0 29 2 ? *', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 ? * SAT-MON *', ['2026-01-10T00:00', '2026-01-11T00:00', '2026-01-12T00:00']],
    ['0 0 1 NOV-FEB/2 ? *', ['2026-11-01T00:00', '2027-01-01T00:00']],
    ['59 23 31 12 ? 2026', ['2026-12-31T23:59']],
    ['0 0 31 2 ? *', []],
    ['0 0 1 1 ? 2025', []],
  ])('cron(%s)', (fields, times) => {
    const found = due(`cron(${fields})`, monday, Math.max(times.length, 1));
    expect(found).toEqual(times);
  });

  test('is due after now, and at the second zero of a minute', () => {
    expect(due('cron(* * * * ? *)', '2026-01-05T09:00:59.999Z', 2)).toEqual(['2026-01-05T09:01', '2026-01-05T09:02']);
  });
});

describe('rate', () => {
  test('is due at whole intervals after it began', () => {
    expect(due('rate(5 minutes)', '2026-01-05T09:03:00Z', 3)).toEqual([
      '2026-01-05T09:08',
      '2026-01-05T09:13',
      '2026-01-05T09:18',
    ]);
    expect(due('rate(1 day)', '2026-01-07T09:03:00Z', 2, '2026-01-05T14:30:00Z')).toEqual([
      '2026-01-07T14:30',
      '2026-01-08T14:30',
    ]);
    expect(due('rate(1 hour)', '2026-01-05T10:00:00Z', 1, '2026-01-05T09:00:00Z')).toEqual(['2026-01-05T11:00']);
  });
});

test('at is due once', () => {
  expect(due('at(2026-02-01T06:30:00)', monday, 2)).toEqual(['2026-02-01T06:30']);
  expect(due('at(2026-01-05T09:00:00)', monday, 2)).toEqual([]);
});

test.each([
  [
    'every day',
    '"every day" is not rate(value unit), cron(minutes hours day-of-month month day-of-week year) or at(yyyy-mm-ddThh:mm:ss).',
  ],
  ['rate(5)', 'rate(5): write a whole number, a space and minutes, hours or days.'],
  ['rate(0.5 hours)', 'rate(0.5 hours): write a whole number, a space and minutes, hours or days.'],
  ['rate(30 seconds)', 'rate(30 seconds): the unit is minutes, hours or days.'],
  ['rate(1 constructor)', 'rate(1 constructor): the unit is minutes, hours or days.'],
  ['rate(0 minutes)', 'rate(0 minutes): the value is above 0.'],
  ['rate(1 minutes)', 'rate(1 minutes): 1 goes with minute, any other value with minutes.'],
  ['rate(5 minute)', 'rate(5 minute): 1 goes with minute, any other value with minutes.'],
  [
    'cron(0 2 * * *)',
    'cron(0 2 * * *) has 5 fields; it needs six: minutes, hours, day-of-month, month, day-of-week and year.',
  ],
  [
    'cron(0 2 * * * *)',
    'The fields day-of-month ("*") and day-of-week ("*") cannot both be given: write ? in one of them.',
  ],
  ['cron(0 2 ? * ? *)', 'The fields day-of-month and day-of-week cannot both be ?: give one of them.'],
  ['cron(60 2 * * ? *)', 'The field minutes: "60" is not a number from 0 to 59.'],
  ['cron(? 2 * * ? *)', 'The field minutes: "?" is not a number from 0 to 59.'],
  ['cron(0 24 * * ? *)', 'The field hours: "24" is not a number from 0 to 23.'],
  ['cron(0 17-9 * * ? *)', 'The field hours: "17-9" runs backwards.'],
  ['cron(0 0 0 * ? *)', 'The field day-of-month: "0" is not a number from 1 to 31.'],
  ['cron(0 0 1,L * ? *)', 'The field day-of-month: "1,L" is not L (the last day) or a day and W (3W) on its own.'],
  ['cron(0 0 1 13 ? *)', 'The field month: "13" is not a number from 1 to 12 or JAN-DEC.'],
  ['cron(0 0 ? * 0 *)', 'The field day-of-week: "0" is not a number from 1 to 7 or SUN-SAT.'],
  [
    'cron(0 0 ? * 3#1,6#3 *)',
    'The field day-of-week: "3#1,6#3" is not one day, # and a number from 1 to 5, such as 3#2 for the second Tuesday.',
  ],
  ['cron(0/0 0 1 1 ? *)', 'The field minutes: "0/0" needs a whole number above 0 after the /.'],
  ['cron(0 0 1 1 ? 1969)', 'The field year: "1969" is not a number from 1970 to 2199.'],
  ['at(2026-02-30T00:00:00)', 'at(2026-02-30T00:00:00): write a date and time as yyyy-mm-ddThh:mm:ss.'],
  ['at(2026-02-01 00:00)', 'at(2026-02-01 00:00): write a date and time as yyyy-mm-ddThh:mm:ss.'],
])('%s is refused', (expression, message) => {
  expect(() => parseScheduleExpression(expression)).toThrow(message);
});
