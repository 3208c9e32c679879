/** Requests and answers of the EventBridge API, in the shapes of the AWS SDK for JavaScript v3. */

export interface PutEventsEntry {
  readonly Source?: string | undefined;
  readonly DetailType?: string | undefined;
  /** JSON. */
  readonly Detail?: string | undefined;
  readonly Time?: Date | string | undefined;
  readonly Resources?: readonly string[] | undefined;
  /** A name or an ARN; the default bus if absent. */
  readonly EventBusName?: string | undefined;
  readonly TraceHeader?: string | undefined;
}

export type PutEventsResultEntry =
  { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface OnBus {
  /** A name or an ARN; the default bus if absent. */
  readonly EventBusName?: string | undefined;
}

export interface PutRuleInput extends OnBus {
  readonly Name: string;
  readonly EventPattern?: string | undefined;
  readonly ScheduleExpression?: string | undefined;
  readonly State?: string | undefined;
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
}

export interface RetryPolicy {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
}

export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined;
  readonly InputTemplate: string;
}

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string | undefined;
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: InputTransformer | undefined;
  readonly RetryPolicy?: RetryPolicy | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
  readonly SqsParameters?: { readonly MessageGroupId?: string | undefined } | undefined;
}

/** An event as rules and targets see it. */
export interface BusEventContent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** `2026-01-05T09:00:00Z` */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
