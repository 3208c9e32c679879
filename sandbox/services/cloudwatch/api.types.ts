/** Requests and responses of the CloudWatch API, as far as they are simulated. Source: CloudWatch API reference. */
import type { AlarmDefinition, AlarmState, ComparisonOperator } from './alarms.ts';

/** A Date, ISO 8601 text, or seconds since the epoch. */
export type TimeInput = Date | string | number;

export interface DimensionShape {
  readonly Name: string;
  readonly Value?: string;
}

export interface MetricDatum {
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionShape[];
  readonly Timestamp?: TimeInput;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly Unit?: string;
}

export interface PutMetricDataRequest {
  readonly Namespace?: string;
  readonly MetricData?: readonly MetricDatum[];
}

export interface GetMetricStatisticsRequest {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionShape[];
  readonly StartTime?: TimeInput;
  readonly EndTime?: TimeInput;
  /** Seconds, a multiple of 60. */
  readonly Period?: number;
  readonly Statistics?: readonly string[];
  /** Percentiles: `p99`. */
  readonly ExtendedStatistics?: readonly string[];
}

export interface MetricDataQuery {
  readonly Id: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly DimensionShape[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

export interface GetMetricDataRequest {
  readonly MetricDataQueries?: readonly MetricDataQuery[];
  readonly StartTime?: TimeInput;
  readonly EndTime?: TimeInput;
  readonly ScanBy?: 'TimestampAscending' | 'TimestampDescending';
}

export interface ListMetricsRequest {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionShape[];
}

export interface PutMetricAlarmRequest {
  readonly AlarmName?: string;
  readonly AlarmDescription?: string;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionShape[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  /** Seconds, a multiple of 60. */
  readonly Period?: number;
  readonly EvaluationPeriods?: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold?: number;
  readonly ComparisonOperator?: ComparisonOperator;
  readonly TreatMissingData?: string;
  readonly ActionsEnabled?: boolean;
  readonly AlarmActions?: readonly string[];
  readonly OKActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
}

export interface DescribeAlarmsRequest {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly StateValue?: AlarmState;
}

export interface DeleteAlarmsRequest {
  readonly AlarmNames?: readonly string[];
}

export interface SetAlarmStateRequest {
  readonly AlarmName?: string;
  readonly StateValue?: AlarmState;
  readonly StateReason?: string;
}

export interface MetricAlarm extends Omit<AlarmDefinition, 'metric'> {
  readonly AlarmArn: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly DimensionShape[];
  readonly StateValue: AlarmState;
  readonly StateReason: string;
  readonly StateUpdatedTimestamp: Date;
}
