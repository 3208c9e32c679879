/** Metrics of provisioned concurrency, of streams and of HTTP front doors, as CloudWatch answers for them. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { beginHttp, functionArn, permit } from '../http/http-story.ts';
import { begin } from '../../lambda/story.ts';

type Statistic = 'Sum' | 'Maximum' | 'Average' | 'SampleCount';

/** One statistic of a metric over the first hour. */
async function statistic(
  account: Account,
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  wanted: Statistic,
): Promise<unknown> {
  const start = Date.parse('2026-01-05T09:00:00Z');
  const { Datapoints } = await account.cloudwatch.getMetricStatistics({
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    StartTime: new Date(start),
    EndTime: new Date(start + 3_600_000),
    Period: 3600,
    Statistics: [wanted],
  });
  return Datapoints[0]?.[wanted];
}

test('requests beyond provisioned concurrency spill over, and its use is a share of what is ready', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1000, respond: '1' }) }, { Publish: true });
  const { lambda } = account;
  await lambda.putProvisionedConcurrencyConfig({
    FunctionName: 'hello',
    Qualifier: '1',
    ProvisionedConcurrentExecutions: 4,
  });
  account.clock.advance({ minutes: 5 });
  const invoke = (count: number) =>
    Promise.all(Array.from({ length: count }, () => lambda.invoke({ FunctionName: 'hello', Qualifier: '1' })));
  await invoke(2);
  const ofVersion = { FunctionName: 'hello', Resource: 'hello:1' };
  const read = (name: string, wanted: Statistic) => statistic(account, 'AWS/Lambda', name, ofVersion, wanted);
  expect(await read('ProvisionedConcurrencyUtilization', 'Maximum')).toBe(0.5);
  expect(await read('ProvisionedConcurrencySpilloverInvocations', 'Sum')).toBeUndefined();
  await invoke(6);
  expect(await read('ProvisionedConcurrentExecutions', 'Maximum')).toBe(4);
  expect(await read('ProvisionedConcurrencyUtilization', 'Maximum')).toBe(1);
  expect(await read('ProvisionedConcurrencyInvocations', 'Sum')).toBe(6);
  expect(await read('ProvisionedConcurrencySpilloverInvocations', 'Sum')).toBe(2);
});

test('a stream’s iterator age is the age of the last record of each batch', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1000, respond: '{}' }) });
  await account.kinesis.createStream({ StreamName: 'clicks', ShardCount: 1 });
  account.clock.advance({ minutes: 1 });
  const { Configuration } = await account.lambda.getFunction({ FunctionName: 'hello' });
  await account.iam.putRolePolicy({
    RoleName: Configuration.Role.slice(Configuration.Role.lastIndexOf('/') + 1),
    PolicyName: 'stream',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }],
    }),
  });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'hello',
    EventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
    StartingPosition: 'LATEST',
    BatchSize: 1,
  });
  account.clock.advance({ minutes: 2 });
  for (const Data of ['a', 'b', 'c']) {
    await account.kinesis.putRecord({ StreamName: 'clicks', PartitionKey: 'k', Data: new TextEncoder().encode(Data) });
  }
  account.clock.advance({ minutes: 1 });
  const age = (wanted: Statistic) => statistic(account, 'AWS/Lambda', 'IteratorAge', { FunctionName: 'hello' }, wanted);
  expect(await age('SampleCount')).toBe(3);
  // The third record waits for two batches of a second each.
  expect(await age('Maximum')).toBeGreaterThan(2000);
});

test('an API counts requests and errors, and what it adds to its integration', async () => {
  const { account } = await beginHttp((event: Record<string, unknown>) =>
    String(event['rawPath']).includes('bad') ? { respond: '{"statusCode":true}' } : { ms: 500, respond: '"ok"' },
  );
  const { ApiId, ApiEndpoint } = await account.apiGatewayV2.createApi({
    Name: 'shop',
    ProtocolType: 'HTTP',
    Target: functionArn,
  });
  await permit(account, 'apigateway.amazonaws.com');
  await account.http.request({ url: `${ApiEndpoint}/warm` });
  await account.http.request({ url: `${ApiEndpoint}/ok` });
  await account.http.request({ url: `${ApiEndpoint}/bad` });
  await account.http.request({ url: `${ApiEndpoint}/bad` });
  const read = (name: string, wanted: Statistic) =>
    statistic(account, 'AWS/ApiGateway', name, { ApiId, Stage: '$default' }, wanted);
  expect(await read('Count', 'Sum')).toBe(4);
  expect(await read('5xx', 'Average')).toBe(0.5);
  expect(await read('4xx', 'Sum')).toBe(0);
  const added = Number(await read('Latency', 'Average')) - Number(await read('IntegrationLatency', 'Average'));
  expect(added).toBeGreaterThan(3);
  expect(added).toBeLessThan(20);
});

test('function URLs and load balancers have metrics of their own', async () => {
  const { account } = await beginHttp();
  const { FunctionUrl: url } = await account.lambda.createFunctionUrlConfig({
    FunctionName: 'hello',
    AuthType: 'AWS_IAM',
  });
  await account.http.request({ url });
  await account.http.request({ url, signed: true });
  const ofUrl = (name: string) => statistic(account, 'AWS/Lambda', name, { FunctionName: 'hello' }, 'Sum');
  expect(await ofUrl('UrlRequestCount')).toBe(2);
  expect(await ofUrl('Url4xxCount')).toBe(1);
  expect(await ofUrl('Url5xxCount')).toBe(0);

  const { elasticLoadBalancingV2: elb } = account;
  const [group] = (await elb.createTargetGroup({ Name: 'hello', TargetType: 'lambda' })).TargetGroups;
  const [balancer] = (await elb.createLoadBalancer({ Name: 'shop' })).LoadBalancers;
  const { TargetGroupArn = '' } = group ?? {};
  const { LoadBalancerArn = '', DNSName = '' } = balancer ?? {};
  await permit(account, 'elasticloadbalancing.amazonaws.com');
  await elb.createListener({
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  await account.http.request({ url: `http://${DNSName}` });
  await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: functionArn }] });
  await account.http.request({ url: `http://${DNSName}` });
  const LoadBalancer = LoadBalancerArn.split(':loadbalancer/')[1] ?? '';
  const ofBalancer = (name: string) => statistic(account, 'AWS/ApplicationELB', name, { LoadBalancer }, 'Sum');
  expect(await ofBalancer('RequestCount')).toBe(2);
  expect(await ofBalancer('HTTPCode_ELB_5XX_Count')).toBe(1);
  expect(await ofBalancer('HTTPCode_Target_2XX_Count')).toBe(1);
});
