/** Amazon CloudWatch of one account: metrics and alarms, in the shapes of its API. Logs are a service of their own. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ApiError, type Operation, type Service } from '../service.ts';
import { Alarms, type AlarmDefinition, type AlarmsHost, type TreatMissingData } from './alarms.ts';
import type { Dimensions, MetricName } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import { isStatistic, statisticOf } from './statistics.ts';
import type {
  DeleteAlarmsRequest,
  DescribeAlarmsRequest,
  DimensionShape,
  GetMetricDataRequest,
  GetMetricStatisticsRequest,
  ListMetricsRequest,
  MetricAlarm,
  MetricDatum,
  PutMetricAlarmRequest,
  PutMetricDataRequest,
  SetAlarmStateRequest,
  TimeInput,
} from './api.types.ts';

export interface CloudWatchHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly store: MetricStore;
  readonly alarmChanged: AlarmsHost['changed'];
  /** Brings Lambda's own metrics up to date, and keeps them so. */
  readonly watch: () => void;
  /** For the ARNs of alarms. */
  readonly location: { readonly region: string; readonly accountId: string };
}

export class CloudWatch implements Service {
  readonly name = 'cloudwatch';
  readonly #host: CloudWatchHost;
  readonly #alarms: Alarms;

  constructor(host: CloudWatchHost) {
    this.#host = host;
    this.#alarms = new Alarms({ clock: host.clock, store: host.store, changed: host.alarmChanged });
  }

  readonly operations = {
    PutMetricData: this.#operation('PutMetricData', (input: PutMetricDataRequest) => this.putMetricData(input)),
    GetMetricStatistics: this.#operation('GetMetricStatistics', (input: GetMetricStatisticsRequest) =>
      this.getMetricStatistics(input),
    ),
    GetMetricData: this.#operation('GetMetricData', (input: GetMetricDataRequest) => this.getMetricData(input)),
    ListMetrics: this.#operation('ListMetrics', (input: ListMetricsRequest) => this.listMetrics(input)),
    PutMetricAlarm: this.#operation('PutMetricAlarm', (input: PutMetricAlarmRequest) => this.putMetricAlarm(input)),
    DescribeAlarms: this.#operation('DescribeAlarms', (input: DescribeAlarmsRequest) => this.describeAlarms(input)),
    DeleteAlarms: this.#operation('DeleteAlarms', (input: DeleteAlarmsRequest) => this.deleteAlarms(input)),
    SetAlarmState: this.#operation('SetAlarmState', (input: SetAlarmStateRequest) => this.setAlarmState(input)),
  };

  #operation<Input, Output>(action: string, run: (input: Input) => Output): Operation<Input, Output> {
    return {
      action: `cloudwatch:${action}`,
      resources: () => ['*'],
      run: (input) => {
        if (action !== 'PutMetricData') this.#host.watch();
        return run(input);
      },
    };
  }

  /** Custom metrics. A datum has one `Value`, or `Values` with `Counts`. */
  putMetricData({ Namespace: namespace, MetricData: data }: PutMetricDataRequest): Record<string, never> {
    if (namespace === undefined || namespace === '') throw missing('Namespace');
    if (namespace.startsWith('AWS/')) throw invalid('The value AWS/ for parameter Namespace is invalid.');
    for (const datum of data ?? []) this.#putDatum(namespace, datum);
    return {};
  }

  /** At most 1,440 datapoints, in no particular order at AWS; here by time. */
  getMetricStatistics(request: GetMetricStatisticsRequest): {
    readonly Label: string;
    readonly Datapoints: readonly Readonly<Record<string, unknown>>[];
  } {
    const { Namespace: namespace, MetricName: name } = request;
    if (namespace === undefined) throw missing('Namespace');
    if (name === undefined) throw missing('MetricName');
    const metric = { namespace, name, dimensions: dimensionsOf(request.Dimensions) };
    const wanted = [...(request.Statistics ?? []), ...(request.ExtendedStatistics ?? [])];
    if (wanted.length === 0) throw missing('Statistics');
    const range = this.#range(request.StartTime, request.EndTime, request.Period);
    const most = factNumber(this.#host.facts, 'metric-datapoints');
    if ((range.end - range.start) / range.periodMs > most) {
      throw new ApiError(
        'InvalidParameterCombination',
        400,
        `You have requested up to ${Math.ceil((range.end - range.start) / range.periodMs)} datapoints, which exceeds the limit of ${grouped(most)}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const unit = this.#host.store.unitOf(metric) ?? 'None';
    const Datapoints = this.#host.store.periods(metric, range).map(({ start, counts }) => {
      const point: Record<string, unknown> = { Timestamp: new Date(start), Unit: unit };
      const extended: Record<string, number> = {};
      for (const statistic of wanted) {
        if (!isStatistic(statistic)) throw invalid(`Invalid statistic: ${statistic}`);
        const value = statisticOf(statistic, counts);
        if (value === undefined) continue;
        if (statistic.startsWith('p')) extended[statistic] = value;
        else point[statistic] = value;
      }
      return Object.keys(extended).length === 0 ? point : { ...point, ExtendedStatistics: extended };
    });
    return { Label: name, Datapoints };
  }

  /** Metrics by query id. Metric math (`Expression`) is not simulated and says so. */
  getMetricData({ MetricDataQueries: queries = [], StartTime, EndTime, ScanBy }: GetMetricDataRequest): {
    readonly MetricDataResults: readonly {
      Id: string;
      Label: string;
      Timestamps: readonly Date[];
      Values: readonly number[];
      StatusCode: 'Complete';
    }[];
  } {
    const MetricDataResults = queries.map(({ Id, Label, MetricStat, Expression }) => {
      if (Expression !== undefined) {
        throw invalid(`Query ${Id}: metric math is not simulated. Ask for each metric with MetricStat.`);
      }
      if (MetricStat === undefined) throw missing(`MetricDataQueries.${Id}.MetricStat`);
      const { Metric, Period, Stat } = MetricStat;
      if (!isStatistic(Stat)) throw invalid(`Invalid statistic: ${Stat}`);
      const metric = {
        namespace: Metric.Namespace,
        name: Metric.MetricName,
        dimensions: dimensionsOf(Metric.Dimensions),
      };
      const points = this.#host.store
        .periods(metric, this.#range(StartTime, EndTime, Period))
        .flatMap(({ start, counts }) => {
          const value = statisticOf(Stat, counts);
          return value === undefined ? [] : [{ start, value }];
        });
      if (ScanBy !== 'TimestampAscending') points.reverse();
      return {
        Id,
        Label: Label ?? Metric.MetricName,
        Timestamps: points.map(({ start }) => new Date(start)),
        Values: points.map(({ value }) => value),
        StatusCode: 'Complete' as const,
      };
    });
    return { MetricDataResults };
  }

  listMetrics({ Namespace, MetricName: name, Dimensions: wanted }: ListMetricsRequest): {
    readonly Metrics: readonly { Namespace: string; MetricName: string; Dimensions: readonly DimensionShape[] }[];
  } {
    const fits = (metric: MetricName): boolean =>
      (Namespace === undefined || metric.namespace === Namespace) &&
      (name === undefined || metric.name === name) &&
      (wanted ?? []).every(({ Name, Value }) =>
        Value === undefined ? Name in metric.dimensions : metric.dimensions[Name] === Value,
      );
    return {
      Metrics: this.#host.store
        .list()
        .filter(fits)
        .map(({ namespace, name: MetricName, dimensions }) => ({
          Namespace: namespace,
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        })),
    };
  }

  putMetricAlarm(request: PutMetricAlarmRequest): Record<string, never> {
    this.#alarms.put(checkAlarm(request));
    return {};
  }

  describeAlarms({ AlarmNames: names, AlarmNamePrefix: prefix, StateValue: state }: DescribeAlarmsRequest = {}): {
    readonly MetricAlarms: readonly MetricAlarm[];
  } {
    const { region, accountId } = this.#host.location;
    const found = this.#alarms
      .list()
      .filter(
        ({ definition: { AlarmName }, status }) =>
          (names === undefined || names.includes(AlarmName)) &&
          (prefix === undefined || AlarmName.startsWith(prefix)) &&
          (state === undefined || status.state === state),
      );
    return {
      MetricAlarms: found.map(({ definition: { metric, ...rest }, status }) => ({
        ...rest,
        AlarmArn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${rest.AlarmName}`,
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        StateValue: status.state,
        StateReason: status.reason,
        StateUpdatedTimestamp: new Date(status.since),
      })),
    };
  }

  deleteAlarms({ AlarmNames: names = [] }: DeleteAlarmsRequest): Record<string, never> {
    for (const name of names) {
      if (!this.#alarms.delete(name)) {
        throw new ApiError('ResourceNotFound', 404, `Unknown alarm: ${name}`);
      }
    }
    return {};
  }

  setAlarmState(request: SetAlarmStateRequest): Record<string, never> {
    const { AlarmName: name, StateValue: state, StateReason: reason } = request;
    if (name === undefined) throw missing('AlarmName');
    if (state === undefined) throw missing('StateValue');
    if (reason === undefined) throw missing('StateReason');
    if (!this.#alarms.setState(name, state, reason)) {
      throw new ApiError('ResourceNotFound', 404, `Unknown alarm: ${name}`);
    }
    return {};
  }

  #putDatum(namespace: string, datum: MetricDatum): void {
    const { clock, store } = this.#host;
    const { MetricName: name, Unit: unit = 'None', Timestamp } = datum;
    if (name === undefined || name === '') throw missing('MetricData.member.1.MetricName');
    const metric = { namespace, name, dimensions: dimensionsOf(datum.Dimensions) };
    const time = Timestamp === undefined ? clock.now : readTime(Timestamp, 'Timestamp');
    const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value]);
    if (values.length === 0) {
      throw new ApiError(
        'MissingParameter',
        400,
        'At least one of the parameters must be specified: Value, Values or StatisticValues.',
      );
    }
    values.forEach((value, index) => {
      if (!Number.isFinite(value))
        throw invalid(`The value ${value} for parameter MetricData.member.1.Value is invalid.`);
      store.add(metric, unit, time, value, datum.Counts?.[index] ?? 1);
    });
  }

  #range(startTime: TimeInput | undefined, endTime: TimeInput | undefined, period: number | undefined) {
    if (startTime === undefined) throw missing('StartTime');
    if (endTime === undefined) throw missing('EndTime');
    if (period === undefined) throw missing('Period');
    const isPeriod = Number.isInteger(period) && period >= 60 && period % 60 === 0;
    if (!isPeriod) throw invalid('The parameter Period must be a multiple of 60.');
    const start = readTime(startTime, 'StartTime');
    const end = readTime(endTime, 'EndTime');
    if (start >= end) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
    return { start, end, periodMs: period * 1000, now: this.#host.clock.now };
  }
}

/** The same dimensions in the form that names a metric. */
function dimensionsOf(list: readonly DimensionShape[] | undefined): Dimensions {
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value ?? '']));
}

/** A Date, ISO 8601 text or seconds since the epoch, in ms. */
function readTime(input: TimeInput, parameter: string): number {
  const time = input instanceof Date ? input.getTime() : typeof input === 'number' ? input * 1000 : Date.parse(input);
  if (Number.isNaN(time)) throw invalid(`The parameter ${parameter} must be a time like 2026-01-05T09:00:00Z.`);
  return time;
}

function checkAlarm(request: PutMetricAlarmRequest): AlarmDefinition {
  const { AlarmName, MetricName: name, Namespace: namespace, Threshold, ComparisonOperator, Period } = request;
  const { EvaluationPeriods, TreatMissingData = 'missing' } = request;
  if (AlarmName === undefined || AlarmName === '') throw missing('AlarmName');
  if (namespace === undefined) throw missing('Namespace');
  if (name === undefined) throw missing('MetricName');
  if (EvaluationPeriods === undefined) throw missing('EvaluationPeriods');
  if (ComparisonOperator === undefined) throw missing('ComparisonOperator');
  if (Threshold === undefined) throw missing('Threshold');
  if (Period === undefined) throw missing('Period');
  if (!Number.isInteger(Period) || Period < 60 || Period % 60 !== 0) {
    throw invalid('The parameter Period must be a multiple of 60.');
  }
  const statistic = request.Statistic ?? request.ExtendedStatistic;
  if (statistic === undefined || !isStatistic(statistic)) {
    throw invalid('Exactly one of Statistic and ExtendedStatistic must be given.');
  }
  const { DatapointsToAlarm = EvaluationPeriods } = request;
  if (DatapointsToAlarm > EvaluationPeriods) {
    throw invalid('DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
  }
  if (!isTreatment(TreatMissingData))
    throw invalid(`The value ${TreatMissingData} for parameter TreatMissingData is invalid.`);
  return {
    AlarmName,
    metric: { namespace, name, dimensions: dimensionsOf(request.Dimensions) },
    Statistic: statistic,
    Period,
    EvaluationPeriods,
    DatapointsToAlarm,
    Threshold,
    ComparisonOperator,
    TreatMissingData,
    ActionsEnabled: request.ActionsEnabled ?? true,
    AlarmActions: request.AlarmActions ?? [],
    OKActions: request.OKActions ?? [],
    InsufficientDataActions: request.InsufficientDataActions ?? [],
    ...(request.AlarmDescription === undefined ? {} : { AlarmDescription: request.AlarmDescription }),
  };
}

const isTreatment = (text: string): text is TreatMissingData =>
  ['missing', 'breaching', 'notBreaching', 'ignore'].includes(text);

const missing = (parameter: string): ApiError =>
  new ApiError('MissingParameter', 400, `The parameter ${parameter} is required.`);

const invalid = (message: string): ApiError => new ApiError('InvalidParameterValue', 400, message);

/** `1440` as `1,440`. */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
