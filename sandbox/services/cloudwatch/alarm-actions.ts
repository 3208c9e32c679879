/** What an alarm does when its state changes: a message to a topic, or an event to a function. */
import type { Clock } from '../../kernel/clock.ts';
import type { TraceEvent } from '../../trace.ts';
import type { Caller, Deliveries } from '../service.ts';
import type { AlarmDefinition, AlarmState, AlarmStatus } from './alarms.ts';

export interface AlarmActionsHost {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly location: { readonly region: string; readonly accountId: string };
  readonly trace: { emit<Event extends TraceEvent>(event: Event): Event };
}

export class AlarmActions {
  readonly #host: AlarmActionsHost;

  constructor(host: AlarmActionsHost) {
    this.#host = host;
  }

  /** Writes the change into the trace and takes the actions of the new state. */
  changed(alarm: AlarmDefinition, before: AlarmState, after: AlarmStatus): void {
    const { clock, trace } = this.#host;
    const { AlarmName: alarmName } = alarm;
    const { state, reason } = after;
    trace.emit({ type: 'alarmStateChanged', time: clock.now, alarmName, before, after: state, reason });
    if (!alarm.ActionsEnabled) return;
    for (const targetArn of actionsOf(alarm, state)) this.#take(alarm, before, after, targetArn);
  }

  #take(alarm: AlarmDefinition, before: AlarmState, after: AlarmStatus, targetArn: string): void {
    const { clock, deliveries, trace } = this.#host;
    const alarmArn = this.#arn(alarm);
    const isFunction = targetArn.includes(':lambda:');
    const caller: Caller = isFunction
      ? { kind: 'service', principal: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarmArn }
      : { kind: 'service', principal: 'cloudwatch.amazonaws.com', sourceArn: alarmArn };
    const body = isFunction ? this.#event(alarm, before, after) : this.#message(alarm, before, after);
    const taken = { type: 'alarmActionTaken' as const, time: clock.now, alarmName: alarm.AlarmName, targetArn };
    try {
      deliveries.deliver(targetArn, JSON.stringify(body), caller);
      trace.emit(taken);
    } catch (error) {
      trace.emit({ ...taken, errorName: error instanceof Error ? error.name : 'Error' });
    }
  }

  /** What a topic gets. Source: CloudWatch guide, alarm notifications to Amazon SNS. */
  #message(alarm: AlarmDefinition, before: AlarmState, { state, reason, since }: AlarmStatus): object {
    const { region, accountId } = this.#host.location;
    return {
      AlarmName: alarm.AlarmName,
      AlarmDescription: alarm.AlarmDescription ?? null,
      AWSAccountId: accountId,
      AlarmConfigurationUpdatedTimestamp: apiTime(since),
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: apiTime(since),
      Region: region,
      AlarmArn: this.#arn(alarm),
      OldStateValue: before,
      OKActions: alarm.OKActions,
      AlarmActions: alarm.AlarmActions,
      InsufficientDataActions: alarm.InsufficientDataActions,
      Trigger: {
        MetricName: alarm.metric.name,
        Namespace: alarm.metric.namespace,
        StatisticType: 'Statistic',
        Statistic: alarm.Statistic.toUpperCase(),
        Unit: null,
        Dimensions: Object.entries(alarm.metric.dimensions).map(([name, value]) => ({ value, name })),
        Period: alarm.Period,
        EvaluationPeriods: alarm.EvaluationPeriods,
        DatapointsToAlarm: alarm.DatapointsToAlarm,
        ComparisonOperator: alarm.ComparisonOperator,
        Threshold: alarm.Threshold,
        TreatMissingData: alarm.TreatMissingData,
        EvaluateLowSampleCountPercentile: '',
      },
    };
  }

  /** What a function gets. Source: CloudWatch guide, invoke a Lambda function from an alarm. */
  #event(alarm: AlarmDefinition, before: AlarmState, { state, reason, since }: AlarmStatus): object {
    const { region, accountId } = this.#host.location;
    return {
      source: 'aws.cloudwatch',
      alarmArn: this.#arn(alarm),
      accountId,
      time: apiTime(since),
      region,
      alarmData: {
        alarmName: alarm.AlarmName,
        state: { value: state, reason, timestamp: apiTime(since) },
        previousState: { value: before },
        configuration: {
          ...(alarm.AlarmDescription === undefined ? {} : { description: alarm.AlarmDescription }),
          metrics: [
            {
              id: 'm1',
              metricStat: {
                metric: {
                  namespace: alarm.metric.namespace,
                  name: alarm.metric.name,
                  dimensions: alarm.metric.dimensions,
                },
                period: alarm.Period,
                stat: alarm.Statistic,
              },
              returnData: true,
            },
          ],
        },
      },
    };
  }

  #arn({ AlarmName: name }: AlarmDefinition): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
  }
}

function actionsOf(alarm: AlarmDefinition, state: AlarmState): readonly string[] {
  if (state === 'ALARM') return alarm.AlarmActions;
  return state === 'OK' ? alarm.OKActions : alarm.InsufficientDataActions;
}

/** `2026-01-05T09:01:00.001+0000` */
const apiTime = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');
