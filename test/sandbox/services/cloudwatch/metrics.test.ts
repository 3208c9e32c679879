/** CloudWatch's metrics and alarms: Lambda's own from a real run, custom ones, statistics, and alarms over time. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createAccount, type Account } from '../../../../sandbox/account.ts';
import { defaultFacts } from '../../../../sandbox/default-facts.ts';
import { VirtualClock } from '../../../../sandbox/kernel/clock.ts';
import { CloudWatch } from '../../../../sandbox/services/cloudwatch/cloudwatch.ts';
import { LambdaMetrics } from '../../../../sandbox/services/cloudwatch/lambda-metrics.ts';
import { MetricStore } from '../../../../sandbox/services/cloudwatch/metric-store.ts';
import { statisticOf } from '../../../../sandbox/services/cloudwatch/statistics.ts';

const start = Date.parse('2026-01-05T09:00:00Z');
const minute = 60_000;

let account: Account | undefined;
afterEach(() => account?.dispose());

function watch(clock = new VirtualClock(start)) {
  const store = new MetricStore();
  const changes: string[] = [];
  const cloudwatch = new CloudWatch({
    clock,
    store,
    facts: defaultFacts,
    watch: () => undefined,
    location: { region: 'us-east-1', accountId: '123456789012' },
    alarmChanged: ({ AlarmName }, before, { state, since }) =>
      changes.push(`${new Date(since).toISOString().slice(11, 16)} ${AlarmName}: ${before} -> ${state}`),
  });
  return { clock, store, cloudwatch, changes };
}

describe("Lambda's metrics", () => {
  it('count invocations and errors in the minute in which they began, and durations with percentiles', async () => {
    account = await createAccount();
    const source = `export const handler = async ({ fail, ms }) => {
      await new Promise((done) => setTimeout(done, ms));
      if (fail) throw new Error('no');
    };`;
    const Code = { Files: { 'index.mjs': source } };
    await account.lambda.createFunction({ FunctionName: 'pay', Runtime: 'nodejs24.x', Handler: 'index.handler', Code });
    const invoke = (event: object) => account?.lambda.invoke({ FunctionName: 'pay', Payload: JSON.stringify(event) });
    await invoke({ ms: 100 });
    await invoke({ ms: 200, fail: true });
    account.clock.advance({ minutes: 2 });
    await Promise.all([invoke({ ms: 500 }), invoke({ ms: 500 }), invoke({ ms: 500 })]);
    const { cloudwatch, store } = watch(account.clock);
    const metrics = new LambdaMetrics(store);
    for (const event of account.trace) metrics.read(event);

    const sums = (MetricName: string, Statistics: string[]) =>
      cloudwatch
        .getMetricStatistics({
          Namespace: 'AWS/Lambda',
          MetricName,
          Dimensions: [{ Name: 'FunctionName', Value: 'pay' }],
          StartTime: new Date(start),
          EndTime: new Date(start + 5 * minute),
          Period: 60,
          Statistics,
        })
        .Datapoints.map((point) => Statistics.map((statistic) => point[statistic]));
    expect(sums('Invocations', ['Sum'])).toEqual([[2], [3]]);
    expect(sums('Errors', ['Sum', 'SampleCount'])).toEqual([
      [1, 2],
      [0, 3],
    ]);
    expect(sums('ConcurrentExecutions', ['Maximum'])).toEqual([[1], [3]]);
    expect(cloudwatch.listMetrics({ MetricName: 'Duration' }).Metrics.map(({ Dimensions }) => Dimensions)).toEqual([
      [],
      [{ Name: 'FunctionName', Value: 'pay' }],
      [
        { Name: 'FunctionName', Value: 'pay' },
        { Name: 'Resource', Value: 'pay' },
      ],
    ]);
  });

  it('go on in every minute that a request is in flight', () => {
    const { cloudwatch, store, clock } = watch();
    const metric = { namespace: 'AWS/Lambda', name: 'ConcurrentExecutions', dimensions: {} };
    store.set(metric, 'Count', start + 1000, 1);
    clock.advance({ minutes: 3, seconds: 30 });
    store.set(metric, 'Count', clock.now, 0);
    clock.advance({ minutes: 5 });
    const { Datapoints } = cloudwatch.getMetricStatistics({
      Namespace: 'AWS/Lambda',
      MetricName: 'ConcurrentExecutions',
      StartTime: '2026-01-05T09:00:00Z',
      EndTime: '2026-01-05T09:10:00Z',
      Period: 60,
      Statistics: ['Maximum', 'Minimum'],
    });
    expect(Datapoints.map(({ Maximum, Minimum }) => [Maximum, Minimum])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 0],
    ]);
  });
});

describe('statistics', () => {
  const of = (...values: number[]) => new Map(values.map((value) => [value, 1]));

  it.each([
    ['SampleCount', 4],
    ['Sum', 100],
    ['Average', 25],
    ['Minimum', 10],
    ['Maximum', 40],
    ['p0', 10],
    ['p50', 20],
    ['p75', 30],
    ['p99', 40],
  ] as const)('%s of 10, 20, 30, 40 is %d', (statistic, value) => {
    expect(statisticOf(statistic, of(10, 20, 30, 40))).toBe(value);
  });

  it('a percentile is one of the values, and higher percentiles are not lower', () => {
    const counts = fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 50 })), { minLength: 1 });
    fc.assert(
      fc.property(counts, fc.nat(100), fc.nat(100), (pairs, a, b) => {
        const values = new Map(pairs);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const lower = statisticOf(`p${low}`, values);
        const higher = statisticOf(`p${high}`, values);
        return lower !== undefined && higher !== undefined && values.has(lower) && lower <= higher;
      }),
    );
  });

  it('of two halves together is that of the whole', () => {
    const values = fc.array(fc.tuple(fc.nat(120 * minute), fc.integer({ min: -50, max: 50 })));
    fc.assert(
      fc.property(values, (points) => {
        const { store } = watch();
        const metric = { namespace: 'Shop', name: 'Orders', dimensions: {} };
        for (const [time, value] of points) store.add(metric, 'Count', start + time, value);
        const sum = (periodMs: number) =>
          store
            .periods(metric, { start, end: start + 180 * minute, periodMs, now: start })
            .reduce((total, { counts }) => total + (statisticOf('Sum', counts) ?? 0), 0);
        return sum(minute) === sum(60 * minute);
      }),
    );
  });
});

describe('custom metrics', () => {
  it('are put with values and counts, and found by their dimensions in any order', () => {
    const { cloudwatch } = watch();
    const Dimensions = [
      { Name: 'Shop', Value: 'north' },
      { Name: 'Stage', Value: 'live' },
    ];
    cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Basket', Unit: 'Count', Values: [1, 5], Counts: [3, 1], Dimensions }],
    });
    const { Datapoints } = cloudwatch.getMetricStatistics({
      Namespace: 'Shop',
      MetricName: 'Basket',
      Dimensions: [...Dimensions].reverse(),
      StartTime: new Date(start),
      EndTime: new Date(start + minute),
      Period: 60,
      Statistics: ['Sum', 'SampleCount'],
      ExtendedStatistics: ['p90'],
    });
    expect(Datapoints).toEqual([
      { Timestamp: new Date(start), Unit: 'Count', Sum: 8, SampleCount: 4, ExtendedStatistics: { p90: 5 } },
    ]);
  });

  it.each([
    [{ Namespace: 'AWS/Lambda' }, 'The value AWS/ for parameter Namespace is invalid.'],
    [{}, 'The parameter Namespace is required.'],
    [
      { Namespace: 'Shop', MetricData: [{ MetricName: 'Basket' }] },
      'At least one of the parameters must be specified: Value, Values or StatisticValues.',
    ],
  ])('%j is refused: %s', (request, message) => {
    expect(() => watch().cloudwatch.putMetricData(request)).toThrow(message);
  });
});

describe('an alarm', () => {
  const errors = {
    AlarmName: 'errors',
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
  };

  it('rings at the end of the minute with the error, and again is OK', () => {
    const { clock, cloudwatch, changes } = watch();
    cloudwatch.putMetricAlarm({ ...errors, TreatMissingData: 'notBreaching' });
    clock.advance({ minutes: 2, seconds: 20 });
    cloudwatch.putMetricData({ Namespace: 'Shop', MetricData: [{ MetricName: 'Errors', Value: 1 }] });
    clock.advance({ seconds: 30 });
    expect(changes).toEqual(['09:01 errors: INSUFFICIENT_DATA -> OK']);
    clock.advance({ minutes: 3 });
    expect(changes).toEqual([
      '09:01 errors: INSUFFICIENT_DATA -> OK',
      '09:03 errors: OK -> ALARM',
      '09:04 errors: ALARM -> OK',
    ]);
  });

  it('says why in CloudWatch’s words', () => {
    const { clock, cloudwatch } = watch();
    cloudwatch.putMetricAlarm(errors);
    cloudwatch.putMetricData({ Namespace: 'Shop', MetricData: [{ MetricName: 'Errors', Value: 3 }] });
    clock.advance({ minutes: 1, seconds: 1 });
    const [alarm] = cloudwatch.describeAlarms().MetricAlarms;
    expect(alarm?.StateValue).toBe('ALARM');
    expect(alarm?.StateReason).toBe(
      'Threshold Crossed: 1 out of the last 1 datapoints [3.0 (05/01/26 09:00:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
    );
  });

  it('with two of three periods wants two that breach', () => {
    const { clock, cloudwatch, changes } = watch();
    cloudwatch.putMetricAlarm({
      ...errors,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      TreatMissingData: 'notBreaching',
    });
    for (const value of [1, 0, 1, 0, 0]) {
      cloudwatch.putMetricData({ Namespace: 'Shop', MetricData: [{ MetricName: 'Errors', Value: value }] });
      clock.advance({ minutes: 1 });
    }
    expect(changes).toEqual([
      '09:01 errors: INSUFFICIENT_DATA -> OK',
      '09:03 errors: OK -> ALARM',
      '09:04 errors: ALARM -> OK',
    ]);
  });

  it.each([
    ['missing', ['09:01 errors: INSUFFICIENT_DATA -> ALARM', '09:02 errors: ALARM -> INSUFFICIENT_DATA']],
    ['breaching', ['09:01 errors: INSUFFICIENT_DATA -> ALARM']],
    ['notBreaching', ['09:01 errors: INSUFFICIENT_DATA -> ALARM', '09:02 errors: ALARM -> OK']],
    ['ignore', ['09:01 errors: INSUFFICIENT_DATA -> ALARM']],
  ])('takes a minute without data as %s', (TreatMissingData, expected) => {
    const { clock, cloudwatch, changes } = watch();
    cloudwatch.putMetricAlarm({ ...errors, TreatMissingData });
    cloudwatch.putMetricData({ Namespace: 'Shop', MetricData: [{ MetricName: 'Errors', Value: 1 }] });
    clock.advance({ minutes: 4 });
    expect(changes).toEqual(expected);
  });

  it('that is deleted rings no more', () => {
    const { clock, cloudwatch, changes } = watch();
    cloudwatch.putMetricAlarm({ ...errors, TreatMissingData: 'breaching' });
    cloudwatch.deleteAlarms({ AlarmNames: ['errors'] });
    clock.advance({ minutes: 5 });
    expect(changes).toEqual([]);
    expect(() => cloudwatch.deleteAlarms({ AlarmNames: ['errors'] })).toThrow('Unknown alarm: errors');
  });
});
