/** The metrics of a function as charts: the whole time that it has been used, in periods that fit. */
import type { Account } from '../../account.ts';
import type { LabQuestion, MetricSeries, MetricsView } from '../lab.types.ts';
import { read } from './read.ts';

const namespace = 'AWS/Lambda';

/** Periods that are offered, in ms. */
const periods = [60_000, 300_000, 900_000, 3_600_000, 6 * 3_600_000, 86_400_000];

/** A chart has no room for more. */
const mostPeriods = 120;

const charts = [
  { label: 'Invocations', metric: 'Invocations', stat: 'Sum', unit: '' },
  { label: 'Errors', metric: 'Errors', stat: 'Sum', unit: '' },
  { label: 'Throttles', metric: 'Throttles', stat: 'Sum', unit: '' },
  { label: 'Duration p50', metric: 'Duration', stat: 'p50', unit: 'ms' },
  { label: 'Duration p99', metric: 'Duration', stat: 'p99', unit: 'ms' },
  { label: 'Concurrent executions', metric: 'ConcurrentExecutions', stat: 'Maximum', unit: '' },
  { label: 'Age of asynchronous events', metric: 'AsyncEventAge', stat: 'Maximum', unit: 'ms' },
  { label: 'Requests past provisioned', metric: 'ProvisionedConcurrencySpilloverInvocations', stat: 'Sum', unit: '' },
  { label: 'Iterator age', metric: 'IteratorAge', stat: 'Maximum', unit: 'ms' },
] as const;

/** Charts of metrics that functions make themselves, at most. */
const mostOwn = 12;

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export function metricsView(
  account: Account,
  { functionName, qualifier }: Extract<LabQuestion, { about: 'metrics' }>,
): MetricsView {
  const ofFunction: Dimension[] = [{ Name: 'FunctionName', Value: functionName }];
  const Dimensions =
    qualifier === undefined ? ofFunction : [...ofFunction, { Name: 'Resource', Value: `${functionName}:${qualifier}` }];
  const now = account.clock.now;
  const coarse = ask(account, { metric: 'Invocations', Dimensions, stat: 'Sum' }, 0, now + 1, 86_400_000);
  const throttles = ask(account, { metric: 'Throttles', Dimensions, stat: 'Sum' }, 0, now + 1, 86_400_000);
  const first = Math.min(coarse[0]?.[0] ?? Infinity, throttles[0]?.[0] ?? Infinity);
  if (first === Infinity) return { period: 60_000, from: now, to: now, series: [], versions: [] };
  const byHour = ask(account, { metric: 'Invocations', Dimensions, stat: 'Sum' }, first, now + 1, 60_000);
  const from = Math.min(byHour[0]?.[0] ?? first, now);
  const period = periods.find((each) => (now - from) / each <= mostPeriods) ?? 86_400_000;
  const series = charts.flatMap(({ label, metric, stat, unit }): MetricSeries[] => {
    const points = ask(account, { metric, Dimensions, stat }, from, now + 1, period);
    return points.length === 0 ? [] : [{ label, unit, points }];
  });
  if (qualifier === undefined) series.push(...ownSeries(account, from, now, period));
  return {
    period,
    from: Math.floor(from / period) * period,
    to: now,
    series,
    versions: versionsOf(account, Dimensions),
  };
}

/** Metrics that functions put or print: of the whole account, since nothing says whose they are. */
function ownSeries(account: Account, from: number, now: number, period: number): readonly MetricSeries[] {
  const { Metrics } = read<{ Metrics: { Namespace: string; MetricName: string; Dimensions: Dimension[] }[] }>(
    account,
    'cloudwatch',
    'ListMetrics',
  );
  return Metrics.filter(({ Namespace }) => !Namespace.startsWith('AWS/'))
    .slice(0, mostOwn)
    .flatMap(({ Namespace, MetricName: metric, Dimensions }): MetricSeries[] => {
      const points = ask(account, { Namespace, metric, Dimensions, stat: 'Sum' }, from, now + 1, period);
      const of = Dimensions.map(({ Name, Value }) => `${Name} ${Value}`).join(', ');
      const label = `${Namespace}: ${metric}${of === '' ? '' : ` (${of})`}`;
      return points.length === 0 ? [] : [{ label, unit: '', points }];
    });
}

/** Invocations and errors of the versions behind an alias. */
function versionsOf(account: Account, Dimensions: readonly Dimension[]): MetricsView['versions'] {
  const { Metrics } = read<{ Metrics: { Dimensions: Dimension[] }[] }>(account, 'cloudwatch', 'ListMetrics', {
    Namespace: namespace,
    MetricName: 'Invocations',
    Dimensions,
  });
  const found = Metrics.flatMap(({ Dimensions: all }) => {
    const version = all.find(({ Name }) => Name === 'ExecutedVersion')?.Value;
    return version === undefined ? [] : [{ version, all }];
  });
  const total = (metric: string, all: readonly Dimension[]): number =>
    ask(account, { metric, Dimensions: all, stat: 'Sum' }, 0, account.clock.now + 1, 86_400_000).reduce(
      (sum, [, value]) => sum + value,
      0,
    );
  const sums = new Map<string, { invocations: number; errors: number }>();
  for (const { version, all } of found) {
    const before = sums.get(version) ?? { invocations: 0, errors: 0 };
    sums.set(version, {
      invocations: before.invocations + total('Invocations', all),
      errors: before.errors + total('Errors', all),
    });
  }
  return [...sums].sort(([a], [b]) => Number(a) - Number(b)).map(([version, counts]) => ({ version, ...counts }));
}

function ask(
  account: Account,
  {
    Namespace = namespace,
    metric,
    Dimensions,
    stat,
  }: { Namespace?: string; metric: string; Dimensions: readonly Dimension[]; stat: string },
  from: number,
  to: number,
  period: number,
): readonly (readonly [number, number])[] {
  const { MetricDataResults } = read<{ MetricDataResults: { Timestamps: Date[]; Values: number[] }[] }>(
    account,
    'cloudwatch',
    'GetMetricData',
    {
      StartTime: new Date(from),
      EndTime: new Date(to),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: { Namespace, MetricName: metric, Dimensions },
            Period: period / 1000,
            Stat: stat,
          },
        },
      ],
    },
  );
  const [result] = MetricDataResults;
  return (result?.Timestamps ?? []).map((time, index) => [time.getTime(), result?.Values[index] ?? 0] as const);
}
