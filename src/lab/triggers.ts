/** Triggers as the calls that set them up: the resource, the permission, the connection. Pure. */
import type { AccountView } from '../../sandbox/lab/lab.types.ts';
import { newMapping, newOptionsOf, type MappingFields, type SourceKind } from './mapping-options.ts';
import { letSend } from './role-policy.ts';
import type { ApiCall } from '../../sandbox/worker/session.types.ts';

const region = 'us-east-1:123456789012';

export const triggerKinds = [
  'queue',
  'bucket',
  'schedule',
  'topic',
  'stream',
  'table',
  'event bus',
  'HTTP API',
  'REST API',
  'load balancer',
  'function URL',
] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** What a trigger's name is called, and its extra. */
export const triggerFields: Readonly<
  Record<
    TriggerKind,
    {
      readonly name: string;
      readonly usual: string;
      readonly extra?: string;
      readonly usualExtra?: string;
      /** What the extra can be; any text when absent. */
      readonly choices?: readonly string[];
    }
  >
> = {
  queue: { name: 'Queue', usual: 'orders' },
  bucket: { name: 'Bucket', usual: 'photos', extra: 'Only keys that begin with', usualExtra: '' },
  schedule: { name: 'Rule', usual: 'nightly', extra: 'Schedule expression', usualExtra: 'rate(1 hour)' },
  topic: { name: 'Topic', usual: 'news' },
  stream: { name: 'Stream', usual: 'clicks' },
  table: { name: 'Table', usual: 'profiles' },
  'HTTP API': { name: 'API', usual: 'shop' },
  'REST API': { name: 'API', usual: 'shop', extra: 'Stage', usualExtra: 'prod' },
  'load balancer': {
    name: 'Load balancer',
    usual: 'shop',
    extra: 'Multi-value headers',
    usualExtra: 'off',
    choices: ['off', 'on'],
  },
  'function URL': { name: 'For', usual: 'everybody' },
  'event bus': { name: 'Rule', usual: 'orders-placed', extra: 'Events from source', usualExtra: 'shop' },
};

const functionArn = (name: string): string => `arn:aws:lambda:${region}:function:${name}`;

/** The actions a role needs to read a source; Lambda asks for them when the mapping is made. */
export const readerPolicies: Readonly<Partial<Record<TriggerKind, string>>> = {
  queue: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
  stream: 'arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole',
  table: 'arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole',
};

/** Triggers that are event source mappings, and of which kind. */
export const mappingKinds: Readonly<Partial<Record<TriggerKind, SourceKind>>> = {
  queue: 'queue',
  stream: 'stream',
  table: 'stream',
};

export interface TriggerWish {
  readonly kind: TriggerKind;
  readonly functionName: string;
  readonly name: string;
  readonly extra: string;
  /** Of a mapping; what a new one has when absent. */
  readonly options?: MappingFields;
}

/** The calls in order. What is there already is not made again. */
export function triggerCalls(
  { kind, functionName, name, extra, options = newMapping }: TriggerWish,
  account: AccountView,
): readonly ApiCall[] {
  const to = functionArn(functionName);
  const RoleName = account.functions.find((each) => each.name === functionName)?.roleName ?? `${functionName}-role`;
  const policy = readerPolicies[kind];
  const mayRead: readonly ApiCall[] =
    policy === undefined
      ? []
      : [{ service: 'iam', operation: 'AttachRolePolicy', input: { RoleName, PolicyArn: policy } }];
  const mapping = (EventSourceArn: string): ApiCall => ({
    service: 'lambda',
    operation: 'CreateEventSourceMapping',
    input: {
      FunctionName: functionName,
      EventSourceArn,
      ...(mappingKinds[kind] === 'stream' ? { StartingPosition: options.startingPosition } : {}),
      ...newOptionsOf(options, mappingKinds[kind] ?? 'queue'),
    },
  });
  const maySend = letSend(RoleName, options.onFailure);
  /** A name for answers that no other trigger has taken. */
  const numbered = (word: string): string => `${word}${account.addresses.length + 1}`;
  const letIn = (principal: string, SourceArn: string): ApiCall => ({
    service: 'lambda',
    operation: 'AddPermission',
    input: {
      FunctionName: functionName,
      StatementId: `${kind.replace(' ', '-')}-${name}`.replace(/[^\w-]/g, '-').slice(0, 100),
      Action: 'lambda:InvokeFunction',
      Principal: principal,
      SourceArn,
    },
  });
  const rule = (input: Record<string, unknown>): readonly ApiCall[] => [
    { service: 'eventbridge', operation: 'PutRule', input: { Name: name, ...input } },
    letIn('events.amazonaws.com', `arn:aws:events:${region}:rule/${name}`),
    {
      service: 'eventbridge',
      operation: 'PutTargets',
      input: { Rule: name, Targets: [{ Id: functionName, Arn: to }] },
    },
  ];
  switch (kind) {
    case 'queue':
      return [
        ...(account.queues.some((queue) => queue.name === name)
          ? []
          : [{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: name } }]),
        ...mayRead,
        mapping(`arn:aws:sqs:${region}:${name}`),
      ];
    case 'stream':
      return [
        ...(account.streams.some((stream) => stream.name === name)
          ? []
          : [{ service: 'kinesis', operation: 'CreateStream', input: { StreamName: name, ShardCount: 1 } }]),
        ...mayRead,
        ...maySend,
        mapping(`arn:aws:kinesis:${region}:stream/${name}`),
      ];
    case 'table': {
      const table = account.tables.find((each) => each.name === name);
      const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
      const as = `table${account.mappings.length + 1}`;
      const withStream: readonly ApiCall[] =
        table === undefined
          ? [
              {
                service: 'dynamodb',
                operation: 'CreateTable',
                as,
                input: {
                  TableName: name,
                  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
                  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
                  BillingMode: 'PAY_PER_REQUEST',
                  StreamSpecification,
                },
              },
            ]
          : table.streamArn === undefined
            ? [{ service: 'dynamodb', operation: 'UpdateTable', as, input: { TableName: name, StreamSpecification } }]
            : [];
      return [
        ...withStream,
        ...mayRead,
        ...maySend,
        mapping(table?.streamArn ?? `{${as}.TableDescription.LatestStreamArn}`),
      ];
    }
    case 'bucket':
      return [
        ...(account.buckets.some((bucket) => bucket.name === name)
          ? []
          : [{ service: 's3', operation: 'CreateBucket', input: { Bucket: name } }]),
        letIn('s3.amazonaws.com', `arn:aws:s3:::${name}`),
        {
          service: 's3',
          operation: 'PutBucketNotificationConfiguration',
          input: {
            Bucket: name,
            NotificationConfiguration: {
              LambdaFunctionConfigurations: [
                {
                  LambdaFunctionArn: to,
                  Events: ['s3:ObjectCreated:*'],
                  ...(extra === '' ? {} : { Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: extra }] } } }),
                },
              ],
            },
          },
        },
      ];
    case 'topic': {
      const TopicArn = `arn:aws:sns:${region}:${name}`;
      return [
        { service: 'sns', operation: 'CreateTopic', input: { Name: name } },
        letIn('sns.amazonaws.com', TopicArn),
        { service: 'sns', operation: 'Subscribe', input: { TopicArn, Protocol: 'lambda', Endpoint: to } },
      ];
    }
    case 'schedule':
      return rule({ ScheduleExpression: extra });
    case 'event bus':
      return rule({ EventPattern: JSON.stringify({ source: [extra] }) });
    case 'HTTP API': {
      const as = numbered('api');
      return [
        {
          service: 'apigatewayv2',
          operation: 'CreateApi',
          as,
          input: { Name: name, ProtocolType: 'HTTP', Target: to },
        },
        letIn('apigateway.amazonaws.com', `arn:aws:execute-api:${region}:{${as}.ApiId}/*/*`),
      ];
    }
    case 'REST API': {
      const as = numbered('rest');
      const restApiId = `{${as}.id}`;
      const answers = (resourceId: string): readonly ApiCall[] => [
        {
          service: 'api-gateway',
          operation: 'PutMethod',
          input: { restApiId, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' },
        },
        {
          service: 'api-gateway',
          operation: 'PutIntegration',
          input: {
            restApiId,
            resourceId,
            httpMethod: 'ANY',
            type: 'AWS_PROXY',
            integrationHttpMethod: 'POST',
            uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${to}/invocations`,
          },
        },
      ];
      const root = `{${as}.rootResourceId}`;
      return [
        { service: 'api-gateway', operation: 'CreateRestApi', as, input: { name } },
        ...answers(root),
        {
          service: 'api-gateway',
          operation: 'CreateResource',
          as: `${as}paths`,
          input: { restApiId, parentId: root, pathPart: '{proxy+}' },
        },
        ...answers(`{${as}paths.id}`),
        { service: 'api-gateway', operation: 'CreateDeployment', input: { restApiId, stageName: extra } },
        letIn('apigateway.amazonaws.com', `arn:aws:execute-api:${region}:${restApiId}/*/*`),
      ];
    }
    case 'load balancer': {
      const service = 'elastic-load-balancing-v2';
      const [balancer, group] = [numbered('balancer'), numbered('group')];
      const TargetGroupArn = `{${group}.TargetGroups.0.TargetGroupArn}`;
      return [
        {
          service,
          operation: 'CreateTargetGroup',
          as: group,
          input: { Name: `${name}-targets`, TargetType: 'lambda' },
        },
        ...(extra === 'on'
          ? [
              {
                service,
                operation: 'ModifyTargetGroupAttributes',
                input: { TargetGroupArn, Attributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }] },
              },
            ]
          : []),
        letIn('elasticloadbalancing.amazonaws.com', TargetGroupArn),
        { service, operation: 'RegisterTargets', input: { TargetGroupArn, Targets: [{ Id: to }] } },
        { service, operation: 'CreateLoadBalancer', as: balancer, input: { Name: name } },
        {
          service,
          operation: 'CreateListener',
          input: {
            LoadBalancerArn: `{${balancer}.LoadBalancers.0.LoadBalancerArn}`,
            Protocol: 'HTTP',
            Port: 80,
            DefaultActions: [{ Type: 'forward', TargetGroupArn }],
          },
        },
      ];
    }
    case 'function URL':
      return [
        {
          service: 'lambda',
          operation: 'CreateFunctionUrlConfig',
          input: { FunctionName: functionName, AuthType: 'NONE' },
        },
        {
          service: 'lambda',
          operation: 'AddPermission',
          input: {
            FunctionName: functionName,
            StatementId: 'url-for-everybody',
            Action: 'lambda:InvokeFunctionUrl',
            Principal: '*',
            FunctionUrlAuthType: 'NONE',
          },
        },
        {
          service: 'lambda',
          operation: 'AddPermission',
          input: {
            FunctionName: functionName,
            StatementId: 'url-may-invoke',
            Action: 'lambda:InvokeFunction',
            Principal: '*',
            InvokedViaFunctionUrl: true,
          },
        },
      ];
  }
}
