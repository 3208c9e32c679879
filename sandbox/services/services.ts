/** Makes the services of an account and the gateway that calls reach them through. */
import { AlarmActions } from './cloudwatch/alarm-actions.ts';
import { CloudWatch } from './cloudwatch/cloudwatch.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { TraceWatch, type FollowTrace } from './cloudwatch/trace-watch.ts';
import { CloudWatchLogs } from './cloudwatch-logs/cloudwatch-logs.ts';
import { LogStore } from './cloudwatch-logs/log-store.ts';
import { Dynamodb } from './dynamodb/dynamodb.ts';
import { Ec2 } from './ec2/ec2.ts';
import { EventBridge } from './eventbridge/eventbridge.ts';
import { Gateway } from './gateway/gateway.ts';
import { Iam } from './iam/iam.ts';
import { parsePolicy, tellMistakes } from './iam/parse-policy.ts';
import { Kinesis } from './kinesis/kinesis.ts';
import { S3 } from './s3/s3.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { SecretsManager } from './secrets-manager/secrets-manager.ts';
import type { PolicyDocument, ServiceHost } from './service.ts';
import { Sns } from './sns/sns.ts';
import { Sqs } from './sqs/sqs.ts';
import { Ssm } from './ssm/ssm.ts';
import { Sts } from './sts/sts.ts';

export interface AccountServices {
  readonly gateway: Gateway;
  readonly cloudwatch: CloudWatch;
  readonly logs: CloudWatchLogs;
  /** Lambda's metrics and logs out of the trace. */
  readonly watch: TraceWatch;
  readonly dynamodb: Dynamodb;
  readonly ec2: Ec2;
  readonly eventbridge: EventBridge;
  readonly iam: Iam;
  readonly kinesis: Kinesis;
  readonly s3: S3;
  readonly scheduler: Scheduler;
  readonly secretsManager: SecretsManager;
  readonly sns: Sns;
  readonly sqs: Sqs;
  readonly ssm: Ssm;
  readonly sts: Sts;
}

/** `follow`: how CloudWatch reads what Lambda did. */
export function createServices(host: ServiceHost, follow: FollowTrace): AccountServices {
  const iam = new Iam(host);
  const gateway = new Gateway(host, iam);
  const { permissions } = gateway;
  const metrics = new MetricStore();
  const logs = new LogStore(host.clock, host.facts);
  const watch = new TraceWatch(follow, metrics, logs);
  const actions = new AlarmActions({ ...host, deliveries: gateway });
  const watched = { ...host, watch: () => watch.begin() };
  return {
    gateway,
    watch,
    cloudwatch: gateway.register(
      new CloudWatch({
        ...watched,
        store: metrics,
        alarmChanged: (alarm, before, after) => actions.changed(alarm, before, after),
      }),
    ),
    logs: gateway.register(new CloudWatchLogs({ ...watched, random: host.random.stream('log queries'), store: logs })),
    dynamodb: gateway.register(new Dynamodb(host, permissions)),
    ec2: gateway.register(new Ec2(host, permissions)),
    eventbridge: gateway.register(new EventBridge(host, { deliveries: gateway, parsePolicy: readResourcePolicy })),
    iam,
    kinesis: gateway.register(new Kinesis(host)),
    s3: gateway.register(new S3(host, { permissions, deliveries: gateway })),
    scheduler: gateway.register(new Scheduler(host, gateway)),
    secretsManager: gateway.register(new SecretsManager({ ...host, permissions, functions: () => gateway.functions })),
    sns: gateway.register(new Sns(host, { deliveries: gateway, parsePolicy: readResourcePolicy })),
    sqs: gateway.register(new Sqs(host, readResourcePolicy)),
    ssm: gateway.register(new Ssm(host, permissions)),
    sts: gateway.register(new Sts(host, iam)),
  };
}

/** For queues, topics and buses, which say in their own words that a policy is wrong. @throws {Error} */
function readResourcePolicy(text: string): PolicyDocument {
  const parsed = parsePolicy(text, 'resource');
  if (parsed.ok) return parsed.document;
  throw new Error(tellMistakes(parsed.mistakes));
}
