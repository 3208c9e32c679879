/** The door of the sandbox: one simulated AWS account in one Region, with a clock and a bill of its own. */
import type { Bill } from './billing/bill.ts';
import { createBill } from './billing/create-bill.ts';
import { readPrices } from './billing/prices.ts';
import { isUsage, Usage } from './billing/usage.ts';
import { defaultFacts } from './default-facts.ts';
import type { Facts } from './facts.ts';
import { VirtualClock } from './kernel/clock.ts';
import { Pump } from './kernel/pump.ts';
import { Random } from './kernel/random.ts';
import type { CreateProcess } from './lambda/environment-process.ts';
import { EventSourceMappings } from './lambda/event-source-mappings/event-source-mappings.ts';
import { Lambda, type LambdaHost } from './lambda/lambda.ts';
import { loadEngine, type Engine } from './runtime/engine.ts';
import { prepareLibrary } from './runtime/library.ts';
import { createProcess } from './runtime/process.ts';
import type { ApiGateway } from './services/api-gateway/api-gateway.ts';
import type { ApiGatewayV2 } from './services/apigatewayv2/apigatewayv2.ts';
import type { ElasticLoadBalancingV2 } from './services/elastic-load-balancing-v2/elastic-load-balancing-v2.ts';
import { FunctionUrlDoor } from './services/function-urls/function-url-door.ts';
import { HttpClient } from './services/http/http-client.ts';
import { callAsOwner } from './services/gateway/call-as-owner.ts';
import type { CloudFormation } from './services/cloudformation/cloudformation.ts';
import type { CloudWatch } from './services/cloudwatch/cloudwatch.ts';
import type { CloudWatchLogs } from './services/cloudwatch-logs/cloudwatch-logs.ts';
import type { Dynamodb } from './services/dynamodb/dynamodb.ts';
import type { EventBridge } from './services/eventbridge/eventbridge.ts';
import { openDoor, type Door } from './services/gateway/door.ts';
import type { Gateway, ServiceCall } from './services/gateway/gateway.ts';
import type { Ec2 } from './services/ec2/ec2.ts';
import { FunctionNetwork } from './services/ec2/network/function-network.ts';
import type { Iam } from './services/iam/iam.ts';
import type { Kinesis } from './services/kinesis/kinesis.ts';
import { createServices } from './services/services.ts';
import type { S3 } from './services/s3/s3.ts';
import type { Scheduler } from './services/scheduler/scheduler.ts';
import type { SecretsManager } from './services/secrets-manager/secrets-manager.ts';
import type { Sns } from './services/sns/sns.ts';
import type { Sqs } from './services/sqs/sqs.ts';
import type { Ssm } from './services/ssm/ssm.ts';
import type { Sts } from './services/sts/sts.ts';
import type { XRay } from './services/xray/xray.ts';
import type { Service, ServiceHost } from './services/service.ts';
import { surroundingsOf } from './services/surroundings.ts';
import type { TraceEvent } from './trace.ts';
import { TraceLog, type TraceListener } from './trace-log.ts';

export interface AccountOptions {
  /** 7 by default. Same functions, requests and seed: the same trace, byte for byte. */
  readonly seed?: number;
  /** `us-east-1` by default. */
  readonly region?: string;
  /** ISO 8601; 2026-01-05T09:00:00Z by default. */
  readonly startTime?: string;
  /** Twelve digits. */
  readonly accountId?: string;
  /** The facts that the sandbox was built with by default. */
  readonly facts?: Facts;
  /** An engine to share with other accounts. By default the account loads its own. */
  readonly engine?: Engine;
  /** Where engines come from when there is none, or the one in use was retired by a trap. */
  readonly loadEngine?: () => Promise<Engine>;
  /** The account's limit of concurrent executions: 1,000 by default; a new account may have 10. */
  readonly concurrentExecutions?: number;
  /**
   * How many of the newest events of the trace stay in memory; all by default. What was seen with `onEvent`, and the
   * bill, cover everything all the same.
   */
  readonly keepEvents?: number;
  /** Whether the bill subtracts the free tier; off by default. */
  readonly freeTier?: boolean;
  /** What one init or invocation may cost this machine, before it is concluded that it will not end; see metering.ts. */
  readonly fuel?: number;
  /** Makes the language processes instead of an engine. */
  readonly createProcess?: CreateProcess;
}

/** The account was disposed of while somebody waited for an answer. */
export class AccountClosedError extends Error {
  override readonly name = 'AccountClosedError';
}

export class Account {
  readonly clock: VirtualClock;
  readonly lambda: Lambda;
  /** Every service of the account: calls by name, more services, addresses that answer `fetch`. */
  readonly services: Gateway;
  /** The client outside: `account.http.request({ url })` as `curl` sends it. */
  readonly http: HttpClient;
  readonly apiGateway: Door<ApiGateway>;
  readonly apiGatewayV2: Door<ApiGatewayV2>;
  readonly elasticLoadBalancingV2: Door<ElasticLoadBalancingV2>;
  /** Stacks of networks; templates of functions are deployed by `stacks.deploy`. */
  readonly stacks: CloudFormation;
  readonly cloudwatch: Door<CloudWatch>;
  readonly logs: Door<CloudWatchLogs>;
  readonly dynamodb: Door<Dynamodb>;
  readonly ec2: Door<Ec2>;
  readonly eventbridge: Door<EventBridge>;
  readonly iam: Door<Iam>;
  readonly kinesis: Door<Kinesis>;
  readonly s3: Door<S3>;
  readonly scheduler: Door<Scheduler>;
  readonly secretsManager: Door<SecretsManager>;
  readonly sns: Door<Sns>;
  readonly sqs: Door<Sqs>;
  readonly ssm: Door<Ssm>;
  readonly sts: Door<Sts>;
  readonly xray: Door<XRay>;
  /** Whether the bill subtracts the free tier; may be changed at any time. */
  freeTier: boolean;
  /** Queues and streams that functions read. */
  readonly eventSourceMappings: Door<{ name: string; operations: EventSourceMappings['operations'] }>;
  readonly #mappings: EventSourceMappings;
  readonly #pump: Pump;
  readonly #trace: TraceLog;
  readonly #usage = new Usage();
  readonly #prices: ReturnType<typeof readPrices>;

  constructor(options: AccountOptions, processes: Processes) {
    const {
      seed = 7,
      region = 'us-east-1',
      accountId = '123456789012',
      facts = defaultFacts,
      freeTier = false,
    } = options;
    this.clock = new VirtualClock(Date.parse(options.startTime ?? '2026-01-05T09:00:00Z'));
    this.freeTier = freeTier;
    this.#trace = new TraceLog(options.keepEvents);
    this.#trace.listen((event) => {
      if (isUsage(event)) this.#usage.add(event);
    });
    this.#prices = readPrices(facts, region);
    const host: ServiceHost = {
      clock: this.clock,
      random: new Random(seed),
      facts,
      location: { region, accountId },
      trace: this.#trace,
    };
    const pump = (this.#pump = new Pump(this.clock));
    const services = createServices(host, (listener) => {
      for (const event of this.#trace.events) listener(event);
      this.#trace.listen(listener);
    });
    const { gateway, iam } = services;
    // What is forgotten could not be read later.
    if (options.keepEvents !== undefined) {
      services.watch.begin();
      services.xray.begin();
    }
    this.services = gateway;
    const open = <S extends Service>(service: S): Door<S> => openDoor(service, gateway, pump);
    this.http = new HttpClient(gateway, pump);
    this.apiGateway = open(services.apiGateway);
    this.apiGatewayV2 = open(services.apiGatewayV2);
    this.elasticLoadBalancingV2 = open(services.elasticLoadBalancingV2);
    this.stacks = services.cloudFormation;
    this.cloudwatch = open(services.cloudwatch);
    this.logs = open(services.logs);
    this.dynamodb = open(services.dynamodb);
    this.ec2 = open(services.ec2);
    this.eventbridge = open(services.eventbridge);
    this.iam = open(iam);
    this.kinesis = open(services.kinesis);
    this.s3 = open(services.s3);
    this.scheduler = open(services.scheduler);
    this.secretsManager = open(services.secretsManager);
    this.sns = open(services.sns);
    this.sqs = open(services.sqs);
    this.ssm = open(services.ssm);
    this.sts = open(services.sts);
    this.xray = open(services.xray);
    this.lambda = new Lambda({
      ...host,
      pump,
      surroundings: surroundingsOf({ ...host, gateway, iam, network: new FunctionNetwork(host, services.ec2.network) }),
      createProcess: processes.create,
      ready: processes.ready,
      ...(options.concurrentExecutions === undefined ? {} : { concurrentExecutions: options.concurrentExecutions }),
    });
    this.lambda.connect({ deliveries: gateway });
    gateway.serve(
      `*.lambda-url.${region}.on.aws`,
      new FunctionUrlDoor({
        door: services.door,
        permissions: gateway.permissions,
        find: (hostName) => this.lambda.functionUrlAt(hostName),
        letsEverybodyIn: (target) => this.lambda.letsEverybodyIn(target),
      }),
    );
    this.#mappings = new EventSourceMappings({
      ...host,
      clock: this.clock,
      findFunction: (name) => this.lambda.mappedFunction(name),
      invoker: this.lambda.invoker,
      permissions: gateway.permissions,
      deliveries: gateway,
      queues: services.sqs,
      streamReader: (arn) => services.kinesis.streamReader(arn) ?? services.dynamodb.streamReader(arn),
    });
    const { service } = this.lambda;
    gateway.register({ ...service, operations: { ...service.operations, ...this.#mappings.operations } });
    this.eventSourceMappings = open({ name: service.name, operations: this.#mappings.operations });
    gateway.functions = this.lambda.invoker;
  }

  /** Everything that has happened, in order, or its newest part. It grows; what was seen never changes. */
  get trace(): readonly TraceEvent[] {
    return this.#trace.events;
  }

  /** The position behind the newest event: how many there have been, forgotten ones included. */
  get traceEnd(): number {
    return this.#trace.end;
  }

  /** The events from that position of the trace on: `traceSince(account.traceEnd)` is empty until something happens. */
  traceSince(position: number): readonly TraceEvent[] {
    return this.#trace.since(position);
  }

  /** Tells `listener` of each event as it happens, for summaries of runs that are too long to keep. Returns what ends it. */
  onEvent(listener: TraceListener): () => void {
    return this.#trace.listen(listener);
  }

  /** Line items so far, all as one billing period. */
  bill(): Bill {
    return createBill(this.#usage, this.#prices, this.freeTier);
  }

  /**
   * Calls an operation of any service as the account's owner: `{ service: 'iam', operation: 'GetRole', input }`. Rejects
   * with the API's error.
   */
  call({ service, operation, input }: Pick<ServiceCall, 'service' | 'operation' | 'input'>): Promise<unknown> {
    return callAsOwner(this.services, this.#pump, { service, operation, input });
  }

  /** Ends all environments; who still waits for an answer gets an `AccountClosedError`. */
  dispose(): void {
    this.#mappings.dispose();
    this.lambda.dispose(new AccountClosedError('The account was closed.'));
  }
}

interface Processes {
  readonly create: CreateProcess;
  readonly ready: LambdaHost['ready'];
}

/** Opens an account. Rejects when the engine cannot be loaded, or a fact that the sandbox needs is missing. */
export async function createAccount(options: AccountOptions = {}): Promise<Account> {
  const { createProcess: create } = options;
  return new Account(options, create ? { create, ready: () => undefined } : await engineProcesses(options));
}

/** Processes of an engine; an engine that a trap has retired is replaced before the next request. */
async function engineProcesses({
  engine: given,
  loadEngine: load = loadEngine,
  fuel,
}: AccountOptions): Promise<Processes> {
  let engine = given ?? (await load());
  return {
    create: (configuration, host) =>
      createProcess(engine, configuration, fuel === undefined ? host : { ...host, fuel }),
    ready: (code) => {
      const library = prepareLibrary(code);
      if (!engine.retired) return library;
      return load().then(async (loaded) => {
        engine = loaded;
        await library;
      });
    },
  };
}
