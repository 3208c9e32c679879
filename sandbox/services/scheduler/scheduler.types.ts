/** Requests and answers of the EventBridge Scheduler API, in the shapes of the AWS SDK for JavaScript v3. */
import type { RetryPolicy } from '../eventbridge/eventbridge.types.ts';

export interface ScheduleTarget {
  readonly Arn: string;
  /** The role on whose behalf the target is called. */
  readonly RoleArn: string;
  /** The whole event, with `<aws.scheduler.scheduled-time>` and the like filled in. */
  readonly Input?: string | undefined;
  readonly RetryPolicy?: RetryPolicy | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
  readonly SqsParameters?: { readonly MessageGroupId?: string | undefined } | undefined;
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string } | undefined;
}

export interface FlexibleTimeWindow {
  readonly Mode: string;
  readonly MaximumWindowInMinutes?: number | undefined;
}

export interface ScheduleInput {
  readonly Name: string;
  readonly GroupName?: string | undefined;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string | undefined;
  readonly StartDate?: Date | undefined;
  readonly EndDate?: Date | undefined;
  readonly State?: string | undefined;
  readonly Description?: string | undefined;
  readonly FlexibleTimeWindow: FlexibleTimeWindow;
  readonly ActionAfterCompletion?: string | undefined;
  readonly Target: ScheduleTarget;
}
