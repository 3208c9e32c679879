/** The load balancers and target groups of an account: what is there, and what may not be. */
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { NotSimulatedError } from '../../lambda/errors.ts';
import type { PrivatePlace } from '../ec2/network/vpc.types.ts';
import { factError } from '../fact-errors.ts';
import type { ApiError, Permissions, ServiceHost } from '../service.ts';
import type * as api from './elastic-load-balancing-v2.types.ts';
import type { Listener, LoadBalancer, Rule, TargetGroup } from './load-balancer.ts';
import { conditionFields } from './rule-conditions.ts';

const hex = '0123456789abcdef';
const digits = '0123456789';

/** The networks that internal load balancers stand in. */
export interface Places {
  /** @throws {ApiError} when a subnet or group is not there, or there is none */
  placeOf(subnetIds: readonly string[], groupIds: readonly string[]): PrivatePlace;
}

export class LoadBalancers {
  readonly #host: ServiceHost;
  readonly #permissions: Permissions;
  readonly #places: Places;
  readonly #ids: Random;
  readonly #balancers = new Map<string, LoadBalancer>();
  readonly #groups = new Map<string, TargetGroup>();

  constructor(host: ServiceHost, permissions: Permissions, places: Places) {
    this.#host = host;
    this.#places = places;
    this.#permissions = permissions;
    this.#ids = host.random.stream('load balancer ids');
  }

  create({
    Name: name,
    Type: type = 'application',
    Scheme: scheme = 'internet-facing',
    Subnets: subnets = [],
    SecurityGroups: groups = [],
  }: api.CreateLoadBalancerRequest) {
    if (type !== 'application') {
      throw new NotSimulatedError(
        `Load balancers of type ${type} are not available in this simulator. It has application.`,
      );
    }
    this.#checkName(name);
    const balancers = [...this.#balancers.values()];
    if (balancers.some((other) => other.name === name)) throw this.error('duplicateLoadBalancer', { name });
    const { region } = this.#host.location;
    const made: LoadBalancer = {
      arn: this.#arn(`loadbalancer/app/${name}/${newToken(this.#ids, 16, hex)}`),
      name,
      dnsName:
        `${scheme === 'internal' ? 'internal-' : ''}${name}-${newToken(this.#ids, 10, digits)}.${region}.elb.amazonaws.com`.toLowerCase(),
      scheme,
      ...(scheme === 'internal' ? { place: this.#places.placeOf(subnets, groups) } : {}),
      created: this.#host.clock.now,
      listeners: new Map(),
    };
    this.#balancers.set(made.arn, made);
    return made;
  }

  delete({ LoadBalancerArn: arn }: api.OnLoadBalancer): LoadBalancer | undefined {
    const found = this.#balancers.get(arn);
    this.#balancers.delete(arn);
    return found;
  }

  list({ LoadBalancerArns: arns, Names: names }: api.DescribeLoadBalancersRequest): readonly LoadBalancer[] {
    const all = [...this.#balancers.values()];
    const found = all.filter(({ arn, name }) => (arns?.includes(arn) ?? true) && (names?.includes(name) ?? true));
    if (found.length === 0 && (arns ?? names) !== undefined) throw this.error('noLoadBalancer');
    return found;
  }

  /** @throws {ApiError} LoadBalancerNotFoundException */
  find({ LoadBalancerArn: arn }: api.OnLoadBalancer): LoadBalancer {
    const found = this.#balancers.get(arn);
    if (found === undefined) throw this.error('noLoadBalancer');
    return found;
  }

  createGroup({ Name: name, TargetType: type = 'instance' }: api.CreateTargetGroupRequest): TargetGroup {
    if (type !== 'lambda') {
      throw new NotSimulatedError(`Target groups of type ${type} are not available in this simulator. It has lambda.`);
    }
    this.#checkName(name);
    if ([...this.#groups.values()].some((group) => group.name === name))
      throw this.error('duplicateTargetGroup', { name });
    const arn = this.#arn(`targetgroup/${name}/${newToken(this.#ids, 16, hex)}`);
    const made: TargetGroup = { arn, name, multiValueHeaders: false };
    this.#groups.set(arn, made);
    return made;
  }

  listGroups({ TargetGroupArns: arns, Names: names, LoadBalancerArn: by }: api.DescribeTargetGroupsRequest) {
    const used = by === undefined ? undefined : this.#groupsOf(this.find({ LoadBalancerArn: by }));
    const found = [...this.#groups.values()].filter(
      ({ arn, name }) =>
        (arns?.includes(arn) ?? true) && (names?.includes(name) ?? true) && (used?.includes(arn) ?? true),
    );
    if (found.length === 0 && (arns ?? names) !== undefined) throw this.error('noTargetGroup');
    return found;
  }

  group(arn: string): TargetGroup | undefined {
    return this.#groups.get(arn);
  }

  /** @throws {ApiError} TargetGroupNotFoundException */
  findGroup({ TargetGroupArn: arn }: api.OnTargetGroup): TargetGroup {
    const found = this.#groups.get(arn);
    if (found === undefined) throw this.error('noTargetGroup');
    return found;
  }

  deleteGroup(on: api.OnTargetGroup): void {
    const { arn } = this.findGroup(on);
    if (this.loadBalancersOf(arn).length > 0) throw this.error('inUse', { arn });
    this.#groups.delete(arn);
  }

  /** ARNs of the load balancers that forward to the group. */
  loadBalancersOf(groupArn: string): readonly string[] {
    const users = [...this.#balancers.values()].filter((balancer) => this.#groupsOf(balancer).includes(groupArn));
    return users.map(({ arn }) => arn);
  }

  /** A function can be registered once it lets the load balancer invoke it for this group. */
  register({ TargetGroupArn, Targets: targets }: api.TargetsRequest): void {
    const group = this.findGroup({ TargetGroupArn });
    const ids = targets.map(({ Id }) => Id);
    if (ids.length > 1 || (group.target !== undefined && group.target !== ids[0])) throw this.error('tooManyTargets');
    const [target = ''] = ids;
    if (!/^arn:aws:lambda:[\w-]+:\d{12}:function:/.test(target)) {
      throw this.error('invalidTarget', { reason: `The target '${target}' is not a valid Lambda function ARN` });
    }
    const caller = { kind: 'service', principal: 'elasticloadbalancing.amazonaws.com', sourceArn: group.arn } as const;
    if (!this.#permissions.allows({ caller, action: 'lambda:InvokeFunction', resource: target })) {
      throw this.error('accessDenied', { target, group: group.arn });
    }
    group.target = target;
  }

  deregister({ TargetGroupArn, Targets: targets }: api.TargetsRequest): void {
    const group = this.findGroup({ TargetGroupArn });
    if (targets.some(({ Id }) => Id === group.target)) delete group.target;
  }

  createListener({ LoadBalancerArn, Protocol: protocol, Port: port, DefaultActions }: api.CreateListenerRequest) {
    const balancer = this.find({ LoadBalancerArn });
    if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
      throw this.error('validation', { reason: `Protocol '${protocol}' must be one of 'HTTP, HTTPS'` });
    }
    if ([...balancer.listeners.values()].some((listener) => listener.port === port))
      throw this.error('duplicateListener');
    this.#checkActions(DefaultActions);
    const [, path = ''] = balancer.arn.split(':loadbalancer/');
    const made: Listener = {
      arn: this.#arn(`listener/${path}/${newToken(this.#ids, 16, hex)}`),
      loadBalancerArn: balancer.arn,
      protocol,
      port,
      defaultActions: DefaultActions,
      rules: new Map(),
    };
    balancer.listeners.set(made.arn, made);
    return made;
  }

  /** @throws {ApiError} ListenerNotFoundException */
  listener({ ListenerArn: arn }: api.OnListener): Listener {
    const found = [...this.#balancers.values()].flatMap(({ listeners }) => listeners.get(arn) ?? [])[0];
    if (found === undefined) throw this.error('noListener');
    return found;
  }

  deleteListener(on: api.OnListener): void {
    const { arn, loadBalancerArn } = this.listener(on);
    this.find({ LoadBalancerArn: loadBalancerArn }).listeners.delete(arn);
  }

  createRule({
    ListenerArn,
    Priority: priority,
    Conditions: conditions,
    Actions: actions,
  }: api.CreateRuleRequest): Rule {
    const listener = this.listener({ ListenerArn });
    if ([...listener.rules.values()].some((rule) => rule.priority === priority))
      throw this.error('priorityInUse', { priority });
    const unknown = conditions.find(({ Field }) => !conditionFields.includes(Field));
    if (unknown !== undefined) {
      throw new NotSimulatedError(
        `Conditions on ${unknown.Field} are not available in this simulator. It has ${conditionFields.join(', ')}.`,
      );
    }
    this.#checkActions(actions);
    const arn = `${listener.arn.replace(':listener/', ':listener-rule/')}/${newToken(this.#ids, 16, hex)}`;
    const made: Rule = { arn, priority, conditions, actions };
    listener.rules.set(arn, made);
    return made;
  }

  deleteRule({ RuleArn: arn }: api.OnRule): void {
    for (const { listeners } of this.#balancers.values()) {
      for (const { rules } of listeners.values()) if (rules.delete(arn)) return;
    }
    throw this.error('noRule');
  }

  error(key: string, values: Readonly<Record<string, string | number>> = {}): ApiError {
    return factError(this.#host.facts, 'err-elastic-load-balancing', key, values);
  }

  #groupsOf({ listeners }: LoadBalancer): readonly string[] {
    const actions = [...listeners.values()].flatMap(({ defaultActions, rules }) => [
      ...defaultActions,
      ...[...rules.values()].flatMap((rule) => rule.actions),
    ]);
    return actions.flatMap(({ TargetGroupArn: arn }) => arn ?? []);
  }

  #checkActions(actions: readonly api.Action[]): void {
    const [action] = actions;
    if (actions.length !== 1 || action === undefined) {
      throw this.error('validation', { reason: 'Exactly one action must be specified' });
    }
    const { Type: type, TargetGroupArn: arn, FixedResponseConfig: fixed } = action;
    if (type === 'forward') {
      if (arn === undefined) throw this.error('validation', { reason: 'A target group ARN must be specified' });
      this.findGroup({ TargetGroupArn: arn });
    } else if (type === 'fixed-response') {
      if (!/^[245]\d\d$/.test(fixed?.StatusCode ?? '')) {
        throw this.error('validation', { reason: 'The fixed response code must be 2XX, 4XX or 5XX' });
      }
    } else {
      throw new NotSimulatedError(
        `Actions of type ${type} are not available in this simulator. It has forward and fixed-response.`,
      );
    }
  }

  #checkName(name: string): void {
    if (typeof name !== 'string' || !/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
      throw this.error('validation', {
        reason: `The name '${name}' must have 1 to 32 letters, digits or hyphens, and may not begin or end with a hyphen`,
      });
    }
  }

  #arn(resource: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`;
  }
}
