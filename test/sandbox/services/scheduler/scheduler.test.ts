/** Schedules on the virtual clock: once, again and again, with their own event. */
import { describe, expect, test } from 'vitest';
import { Scheduler } from '../../../../sandbox/services/scheduler/scheduler.ts';
import type { ScheduleInput } from '../../../../sandbox/services/scheduler/scheduler.types.ts';
import { call, newHost, refusal } from '../host.ts';
import { functionArn, newNeighbours, queueArn } from '../neighbours.ts';

const worker = functionArn('worker');
const RoleArn = 'arn:aws:iam::123456789012:role/scheduler';
const scheduleArn = 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/report';

function begin() {
  const host = newHost();
  const neighbours = newNeighbours(host);
  const scheduler = new Scheduler(host, neighbours.deliveries);
  const { operations } = scheduler;
  const input = (fields: Partial<ScheduleInput> = {}): ScheduleInput => ({
    Name: 'report',
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: worker, RoleArn },
    ...fields,
  });
  const create = (fields?: Partial<ScheduleInput>): string =>
    call(operations.CreateSchedule, input(fields)).ScheduleArn;
  const times = (): string[] =>
    host.events
      .filter(({ type }) => type === 'scheduleFired')
      .map(({ time }) => new Date(time).toISOString().slice(5, 19));
  return { host, operations, create, input, times, ...neighbours };
}

test('one time', () => {
  const { host, operations, create, times, invoked } = begin();
  create({
    ScheduleExpression: 'at(2026-01-06T06:30:00)',
    ActionAfterCompletion: 'DELETE',
    Target: { Arn: worker, RoleArn, Input: '{"report":"daily"}' },
  });
  host.clock.advance({ days: 30 });
  expect(times()).toEqual(['01-06T06:30:00']);
  expect(invoked.map(({ event }) => event)).toEqual([{ report: 'daily' }]);
  expect(refusal(() => call(operations.GetSchedule, { Name: 'report' }))).toBe(
    'ResourceNotFoundException: Schedule report does not exist.',
  );
});

test('again and again, between its dates', () => {
  const { host, create, times } = begin();
  create({ StartDate: new Date('2026-01-05T12:00:00Z'), EndDate: new Date('2026-01-05T15:30:00Z') });
  host.clock.advance({ days: 2 });
  expect(times()).toEqual(['01-05T12:00:00', '01-05T13:00:00', '01-05T14:00:00', '01-05T15:00:00']);
});

test('a rate without a start date begins at once, and again when it is switched on', () => {
  const { host, operations, create, input, times } = begin();
  create();
  host.clock.advance({ minutes: 90 });
  expect(times()).toEqual(['01-05T09:00:00', '01-05T10:00:00']);
  call(operations.UpdateSchedule, input({ State: 'DISABLED' }));
  host.clock.advance({ hours: 2 });
  call(operations.UpdateSchedule, input());
  host.clock.advance({ hours: 1 });
  expect(times().slice(2)).toEqual(['01-05T12:30:00', '01-05T13:30:00']);
});

test('a change of something else leaves the rate in its rhythm', () => {
  const { host, operations, create, input, times } = begin();
  create();
  host.clock.advance({ minutes: 90 });
  call(operations.UpdateSchedule, input({ Description: 'hourly' }));
  host.clock.advance({ hours: 1 });
  expect(times()).toEqual(['01-05T09:00:00', '01-05T10:00:00', '01-05T11:00:00']);
});

test('by cron, from a start date on', () => {
  const { host, create, times } = begin();
  create({ ScheduleExpression: 'cron(0 6 * * ? *)', StartDate: new Date('2026-01-07T06:00:00Z') });
  host.clock.advance({ days: 3 });
  expect(times()).toEqual(['01-07T06:00:00', '01-08T06:00:00']);
});

test('without input the function gets an event that tells where it came from', () => {
  const { host, create, invoked } = begin();
  create({ ScheduleExpression: 'cron(0 10 * * ? *)' });
  host.clock.advance({ hours: 1 });
  expect(invoked).toEqual([
    {
      arn: worker,
      caller: {
        kind: 'role',
        roleArn: RoleArn,
        sessionArn: expect.stringContaining('assumed-role/scheduler/') as unknown,
        environmentId: '',
      },
      event: {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: '123456789012',
        time: '2026-01-05T10:00:00Z',
        region: 'us-east-1',
        resources: [scheduleArn],
        detail: '{}',
      },
    },
  ]);
});

test('its input can say when and how often it was tried', () => {
  const { host, create, invoked, broken } = begin();
  const Input =
    '{"at":"<aws.scheduler.scheduled-time>","try":<aws.scheduler.attempt-number>,"who":"<aws.scheduler.schedule-arn>"}';
  create({ ScheduleExpression: 'at(2026-01-05T10:00:00)', Target: { Arn: worker, RoleArn, Input } });
  broken.set(worker, 'unavailable');
  host.clock.advance({ hours: 1 });
  broken.clear();
  host.clock.advance({ seconds: 1 });
  expect(invoked.map(({ event }) => event)).toEqual([{ at: '2026-01-05T10:00:00Z', try: 2, who: scheduleArn }]);
});

test('in a flexible window it is due at a time of chance', () => {
  const { host, create } = begin();
  create({
    ScheduleExpression: 'cron(0 * * * ? *)',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
  });
  host.clock.advance({ days: 1 });
  const minutes = host.events
    .filter(({ type }) => type === 'scheduleFired')
    .map(({ time }) => new Date(time).getUTCMinutes());
  expect(minutes.every((minute) => minute < 15)).toBe(true);
  expect(new Set(minutes).size).toBeGreaterThan(5);
});

test('a role that may not invoke ends in the dead-letter queue', () => {
  const { host, create, broken, createQueue, bodies } = begin();
  createQueue('dead');
  broken.set(worker, 'denied');
  create({
    ScheduleExpression: 'at(2026-01-05T10:00:00)',
    Target: { Arn: worker, RoleArn, Input: '{"a":1}', DeadLetterConfig: { Arn: queueArn('dead') } },
  });
  host.clock.advance({ hours: 2 });
  expect(bodies('dead')).toEqual(['{"a":1}']);
});

test('can be disabled, changed and deleted', () => {
  const { host, operations, create, input, times } = begin();
  create({ State: 'DISABLED' });
  host.clock.advance({ hours: 3 });
  expect(times()).toEqual([]);
  call(operations.UpdateSchedule, input({ ScheduleExpression: 'cron(30 12 * * ? *)' }));
  expect(call(operations.ListSchedules, {}).Schedules).toMatchObject([
    { Name: 'report', State: 'ENABLED', Target: { Arn: worker } },
  ]);
  host.clock.advance({ hours: 1 });
  expect(times()).toEqual(['01-05T12:30:00']);
  call(operations.DeleteSchedule, { Name: 'report' });
  expect(host.clock.pending).toBe(0);
});

describe('refuses', () => {
  test.each<[string, Partial<ScheduleInput>, string]>([
    [
      'an expression that is none',
      { ScheduleExpression: 'daily' },
      'ValidationException: Invalid Schedule Expression daily.',
    ],
    [
      'another time zone',
      { ScheduleExpressionTimezone: 'Europe/Berlin' },
      "This simulator's schedules are in UTC: leave ScheduleExpressionTimezone out instead of Europe/Berlin.",
    ],
    [
      'a window without its length',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      'needs MaximumWindowInMinutes from 1 to 1440',
    ],
    [
      'a target of another kind',
      { Target: { Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/a', RoleArn } },
      'Target needs the ARN of a Lambda function',
    ],
    ['no role', { Target: { Arn: worker, RoleArn: '' } }, 'Target needs RoleArn'],
    ['another group', { GroupName: 'mine' }, 'This simulator has the schedule group default only.'],
  ])('%s', (_, fields, message) => {
    const { create } = begin();
    expect(refusal(() => create(fields))).toContain(message);
  });

  test('a name that is taken', () => {
    const { create } = begin();
    create();
    expect(refusal(() => create())).toBe('ConflictException: Schedule report already exists.');
  });
});
