/** Everything that an account has, as a page lists it. */
import type { Account } from '../../account.ts';
import type { AccountView, MappingView, QueueView, RuleView } from '../lab.types.ts';
import { functionViews } from './function-view.ts';
import { read, readIfThere } from './read.ts';

export function accountView(account: Account): AccountView {
  const { AccountLimit: limit } = read<{
    AccountLimit: { ConcurrentExecutions: number; UnreservedConcurrentExecutions: number };
  }>(account, 'lambda', 'GetAccountSettings');
  const inside = (service: string, name: string): number =>
    account.services.service(service)?.contents?.(name, 0)?.count ?? 0;
  const functions = functionViews(account);
  return {
    functions,
    addresses: [
      ...functions.flatMap(({ name, url }) => (url === undefined ? [] : [{ name: `function URL of ${name}`, url }])),
      ...httpApis(account),
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
  const { EventSourceMappings } = read<{
    EventSourceMappings: {
      UUID: string;
      FunctionArn: string;
      EventSourceArn: string;
      State: string;
      BatchSize: number;
    }[];
  }>(account, 'lambda', 'ListEventSourceMappings');
  return EventSourceMappings.map(({ UUID: id, FunctionArn, EventSourceArn: source, State: state, BatchSize }) => ({
    id,
    functionName: FunctionArn.slice(FunctionArn.indexOf(':function:') + ':function:'.length),
    source,
    state,
    batchSize: BatchSize,
  }));
}
