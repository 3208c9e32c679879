/** CloudWatch in a whole account: an alarm on a function's errors calls another function, and logs can be searched. */
import { afterEach, describe, expect, it } from 'vitest';
import { createAccount, type Account } from '../../../../sandbox/account.ts';

let account: Account;
afterEach(() => account.dispose());

const failing = `export const handler = async () => { throw new Error('no money'); };`;
const bell = `export const handler = async (event) => console.log(event.alarmData.alarmName, event.alarmData.state.value);`;

async function deploy(name: string, source: string): Promise<string> {
  const { FunctionArn } = await account.lambda.createFunction({
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': source } },
  });
  return FunctionArn;
}

async function shop(): Promise<void> {
  account = await createAccount();
  await deploy('pay', failing);
  const bellArn = await deploy('bell', bell);
  await account.lambda.addPermission({
    FunctionName: 'bell',
    StatementId: 'alarms',
    Action: 'lambda:InvokeFunction',
    Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
  });
  await account.cloudwatch.putMetricAlarm({
    AlarmName: 'payments-fail',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'pay' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [bellArn],
  });
}

describe('an alarm on the errors of a function', () => {
  it('calls a function in the minute after the error', async () => {
    await shop();
    account.clock.advance({ minutes: 5 });
    await account.lambda.invoke({ FunctionName: 'pay' });
    account.clock.advance({ minutes: 3 });
    const changes = account.trace.flatMap((event) =>
      event.type === 'alarmStateChanged' ? [`${event.before} -> ${event.after}`] : [],
    );
    expect(changes).toEqual(['INSUFFICIENT_DATA -> OK', 'OK -> ALARM', 'ALARM -> OK']);
    const { events } = await account.logs.filterLogEvents({
      logGroupName: '/aws/lambda/bell',
      filterPattern: '"payments-fail"',
    });
    expect(events.map(({ message }) => message.replace(/^.*INFO\t/, '').trim())).toEqual(['payments-fail ALARM']);
  });

  it('that may not invoke its function says so in the trace', async () => {
    await shop();
    await account.lambda.removePermission({ FunctionName: 'bell', StatementId: 'alarms' });
    await account.lambda.invoke({ FunctionName: 'pay' });
    account.clock.advance({ minutes: 2 });
    const taken = account.trace.flatMap((event) => (event.type === 'alarmActionTaken' ? [event.errorName] : []));
    expect(taken).toEqual(['AccessDeniedException']);
  });
});

describe('metrics of an account', () => {
  it('are the same whether they were asked for before the run or after it', async () => {
    const invocations = async (askFirst: boolean): Promise<unknown> => {
      account = await createAccount();
      if (askFirst) await account.cloudwatch.listMetrics({});
      await deploy('pay', failing);
      for (let minute = 0; minute < 3; minute += 1) {
        await Promise.all([
          account.lambda.invoke({ FunctionName: 'pay' }),
          account.lambda.invoke({ FunctionName: 'pay' }),
        ]);
        account.clock.advance({ minutes: 1 });
      }
      const { MetricDataResults } = await account.cloudwatch.getMetricData({
        StartTime: '2026-01-05T09:00:00Z',
        EndTime: '2026-01-05T10:00:00Z',
        ScanBy: 'TimestampAscending',
        MetricDataQueries: ['Invocations', 'Errors', 'Throttles'].map((MetricName) => ({
          Id: MetricName.toLowerCase(),
          MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [] }, Period: 60, Stat: 'Sum' },
        })),
      });
      account.dispose();
      return MetricDataResults.map(({ Id, Values }) => [Id, Values]);
    };
    const after = await invocations(false);
    expect(after).toEqual([
      ['invocations', [2, 2, 2]],
      ['errors', [2, 2, 2]],
      ['throttles', []],
    ]);
    expect(await invocations(true)).toEqual(after);
  });
});
