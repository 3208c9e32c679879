import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const cloudwatch = new CloudWatchClient({});
// One attempt: whoever is throttled does not come again.
const lambda = new LambdaClient({ maxAttempts: 1 });

const order = (number) =>
  lambda
    .send(new InvokeCommand({ FunctionName: 'shop', Payload: JSON.stringify({ number }) }))
    .catch((error) => console.warn(`order ${number}: ${error.name}`));

async function today(MetricName, statistics) {
  const { Datapoints } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName,
      Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 86_400,
      ...statistics,
    }),
  );
  return Datapoints.at(-1);
}

const sum = async (name) => (await today(name, { Statistics: ['Sum'] })).Sum;

export const handler = async ({ orders }) => {
  await Promise.all(Array.from({ length: orders }, (_, index) => order(index + 1)));

  const { Average, Maximum, ExtendedStatistics } = await today('Duration', {
    Statistics: ['Average', 'Maximum'],
    ExtendedStatistics: ['p50'],
  });
  return {
    Invocations: await sum('Invocations'),
    Errors: await sum('Errors'),
    Throttles: await sum('Throttles'),
    Duration: { p50: Math.round(ExtendedStatistics.p50), Average: Math.round(Average), Maximum: Math.round(Maximum) },
  };
};
