/** Makes the services of an account and the gateway that calls reach them through. */
import { ApiGateway } from './api-gateway/api-gateway.ts';
import { RestDoor } from './api-gateway/rest-door.ts';
import { ApiGatewayV2 } from './apigatewayv2/apigatewayv2.ts';
import { HttpApiDoor } from './apigatewayv2/http-api-door.ts';
import { CloudFormation } from './cloudformation/cloudformation.ts';
import { AlarmActions } from './cloudwatch/alarm-actions.ts';
import { CloudWatch } from './cloudwatch/cloudwatch.ts';
import { EmbeddedMetrics } from './cloudwatch/embedded-metrics.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { TraceWatch, type FollowTrace } from './cloudwatch/trace-watch.ts';
import { CloudWatchLogs } from './cloudwatch-logs/cloudwatch-logs.ts';
import { LogStore } from './cloudwatch-logs/log-store.ts';
import { Dynamodb } from './dynamodb/dynamodb.ts';
import { Ec2 } from './ec2/ec2.ts';
import { ElasticLoadBalancingV2 } from './elastic-load-balancing-v2/elastic-load-balancing-v2.ts';
import { EventBridge } from './eventbridge/eventbridge.ts';
import { Gateway } from './gateway/gateway.ts';
import { FrontDoor } from './http/front-door.ts';
import { Throttle } from './http/throttle.ts';
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
import { XRay } from './xray/xray.ts';

export interface AccountServices {
  readonly gateway: Gateway;
  /** What HTTP requests come in by. */
  readonly door: FrontDoor;
  readonly apiGateway: ApiGateway;
  readonly apiGatewayV2: ApiGatewayV2;
  readonly elasticLoadBalancingV2: ElasticLoadBalancingV2;
  readonly cloudFormation: CloudFormation;
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
  readonly xray: XRay;
}

/** `follow`: how CloudWatch reads what Lambda did. */
export function createServices(host: ServiceHost, follow: FollowTrace): AccountServices {
  const iam = new Iam(host);
  const gateway = new Gateway(host, iam);
  const { permissions } = gateway;
  const metrics = new MetricStore();
  const logs = new LogStore(host.clock, host.facts);
  const embedded = new EmbeddedMetrics(metrics, host.facts);
  logs.onEvent = (message) => embedded.read(message);
  const watch = new TraceWatch(follow, metrics, logs);
  const actions = new AlarmActions({ ...host, deliveries: gateway });
  const watched = { ...host, watch: () => watch.begin() };
  const door = new FrontDoor({ ...host, functions: () => gateway.functions });
  const ec2 = gateway.register(new Ec2(host, permissions));
  return {
    gateway,
    watch,
    door,
    ...createApis(host, gateway, door),
    elasticLoadBalancingV2: gateway.register(
      new ElasticLoadBalancingV2(host, {
        door,
        permissions,
        places: ec2.network,
        serve: (hostName, endpoint) => {
          if (endpoint === undefined) gateway.unserve(hostName);
          else gateway.serve(hostName, endpoint);
        },
      }),
    ),
    cloudFormation: gateway.register(new CloudFormation(host, gateway)),
    cloudwatch: gateway.register(
      new CloudWatch({
        ...watched,
        store: metrics,
        alarmChanged: (alarm, before, after) => actions.changed(alarm, before, after),
      }),
    ),
    logs: gateway.register(new CloudWatchLogs({ ...watched, random: host.random.stream('log queries'), store: logs })),
    dynamodb: gateway.register(new Dynamodb(host, permissions)),
    ec2,
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
    xray: gateway.register(new XRay({ ...host, follow })),
  };
}

/** APIs of both kinds share one kind of host name, and what the account may send through them. */
function createApis(
  host: ServiceHost,
  gateway: Gateway,
  door: FrontDoor,
): Pick<AccountServices, 'apiGateway' | 'apiGatewayV2'> {
  const { permissions } = gateway;
  const apiGateway = gateway.register(new ApiGateway(host));
  const apiGatewayV2 = gateway.register(new ApiGatewayV2(host));
  const throttle = new Throttle(host.facts);
  const restDoor = new RestDoor({ door, permissions, throttle, find: (id) => apiGateway.find(id) });
  const httpDoor = new HttpApiDoor({ door, permissions, throttle, find: (id) => apiGatewayV2.find(id) });
  gateway.serve(`*.execute-api.${host.location.region}.amazonaws.com`, {
    // Nobody takes a connection without TLS.
    listens: (port) => port === 443,
    answer: (request, caller, done) => {
      const [, id = ''] = /^https:\/\/([^.]+)/.exec(request.url) ?? [];
      const chosen = apiGatewayV2.find(id) === undefined ? restDoor : httpDoor;
      chosen.answer(request, caller, done);
    },
  });
  return { apiGateway, apiGatewayV2 };
}

/** For queues, topics and buses, which say in their own words that a policy is wrong. @throws {Error} */
function readResourcePolicy(text: string): PolicyDocument {
  const parsed = parsePolicy(text, 'resource');
  if (parsed.ok) return parsed.document;
  throw new Error(tellMistakes(parsed.mistakes));
}
