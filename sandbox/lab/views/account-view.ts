/** Everything that an account has, as a page lists it. */
import type { Account } from '../../account.ts';
import type { EventSourceMappingConfiguration } from '../../lambda/event-source-mappings/mapping.types.ts';
import type { Denials } from '../denials.ts';
import { jsonOf } from '../json-output.ts';
import type { AccountView, MappingView, QueueView, RuleView } from '../lab.types.ts';
import { functionViews } from './function-view.ts';
import { read, readIfThere } from './read.ts';

/** Where accounts are unless they are told otherwise; labs are told nothing. */
const region = 'us-east-1';

/** `denials` knows what roles were refused. */
export function accountView(account: Account, denials: Denials): AccountView {
  const { AccountLimit: limit } = read<{
    AccountLimit: { ConcurrentExecutions: number; UnreservedConcurrentExecutions: number };
  }>(account, 'lambda', 'GetAccountSettings');
  const inside = (service: string, name: string): number =>
    account.services.service(service)?.contents?.(name, 0)?.count ?? 0;
  const functions = functionViews(account, denials);
  return {
    functions,
    addresses: [
      ...functions.flatMap(({ name, url }) => (url === undefined ? [] : [{ name: `function URL of ${name}`, url }])),
      ...httpApis(account),
      ...restApis(account),
      ...loadBalancers(account),
    ],
    queues: queues(account),
    topics: topics(account),
    buckets: read<{ Buckets: { Name: string }[] }>(account, 's3', 'ListBuckets').Buckets.map(({ Name: name }) => ({
      name,
      objects: inside('s3', name),
    })),
    tables: read<{ TableNames: string[] }>(account, 'dynamodb', 'ListTables').TableNames.map((name) => {
      const { Table } = read<{ Table: { LatestStreamArn?: string } }>(account, 'dynamodb', 'DescribeTable', {
        TableName: name,
      });
      const streamArn = Table.LatestStreamArn;
      return { name, items: inside('dynamodb', name), ...(streamArn === undefined ? {} : { streamArn }) };
    }),
    streams: read<{ StreamSummaries: { StreamName: string; StreamARN: string }[] }>(
      account,
      'kinesis',
      'ListStreams',
    ).StreamSummaries.map(({ StreamName: name, StreamARN: arn }) => ({ name, arn, records: inside('kinesis', name) })),
    rules: [...rules(account), ...schedules(account)],
    mappings: mappings(account),
    logGroups: read<{ logGroups: { logGroupName: string }[] }>(
      account,
      'cloudwatch-logs',
      'DescribeLogGroups',
    ).logGroups.map(({ logGroupName }) => logGroupName),
    alarms: read<{ MetricAlarms: { AlarmName: string; StateValue: string; StateReason: string }[] }>(
      account,
      'cloudwatch',
      'DescribeAlarms',
    ).MetricAlarms.map(({ AlarmName: name, StateValue: state, StateReason: reason }) => ({ name, state, reason })),
    concurrency: { limit: limit.ConcurrentExecutions, unreserved: limit.UnreservedConcurrentExecutions },
    layers: layers(account),
    managedPolicies: managedPolicies(account),
  };
}

function queues(account: Account): readonly QueueView[] {
  const { QueueUrls: urls = [] } = read<{ QueueUrls?: string[] }>(account, 'sqs', 'ListQueues');
  return urls.map((url) => {
    const { Attributes: attributes } = read<{ Attributes: Record<string, string> }>(
      account,
      'sqs',
      'GetQueueAttributes',
      { QueueUrl: url, AttributeNames: ['All'] },
    );
    const count = (name: string): number => Number(attributes[name] ?? 0);
    const redrive = attributes['RedrivePolicy'];
    return {
      name: url.slice(url.lastIndexOf('/') + 1),
      url,
      arn: attributes['QueueArn'] ?? '',
      visible: count('ApproximateNumberOfMessages'),
      inFlight: count('ApproximateNumberOfMessagesNotVisible'),
      delayed: count('ApproximateNumberOfMessagesDelayed'),
      ...(redrive === undefined ? {} : readRedrive(redrive)),
    };
  });
}

function readRedrive(text: string): Pick<QueueView, 'deadLetterQueue' | 'maxReceiveCount'> {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as {
    deadLetterTargetArn: string;
    maxReceiveCount: number | string;
  };
  return { deadLetterQueue: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

/** HTTP APIs with the address of their default stage. */
function httpApis(account: Account): AccountView['addresses'] {
  const { Items } = read<{ Items?: { Name: string; ApiEndpoint: string }[] }>(account, 'apigatewayv2', 'GetApis');
  return (Items ?? []).map(({ Name, ApiEndpoint }) => ({ name: `HTTP API ${Name}`, url: `${ApiEndpoint}/` }));
}

function topics(account: Account): AccountView['topics'] {
  const { Topics } = read<{ Topics?: { TopicArn: string }[] }>(account, 'sns', 'ListTopics');
  return (Topics ?? []).map(({ TopicArn: arn }) => ({
    name: arn.slice(arn.lastIndexOf(':') + 1),
    arn,
    subscriptions:
      readIfThere<{ Subscriptions?: { Endpoint: string }[] }>(account, 'sns', 'ListSubscriptionsByTopic', {
        TopicArn: arn,
      })?.Subscriptions?.map(({ Endpoint }) => Endpoint) ?? [],
  }));
}

function rules(account: Account): readonly RuleView[] {
  const { Rules } = read<{
    Rules: { Name: string; State: string; ScheduleExpression?: string; EventPattern?: string }[];
  }>(account, 'eventbridge', 'ListRules');
  return Rules.map(({ Name: name, State: state, ScheduleExpression: schedule, EventPattern: pattern }) => ({
    name,
    state,
    ...(schedule === undefined ? {} : { schedule }),
    ...(pattern === undefined ? {} : { pattern }),
    targets: read<{ Targets: { Arn: string }[] }>(account, 'eventbridge', 'ListTargetsByRule', {
      Rule: name,
    }).Targets.map(({ Arn }) => Arn),
  }));
}

function schedules(account: Account): readonly RuleView[] {
  const { Schedules } = read<{ Schedules: { Name: string }[] }>(account, 'scheduler', 'ListSchedules');
  return Schedules.map(({ Name }) => {
    const found = read<{ Name: string; State: string; ScheduleExpression: string; Target: { Arn: string } }>(
      account,
      'scheduler',
      'GetSchedule',
      { Name },
    );
    return { name: Name, state: found.State, schedule: found.ScheduleExpression, targets: [found.Target.Arn] };
  });
}

function mappings(account: Account): readonly MappingView[] {
  const { EventSourceMappings } = read<{ EventSourceMappings: readonly EventSourceMappingConfiguration[] }>(
    account,
    'lambda',
    'ListEventSourceMappings',
  );
  return EventSourceMappings.map((configuration) => ({
    id: configuration.UUID,
    functionName: configuration.FunctionArn.slice(
      configuration.FunctionArn.indexOf(':function:') + ':function:'.length,
    ),
    source: configuration.EventSourceArn,
    state: configuration.State,
    batchSize: configuration.BatchSize,
    configuration: jsonOf(configuration) as EventSourceMappingConfiguration,
  }));
}

/** The stages of REST APIs, with their addresses. */
function restApis(account: Account): AccountView['addresses'] {
  const { items } = read<{ items: { id: string; name: string }[] }>(account, 'api-gateway', 'GetRestApis');
  return items.flatMap(({ id: restApiId, name }) =>
    read<{ item: { stageName: string }[] }>(account, 'api-gateway', 'GetStages', { restApiId }).item.map(
      ({ stageName }) => ({
        name: `REST API ${name}, ${stageName}`,
        url: `https://${restApiId}.execute-api.${region}.amazonaws.com/${stageName}/`,
      }),
    ),
  );
}

function loadBalancers(account: Account): AccountView['addresses'] {
  const { LoadBalancers } = read<{ LoadBalancers: { LoadBalancerName: string; DNSName: string }[] }>(
    account,
    'elastic-load-balancing-v2',
    'DescribeLoadBalancers',
  );
  return LoadBalancers.map(({ LoadBalancerName: name, DNSName }) => ({
    name: `load balancer ${name}`,
    url: `http://${DNSName}/`,
  }));
}

function layers(account: Account): AccountView['layers'] {
  const { Layers } = read<{ Layers: { LayerName: string }[] }>(account, 'lambda', 'ListLayers');
  return Layers.map(({ LayerName }) => {
    const { LayerVersions } = read<{
      LayerVersions: { LayerVersionArn: string; Version: number; Description: string }[];
    }>(account, 'lambda', 'ListLayerVersions', { LayerName });
    const versions = LayerVersions.map(({ LayerVersionArn: arn, Version: version, Description: description }) => ({
      arn,
      version,
      description,
    }));
    return { name: LayerName, versions };
  });
}

function managedPolicies(account: Account): AccountView['managedPolicies'] {
  const { Policies } = read<{ Policies: { PolicyName: string; Arn: string }[] }>(account, 'iam', 'ListPolicies');
  return Policies.map(({ PolicyName: name, Arn: arn }) => ({ name, arn })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
