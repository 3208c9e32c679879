/** CloudWatch alarms: a metric's statistic against a threshold, evaluated at the end of every period. */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { MetricName } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import { statisticOf, type Statistic } from './statistics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type ComparisonOperator =
  'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';

export type TreatMissingData = 'missing' | 'breaching' | 'notBreaching' | 'ignore';

export interface AlarmDefinition {
  readonly AlarmName: string;
  readonly metric: MetricName;
  readonly Statistic: Statistic;
  /** Seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Threshold: number;
  readonly ComparisonOperator: ComparisonOperator;
  readonly TreatMissingData: TreatMissingData;
  readonly ActionsEnabled: boolean;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
  readonly AlarmDescription?: string;
}

export interface AlarmStatus {
  readonly state: AlarmState;
  readonly reason: string;
  /** Virtual ms since the epoch. */
  readonly since: number;
}

export interface AlarmsHost {
  readonly clock: Clock;
  readonly store: MetricStore;
  /** The alarm's state is another one now. */
  readonly changed: (alarm: AlarmDefinition, before: AlarmState, after: AlarmStatus) => void;
}

/** Extra time after a period before it is evaluated, so that what ends with it is counted. */
const settlingMs = 1;

interface Kept {
  readonly definition: AlarmDefinition;
  status: AlarmStatus;
  cancel: Cancel;
}

export class Alarms {
  readonly #host: AlarmsHost;
  readonly #alarms = new Map<string, Kept>();

  constructor(host: AlarmsHost) {
    this.#host = host;
  }

  /** Creates an alarm, or puts another definition in its place; its state stays until the next evaluation. */
  put(definition: AlarmDefinition): void {
    const before = this.#alarms.get(definition.AlarmName);
    before?.cancel();
    const status = before?.status ?? {
      state: 'INSUFFICIENT_DATA' as const,
      reason: 'Unchecked: Initial alarm creation',
      since: this.#host.clock.now,
    };
    const kept: Kept = { definition, status, cancel: () => undefined };
    this.#alarms.set(definition.AlarmName, kept);
    this.#scheduleNext(kept);
  }

  delete(name: string): boolean {
    const kept = this.#alarms.get(name);
    kept?.cancel();
    return this.#alarms.delete(name);
  }

  get(name: string): { readonly definition: AlarmDefinition; readonly status: AlarmStatus } | undefined {
    return this.#alarms.get(name);
  }

  list(): readonly { readonly definition: AlarmDefinition; readonly status: AlarmStatus }[] {
    return [...this.#alarms.values()];
  }

  /** Sets a state by hand, as SetAlarmState does; the next evaluation corrects it. */
  setState(name: string, state: AlarmState, reason: string): boolean {
    const kept = this.#alarms.get(name);
    if (kept === undefined) return false;
    this.#enter(kept, state, reason);
    return true;
  }

  #scheduleNext(kept: Kept): void {
    const { clock } = this.#host;
    const periodMs = kept.definition.Period * 1000;
    const end = (Math.floor(clock.now / periodMs) + 1) * periodMs;
    kept.cancel = clock.schedule(end + settlingMs, () => {
      this.#evaluate(kept, end);
      this.#scheduleNext(kept);
    });
  }

  #evaluate(kept: Kept, end: number): void {
    const { definition } = kept;
    const { EvaluationPeriods: count, DatapointsToAlarm: wanted, TreatMissingData: missing } = definition;
    const points = this.#pointsOf(definition, end);
    const present = points.filter(({ value }) => value !== undefined);
    if (present.length === 0 && missing === 'missing') {
      this.#enter(
        kept,
        'INSUFFICIENT_DATA',
        `Insufficient Data: ${plural(count, 'datapoint was', 'datapoints were')} unknown.`,
      );
      return;
    }
    if (present.length === 0 && missing === 'ignore') return;
    const breaching = points.filter(({ value }) =>
      value === undefined ? missing === 'breaching' : isBreaching(definition, value),
    );
    const isAlarm = breaching.length >= wanted;
    const shown = isAlarm ? breaching : points.filter((point) => !breaching.includes(point));
    this.#enter(kept, isAlarm ? 'ALARM' : 'OK', crossing(definition, shown, isAlarm));
  }

  /** The statistic of each of the last periods, newest last. */
  #pointsOf({ metric, Statistic, Period, EvaluationPeriods }: AlarmDefinition, end: number): Point[] {
    const periodMs = Period * 1000;
    const start = end - EvaluationPeriods * periodMs;
    const periods = this.#host.store.periods(metric, { start, end, periodMs, now: end - 1 });
    return Array.from({ length: EvaluationPeriods }, (_, index) => {
      const time = start + index * periodMs;
      const found = periods.find((period) => period.start === time);
      return { time, value: found && statisticOf(Statistic, found.counts) };
    });
  }

  #enter(kept: Kept, state: AlarmState, reason: string): void {
    const before = kept.status.state;
    if (before === state) return;
    kept.status = { state, reason, since: this.#host.clock.now };
    this.#host.changed(kept.definition, before, kept.status);
  }
}

/** One period: its beginning, and the statistic unless there was no value. */
interface Point {
  readonly time: number;
  readonly value: number | undefined;
}

const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** The reason in CloudWatch's words. */
function crossing(definition: AlarmDefinition, points: readonly Point[], isAlarm: boolean): string {
  const {
    EvaluationPeriods: count,
    DatapointsToAlarm: wanted,
    Threshold,
    ComparisonOperator,
    TreatMissingData,
  } = definition;
  const present = points.filter(({ value }) => value !== undefined);
  if (present.length === 0) {
    const treated = TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    return (
      `Threshold Crossed: no datapoints were received for ${plural(count, 'period', 'periods')} and ` +
      `${plural(count, 'missing datapoint was', 'missing datapoints were')} treated as [${treated}].`
    );
  }
  const list = present.map(({ time, value }) => `${decimal(value ?? 0)} (${shortTime(time)})`).join(', ');
  const verb = present.length === 1 ? 'was' : 'were';
  const needed = isAlarm ? wanted : count - wanted + 1;
  const transition = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return (
    `Threshold Crossed: ${present.length} out of the last ${count} datapoints [${list}] ${verb}${isAlarm ? '' : ' not'} ` +
    `${comparisons[ComparisonOperator]} the threshold (${decimal(Threshold)}) ` +
    `(minimum ${plural(needed, 'datapoint', 'datapoints')} for ${transition} transition).`
  );
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** `5` as `5.0`, as CloudWatch writes numbers. */
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `05/01/26 09:00:00` */
function shortTime(time: number): string {
  const [, year = '', month = '', day = '', clock = ''] =
    /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(new Date(time).toISOString()) ?? [];
  return `${day}/${month}/${year} ${clock}`;
}

function isBreaching({ ComparisonOperator: operator, Threshold: threshold }: AlarmDefinition, value: number): boolean {
  switch (operator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}
