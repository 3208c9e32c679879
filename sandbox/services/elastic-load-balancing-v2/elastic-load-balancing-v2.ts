/** Elastic Load Balancing: Application Load Balancers with functions as targets, and the operations on them. */
import type { FrontDoor } from '../http/front-door.ts';
import type { HttpEndpoint, Operation, Permissions, Service, ServiceHost } from '../service.ts';
import type * as api from './elastic-load-balancing-v2.types.ts';
import { HourMeter } from './hour-meter.ts';
import { LoadBalancerDoor } from './load-balancer-door.ts';
import type { Listener, LoadBalancer, Rule, TargetGroup } from './load-balancer.ts';
import { LoadBalancers, type Places } from './load-balancers.ts';

export interface LoadBalancingNeighbours {
  readonly door: FrontDoor;
  readonly permissions: Permissions;
  readonly places: Places;
  /** Makes a host name answer, or answer no more. */
  readonly serve: (hostName: string, endpoint: HttpEndpoint | undefined) => void;
}

const multiValueHeaders = 'lambda.multi_value_headers.enabled';

export class ElasticLoadBalancingV2 implements Service {
  readonly name = 'elastic-load-balancing-v2';
  readonly #host: ServiceHost;
  readonly #neighbours: LoadBalancingNeighbours;
  readonly #balancers: LoadBalancers;
  readonly #meters = new Map<string, HourMeter>();

  constructor(host: ServiceHost, neighbours: LoadBalancingNeighbours) {
    this.#host = host;
    this.#neighbours = neighbours;
    this.#balancers = new LoadBalancers(host, neighbours.permissions, neighbours.places);
  }

  readonly operations = {
    CreateLoadBalancer: this.#operation(
      'CreateLoadBalancer',
      () => '*',
      (input: api.CreateLoadBalancerRequest) => ({ LoadBalancers: [this.#describe(this.#open(input))] }),
    ),
    DescribeLoadBalancers: this.#operation(
      'DescribeLoadBalancers',
      () => '*',
      (input: api.DescribeLoadBalancersRequest) => ({
        LoadBalancers: this.#balancers.list(input).map((each) => this.#describe(each)),
      }),
    ),
    DeleteLoadBalancer: this.#operation('DeleteLoadBalancer', balancerArn, (input: api.OnLoadBalancer) => {
      const gone = this.#balancers.delete(input);
      if (gone === undefined) return {};
      this.#neighbours.serve(gone.dnsName, undefined);
      this.#meters.get(gone.arn)?.stop();
      return {};
    }),
    CreateTargetGroup: this.#operation(
      'CreateTargetGroup',
      () => '*',
      (input: api.CreateTargetGroupRequest) => ({
        TargetGroups: [this.#describeGroup(this.#balancers.createGroup(input))],
      }),
    ),
    DescribeTargetGroups: this.#operation(
      'DescribeTargetGroups',
      () => '*',
      (input: api.DescribeTargetGroupsRequest) => ({
        TargetGroups: this.#balancers.listGroups(input).map((each) => this.#describeGroup(each)),
      }),
    ),
    DeleteTargetGroup: this.#operation('DeleteTargetGroup', groupArn, (input: api.OnTargetGroup) => {
      this.#balancers.deleteGroup(input);
      return {};
    }),
    RegisterTargets: this.#operation('RegisterTargets', groupArn, (input: api.TargetsRequest) => {
      this.#balancers.register(input);
      return {};
    }),
    DeregisterTargets: this.#operation('DeregisterTargets', groupArn, (input: api.TargetsRequest) => {
      this.#balancers.deregister(input);
      return {};
    }),
    DescribeTargetHealth: this.#operation(
      'DescribeTargetHealth',
      () => '*',
      (input: api.OnTargetGroup) => ({
        // Health checks are off by default for functions.
        TargetHealthDescriptions: [this.#balancers.findGroup(input).target ?? []].flat().map((Id) => ({
          Target: { Id },
          TargetHealth: {
            State: 'unavailable',
            Reason: 'Target.HealthCheckDisabled',
            Description: 'Health checks are not enabled for this target',
          },
        })),
      }),
    ),
    ModifyTargetGroupAttributes: this.#operation(
      'ModifyTargetGroupAttributes',
      groupArn,
      (input: api.ModifyTargetGroupAttributesRequest) => {
        const group = this.#balancers.findGroup(input);
        for (const { Key: key, Value: value } of input.Attributes) {
          if (key !== multiValueHeaders || !['true', 'false'].includes(value)) {
            throw this.#balancers.error('validation', {
              reason: `Target group attribute key '${key}' with value '${value}' is not recognized`,
            });
          }
          group.multiValueHeaders = value === 'true';
        }
        return { Attributes: attributesOf(group) };
      },
    ),
    DescribeTargetGroupAttributes: this.#operation(
      'DescribeTargetGroupAttributes',
      () => '*',
      (input: api.OnTargetGroup) => ({ Attributes: attributesOf(this.#balancers.findGroup(input)) }),
    ),
    CreateListener: this.#operation('CreateListener', balancerArn, (input: api.CreateListenerRequest) => ({
      Listeners: [describeListener(this.#balancers.createListener(input))],
    })),
    DescribeListeners: this.#operation(
      'DescribeListeners',
      () => '*',
      (input: api.OnLoadBalancer) => ({
        Listeners: [...this.#balancers.find(input).listeners.values()].map(describeListener),
      }),
    ),
    DeleteListener: this.#operation('DeleteListener', listenerArn, (input: api.OnListener) => {
      this.#balancers.deleteListener(input);
      return {};
    }),
    CreateRule: this.#operation('CreateRule', listenerArn, (input: api.CreateRuleRequest) => ({
      Rules: [describeRule(this.#balancers.createRule(input))],
    })),
    DescribeRules: this.#operation(
      'DescribeRules',
      () => '*',
      (input: api.OnListener) => {
        const { rules, defaultActions, arn } = this.#balancers.listener(input);
        const last = {
          RuleArn: `${arn}/default`,
          Priority: 'default',
          Conditions: [],
          Actions: defaultActions,
          IsDefault: true,
        };
        const sorted = [...rules.values()].sort((a, b) => a.priority - b.priority);
        return { Rules: [...sorted.map(describeRule), last] };
      },
    ),
    DeleteRule: this.#operation(
      'DeleteRule',
      ({ RuleArn }: api.OnRule) => RuleArn,
      (input) => {
        this.#balancers.deleteRule(input);
        return {};
      },
    ),
  };

  #operation<Input, Output>(
    name: string,
    resource: (input: Input) => string,
    run: (input: Input) => Output,
  ): Operation<Input, Output> {
    return { action: `elasticloadbalancing:${name}`, resources: (input) => [resource(input)], run };
  }

  #open(input: api.CreateLoadBalancerRequest): LoadBalancer {
    const { door, serve } = this.#neighbours;
    const loadBalancer = this.#balancers.create(input);
    const meter = new HourMeter(this.#host, loadBalancer.name);
    this.#meters.set(loadBalancer.arn, meter);
    const targetGroup = (arn: string): TargetGroup | undefined => this.#balancers.group(arn);
    serve(loadBalancer.dnsName, new LoadBalancerDoor({ door, loadBalancer, meter, targetGroup }));
    return loadBalancer;
  }

  #describe({ arn, name, dnsName, scheme, created, place }: LoadBalancer) {
    return {
      LoadBalancerArn: arn,
      DNSName: dnsName,
      CreatedTime: new Date(created),
      LoadBalancerName: name,
      Scheme: scheme,
      State: { Code: 'active' },
      Type: 'application',
      ...(place === undefined ? {} : { VpcId: place.vpcId, SecurityGroups: place.groupIds }),
      IpAddressType: 'ipv4',
    };
  }

  #describeGroup({ arn, name }: TargetGroup) {
    return {
      TargetGroupArn: arn,
      TargetGroupName: name,
      HealthCheckEnabled: false,
      LoadBalancerArns: this.#balancers.loadBalancersOf(arn),
      TargetType: 'lambda',
    };
  }
}

const balancerArn = ({ LoadBalancerArn }: api.OnLoadBalancer): string => LoadBalancerArn;
const groupArn = ({ TargetGroupArn }: api.OnTargetGroup): string => TargetGroupArn;
const listenerArn = ({ ListenerArn }: api.OnListener): string => ListenerArn;

const attributesOf = (group: TargetGroup) => [{ Key: multiValueHeaders, Value: String(group.multiValueHeaders) }];

const describeListener = ({ arn, loadBalancerArn, protocol, port, defaultActions }: Listener) => ({
  ListenerArn: arn,
  LoadBalancerArn: loadBalancerArn,
  Port: port,
  Protocol: protocol,
  DefaultActions: defaultActions,
});

const describeRule = ({ arn, priority, conditions, actions }: Rule) => ({
  RuleArn: arn,
  Priority: String(priority),
  Conditions: conditions,
  Actions: actions,
  IsDefault: false,
});
