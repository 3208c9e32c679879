/** One rule of a bus: the events it wants, or the times at which it is due, and the targets that get them. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import { parseEventPattern, type EventPattern } from '../event-pattern/event-pattern.ts';
import { InvalidPatternError } from '../event-pattern/invalid-pattern-error.ts';
import { factError } from '../fact-errors.ts';
import { ScheduleExpressionError } from '../schedule-expression/schedule-expression-error.ts';
import { parseScheduleExpression, type Schedule } from '../schedule-expression/schedule-expression.ts';
import type { PutRuleInput, Target } from './eventbridge.types.ts';
import { compileInput, TargetInputError, type TargetInput } from './target-input.ts';

export interface RuleTarget {
  readonly target: Target;
  readonly input: TargetInput;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  pattern: { readonly text: string; readonly compiled: EventPattern } | undefined;
  schedule: { readonly text: string; readonly compiled: Schedule } | undefined;
  isEnabled: boolean;
  description: string | undefined;
  roleArn: string | undefined;
  /** By id. */
  readonly targets: Map<string, RuleTarget>;
  /** Since when its rate counts; virtual ms since the epoch. */
  countsFrom: number;
  /** Takes back the next time at which it is due. */
  cancel: Cancel;
}

/** What PutRule says of a rule. @throws {ApiError} */
export function readRule(
  input: PutRuleInput,
  isDefaultBus: boolean,
  facts: Facts,
): Pick<Rule, 'pattern' | 'schedule' | 'isEnabled' | 'description' | 'roleArn'> {
  const refuse = (reason: string): Error => factError(facts, 'err-eventbridge', 'validation', { reason });
  const { EventPattern: pattern, ScheduleExpression: schedule, State: state = 'ENABLED' } = input;
  if (pattern === undefined && schedule === undefined) {
    throw refuse('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (schedule !== undefined && !isDefaultBus)
    throw refuse('ScheduleExpression is supported only on the default event bus.');
  if (state !== 'ENABLED' && state !== 'DISABLED') throw refuse(`State must be ENABLED or DISABLED, not ${state}.`);
  return {
    pattern: pattern === undefined ? undefined : { text: pattern, compiled: readPattern(pattern, facts) },
    schedule: schedule === undefined ? undefined : { text: schedule, compiled: readSchedule(schedule, facts) },
    isEnabled: state === 'ENABLED',
    description: input.Description,
    roleArn: input.RoleArn,
  };
}

/** @throws {ApiError} InvalidEventPatternException */
export function readPattern(text: string, facts: Facts): EventPattern {
  const limit = factNumber(facts, 'eventbridge-pattern-size');
  const invalid = (reason: string): Error => factError(facts, 'err-eventbridge', 'pattern', { reason });
  if (text.length > limit) throw invalid(`It has ${text.length} characters and may have ${limit}.`);
  try {
    return parseEventPattern(text);
  } catch (error) {
    throw error instanceof InvalidPatternError ? invalid(error.message) : error;
  }
}

function readSchedule(text: string, facts: Facts): Schedule {
  const invalid = (reason: string): Error => factError(facts, 'err-eventbridge', 'schedule', { reason });
  try {
    const schedule = parseScheduleExpression(text);
    if (schedule.type === 'at') throw invalid('Rules take rate() and cron(); at() is for EventBridge Scheduler.');
    return schedule;
  } catch (error) {
    throw error instanceof ScheduleExpressionError ? invalid(error.message) : error;
  }
}

/** @throws {ApiError} ValidationException */
export function readTarget(target: Target, facts: Facts): RuleTarget {
  const refuse = (reason: string): Error => factError(facts, 'err-eventbridge', 'validation', { reason });
  const { Id: id, Arn: arn, RetryPolicy: retries = {} } = target;
  if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id))
    throw refuse(`Target ids have 1 to 64 letters, digits, periods, hyphens and underscores: "${id}" has not.`);
  if (typeof arn !== 'string' || !/^arn:aws:(lambda|sqs|sns|events):/.test(arn)) {
    throw refuse(
      `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format: it must be that of a Lambda function, an SQS queue, an SNS topic or an event bus.`,
    );
  }
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = retries;
  const limit = (path: string): number => factNumber(facts, 'eventbridge-retries', path);
  const isBetween = (value: number | undefined, min: number, max: number): boolean =>
    value === undefined || (Number.isInteger(value) && value >= min && value <= max);
  if (!isBetween(attempts, 0, limit('attempts')))
    throw refuse(`MaximumRetryAttempts must be from 0 to ${limit('attempts')}.`);
  if (!isBetween(age, limit('minAgeSeconds'), limit('ageSeconds'))) {
    throw refuse(`MaximumEventAgeInSeconds must be from ${limit('minAgeSeconds')} to ${limit('ageSeconds')}.`);
  }
  try {
    return { target, input: compileInput(target) };
  } catch (error) {
    throw error instanceof TargetInputError ? refuse(error.message) : error;
  }
}

/** As DescribeRule and ListRules tell it. */
export function describeRule({ name, arn, busName, pattern, schedule, isEnabled, description, roleArn }: Rule) {
  return {
    Name: name,
    Arn: arn,
    ...(pattern === undefined ? {} : { EventPattern: pattern.text }),
    ...(schedule === undefined ? {} : { ScheduleExpression: schedule.text }),
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    ...(description === undefined ? {} : { Description: description }),
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
    EventBusName: busName,
  };
}
