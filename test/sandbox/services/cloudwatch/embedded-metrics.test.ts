/** Metrics in log lines: what functions print in the embedded metric format becomes metrics, and nothing else does. */
import { afterEach, describe, expect, test } from 'vitest';
import { createAccount, type Account } from '../../../../sandbox/account.ts';

let account: Account;
afterEach(() => account.dispose());

const nine = Date.parse('2026-01-05T09:00:00Z');

/** An account in which a function has logged each of these, and what CloudWatch has of the metrics then. */
async function logging(lines: readonly unknown[], LogFormat: 'Text' | 'JSON' = 'Text', write = 'console.log') {
  account = await createAccount({ startTime: '2026-01-05T09:00:00Z' });
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await account.lambda.createFunction({
    FunctionName: 'checkout',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    LoggingConfig: { LogFormat },
    Code: {
      Files: {
        'index.mjs': `export const handler = async () => { for (const line of ${JSON.stringify(texts)}) ${write}(line); };`,
      },
    },
  });
  await account.lambda.invoke({ FunctionName: 'checkout' });
  account.clock.advance({ minutes: 1 });
  const { Metrics } = await account.cloudwatch.listMetrics({ Namespace: 'Shop' });
  return Metrics;
}

const embedded = (changes: object = {}, directive: object = {}) => ({
  _aws: {
    Timestamp: nine + 1500,
    CloudWatchMetrics: [
      { Namespace: 'Shop', Dimensions: [['service']], Metrics: [{ Name: 'Declined', Unit: 'Count' }], ...directive },
    ],
  },
  service: 'checkout',
  Declined: 3,
  ...changes,
});

const statistics = async (name: string, Dimensions: { Name: string; Value: string }[]) =>
  (
    await account.cloudwatch.getMetricStatistics({
      Namespace: 'Shop',
      MetricName: name,
      Dimensions,
      StartTime: new Date(nine),
      EndTime: new Date(nine + 60_000),
      Period: 60,
      Statistics: ['Sum', 'SampleCount', 'Maximum'],
    })
  ).Datapoints;

const service = [{ Name: 'service', Value: 'checkout' }];

describe('a line in the format', () => {
  test('is a metric with its dimensions, unit and time', async () => {
    expect(await logging([embedded(), embedded({ Declined: 4 })])).toEqual([
      { Namespace: 'Shop', MetricName: 'Declined', Dimensions: service },
    ]);
    expect(await statistics('Declined', service)).toEqual([
      { Timestamp: new Date(nine), Unit: 'Count', Sum: 7, SampleCount: 2, Maximum: 4 },
    ]);
  });

  test('may have several metrics, several values, several sets of dimensions and none', async () => {
    const line = embedded(
      { Latency: [10, 30, 20], region: 'eu' },
      {
        Dimensions: [['service', 'region'], []],
        Metrics: [{ Name: 'Declined' }, { Name: 'Latency', Unit: 'Milliseconds', StorageResolution: 60 }],
      },
    );
    expect(await logging([line])).toHaveLength(4);
    expect(await statistics('Latency', [])).toMatchObject([{ Unit: 'Milliseconds', Sum: 60, SampleCount: 3 }]);
    const both = [...service, { Name: 'region', Value: 'eu' }];
    expect(await statistics('Declined', both)).toMatchObject([{ Unit: 'None', Sum: 3 }]);
  });

  test('that is written past console.log is one in both log formats; console.log in JSON hides it in a message', async () => {
    const write = "((line) => process.stdout.write(line + '\\n'))";
    expect(await logging([embedded()], 'JSON', write)).toHaveLength(1);
    account.dispose();
    expect(await logging([embedded()], 'JSON')).toEqual([]);
  });

  test('rings an alarm', async () => {
    account = await createAccount({ startTime: '2026-01-05T09:00:00Z' });
    await account.cloudwatch.putMetricAlarm({
      AlarmName: 'declined',
      Namespace: 'Shop',
      MetricName: 'Declined',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    const line =
      "JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Declined' }] }] }, Declined: 1 })";
    await account.lambda.createFunction({
      FunctionName: 'checkout',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { Files: { 'index.mjs': `export const handler = async () => console.log(${line});` } },
    });
    await account.lambda.invoke({ FunctionName: 'checkout' });
    account.clock.advance({ minutes: 2 });
    const changes = account.trace.flatMap((event) => (event.type === 'alarmStateChanged' ? [event.after] : []));
    expect(changes).toEqual(['ALARM', 'INSUFFICIENT_DATA']);
  });
});

describe('what is not in the format is a line like others', () => {
  test.each([
    ['text before it', `note ${JSON.stringify(embedded())}`],
    ['text after it', `${JSON.stringify(embedded())} note`],
    ['no JSON', '{"_aws": {"CloudWatchMetrics": ['],
    ['a list', [embedded()]],
    ['no _aws', { CloudWatchMetrics: [{}] }],
    ['no timestamp', { ...embedded(), _aws: { CloudWatchMetrics: embedded()._aws.CloudWatchMetrics } }],
    ['a timestamp that is text', { ...embedded(), _aws: { ...embedded()._aws, Timestamp: '2026-01-05' } }],
    ['directives that are no list', { _aws: { Timestamp: nine, CloudWatchMetrics: {} } }],
    ['no namespace', embedded({}, { Namespace: '' })],
    ['dimensions that are no list of lists', embedded({}, { Dimensions: ['service'] })],
    ['no dimensions', embedded({}, { Dimensions: undefined })],
    ['a dimension that is not there', embedded({}, { Dimensions: [['nothing']] })],
    ['a dimension that is a number', embedded({ service: 7 })],
    ['31 dimensions', embedded({}, { Dimensions: [Array.from({ length: 31 }, () => 'service')] })],
    ['a value that is text', embedded({ Declined: '3' })],
    ['a value that is not there', embedded({ Declined: undefined })],
    ['101 values', embedded({ Declined: Array.from({ length: 101 }, () => 1) })],
    ['101 metrics', embedded({}, { Metrics: Array.from({ length: 101 }, () => ({ Name: 'Declined' })) })],
    ['metrics that are no list', embedded({}, { Metrics: { Name: 'Declined' } })],
    ['a unit that is a number', embedded({}, { Metrics: [{ Name: 'Declined', Unit: 1 }] })],
  ])('%s', async (_what, line) => {
    expect(await logging([line])).toEqual([]);
    const { events } = await account.logs.filterLogEvents({ logGroupName: '/aws/lambda/checkout' });
    expect(events.some(({ message }) => /_aws|CloudWatchMetrics/.test(message))).toBe(true);
  });
});
