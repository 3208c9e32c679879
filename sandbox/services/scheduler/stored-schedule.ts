/** One schedule of EventBridge Scheduler: checked, and when it is due. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import { factError } from '../fact-errors.ts';
import { ScheduleExpressionError } from '../schedule-expression/schedule-expression-error.ts';
import { parseScheduleExpression, type Schedule } from '../schedule-expression/schedule-expression.ts';
import type { ScheduleInput } from './scheduler.types.ts';

export interface StoredSchedule {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  modifiedAt: number;
  /** When it began in its present form: created, switched on, or given another expression. */
  since: number;
  input: ScheduleInput;
  schedule: Schedule;
  /** Takes back the next time at which it is due. */
  cancel: Cancel;
}

/** @throws {ApiError} */
export function readSchedule(input: ScheduleInput, facts: Facts): Schedule {
  const refuse = (reason: string): Error => factError(facts, 'err-scheduler', 'validation', { reason });
  const { Target: target, FlexibleTimeWindow: window, ScheduleExpression: expression } = input;
  const { State: state = 'ENABLED', ActionAfterCompletion: after = 'NONE', GroupName: group = 'default' } = input;
  if (typeof input.Name !== 'string' || !/^[\w.-]{1,64}$/.test(input.Name))
    throw refuse(`Name must have 1 to 64 letters, digits, periods, hyphens and underscores: ${input.Name}.`);
  if (group !== 'default') throw refuse('This simulator has the schedule group default only.');
  const { ScheduleExpressionTimezone: zone = 'UTC' } = input;
  if (zone !== 'UTC')
    throw refuse(`This simulator's schedules are in UTC: leave ScheduleExpressionTimezone out instead of ${zone}.`);
  if (!['ENABLED', 'DISABLED'].includes(state)) throw refuse(`State must be ENABLED or DISABLED, not ${state}.`);
  if (!['NONE', 'DELETE'].includes(after)) throw refuse(`ActionAfterCompletion must be NONE or DELETE, not ${after}.`);
  const { Mode: mode, MaximumWindowInMinutes: minutes } = (window as
    ScheduleInput['FlexibleTimeWindow'] | undefined) ?? { Mode: '' };
  if (mode !== 'OFF' && mode !== 'FLEXIBLE') throw refuse('FlexibleTimeWindow needs Mode OFF or FLEXIBLE.');
  const isMinutes = minutes !== undefined && Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440;
  if (mode === 'FLEXIBLE' && !isMinutes)
    throw refuse('FlexibleTimeWindow with Mode FLEXIBLE needs MaximumWindowInMinutes from 1 to 1440.');
  checkTarget(target, refuse, facts);
  try {
    return parseScheduleExpression(expression);
  } catch (error) {
    if (!(error instanceof ScheduleExpressionError)) throw error;
    throw factError(facts, 'err-scheduler', 'expression', { expression, reason: error.message });
  }
}

function checkTarget(target: ScheduleInput['Target'], refuse: (reason: string) => Error, facts: Facts): void {
  const { Arn: arn, RoleArn: role, RetryPolicy: retries = {} } = target;
  if (typeof arn !== 'string' || !/^arn:aws:(lambda|sqs|sns|events):/.test(arn)) {
    throw refuse(`Target needs the ARN of a Lambda function, an SQS queue, an SNS topic or an event bus, not ${arn}.`);
  }
  if (typeof role !== 'string' || !role.startsWith('arn:aws:iam::'))
    throw refuse('Target needs RoleArn: the role that may call it.');
  const attempts = retries.MaximumRetryAttempts ?? 0;
  const most = factNumber(facts, 'eventbridge-retries', 'attempts');
  if (!Number.isInteger(attempts) || attempts < 0 || attempts > most)
    throw refuse(`MaximumRetryAttempts must be from 0 to ${most}.`);
}

/**
 * The first due time after `time`, within its dates. A rate is due as soon as it starts; `begins` when that may be at
 * `time` itself.
 */
export function nextTime({ schedule, input, since }: StoredSchedule, time: number, begins = false): number | undefined {
  const from = input.StartDate === undefined ? since : new Date(input.StartDate).getTime();
  const isFirst = schedule.type === 'rate' && (time < from || (begins && time === from));
  // A schedule that starts later may be due at that very moment.
  const next = isFirst ? from : schedule.next(Math.max(time, from - 1), from);
  const end = input.EndDate === undefined ? Infinity : new Date(input.EndDate).getTime();
  return next === undefined || next > end ? undefined : next;
}
