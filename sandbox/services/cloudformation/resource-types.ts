/** The resource types that stacks can have: which calls make one, change it and take it away. */
import { isRecord } from './template.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** Calls an operation as the account's owner; throws the API's error. */
export type Call = (service: string, operation: string, input: object) => Readonly<Record<string, unknown>>;

export interface Made {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ResourceType {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** `name` is one for resources that need one of their own. */
  create(properties: Properties, call: Call, name: string): Made;
  remove(made: Made, properties: Properties, call: Call): void;
  /** Changes it in place; a resource without is replaced. */
  update?(made: Made, before: Properties, properties: Properties, call: Call): void;
  /** Only one can be there at a time: the old one goes before the new one comes. */
  readonly isExclusive?: boolean;
}

/** A member of an answer: `Vpc.VpcId`, `LoadBalancers.0.DNSName`. */
function at(answer: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((from, key) => (from as Record<string, unknown>)[key], answer);
  return String(value);
}

const named = (ref: string, ...attributes: readonly string[]): Made => ({
  ref,
  attributes: Object.fromEntries(attributes.map((name) => [name, ref])),
});

const ec2 = (call: Call, operation: string, input: object): unknown => call('ec2', operation, input);

/** One permission of EC2's API for a rule as templates write it. */
function permissionOf(rule: Properties): object {
  const { IpProtocol: protocol = '-1' } = rule as { readonly IpProtocol?: string | number };
  const peer = rule['SourceSecurityGroupId'] ?? rule['DestinationSecurityGroupId'];
  const list = rule['SourcePrefixListId'] ?? rule['DestinationPrefixListId'];
  return {
    IpProtocol: String(protocol),
    ...(rule['FromPort'] === undefined ? {} : { FromPort: Number(rule['FromPort']) }),
    ...(rule['ToPort'] === undefined ? {} : { ToPort: Number(rule['ToPort']) }),
    ...(rule['CidrIp'] === undefined ? {} : { IpRanges: [{ CidrIp: rule['CidrIp'] }] }),
    ...(peer === undefined ? {} : { UserIdGroupPairs: [{ GroupId: peer }] }),
    ...(list === undefined ? {} : { PrefixListIds: [{ PrefixListId: list }] }),
  };
}

const rulesIn = (properties: Properties, side: 'Ingress' | 'Egress'): readonly object[] =>
  [properties[`SecurityGroup${side}`] ?? []].flat().filter(isRecord).map(permissionOf);

const allOut = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** Rules of a group, all of them; a group that names no outgoing rules lets everything out. */
function changeRules(change: 'Authorize' | 'Revoke', GroupId: string, properties: Properties, call: Call): void {
  for (const side of ['Ingress', 'Egress'] as const) {
    const given = rulesIn(properties, side);
    const rules = side === 'Egress' && properties['SecurityGroupEgress'] === undefined ? [allOut] : given;
    ec2(call, `${change}SecurityGroup${side}`, { GroupId, IpPermissions: rules });
  }
}

/** A rule that is a resource by itself, for groups that name each other. */
const ruleType = (side: 'Ingress' | 'Egress'): ResourceType => ({
  required: ['GroupId', 'IpProtocol'],
  optional: [
    'CidrIp',
    'FromPort',
    'ToPort',
    'Description',
    ...(side === 'Ingress'
      ? ['SourceSecurityGroupId', 'SourcePrefixListId']
      : ['DestinationSecurityGroupId', 'DestinationPrefixListId']),
  ],
  create: (properties, call) => {
    const input = { GroupId: properties['GroupId'], IpPermissions: [permissionOf(properties)] };
    ec2(call, `AuthorizeSecurityGroup${side}`, input);
    return named('rule');
  },
  remove: (_, properties, call) =>
    void ec2(call, `RevokeSecurityGroup${side}`, {
      GroupId: properties['GroupId'],
      IpPermissions: [permissionOf(properties)],
    }),
});

export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::EC2::VPC': {
    required: ['CidrBlock'],
    optional: ['EnableDnsHostnames', 'EnableDnsSupport', 'Tags'],
    create: ({ CidrBlock }, call) => named(at(ec2(call, 'CreateVpc', { CidrBlock }), 'Vpc.VpcId'), 'VpcId'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteVpc', { VpcId: ref }),
  },
  'AWS::EC2::Subnet': {
    required: ['VpcId', 'CidrBlock'],
    optional: ['AvailabilityZone', 'MapPublicIpOnLaunch', 'Tags'],
    create: ({ VpcId, CidrBlock, AvailabilityZone }, call) =>
      named(at(ec2(call, 'CreateSubnet', { VpcId, CidrBlock, AvailabilityZone }), 'Subnet.SubnetId'), 'SubnetId'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteSubnet', { SubnetId: ref }),
  },
  'AWS::EC2::InternetGateway': {
    required: [],
    optional: ['Tags'],
    create: (_, call) =>
      named(at(ec2(call, 'CreateInternetGateway', {}), 'InternetGateway.InternetGatewayId'), 'InternetGatewayId'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteInternetGateway', { InternetGatewayId: ref }),
  },
  'AWS::EC2::VPCGatewayAttachment': {
    required: ['VpcId', 'InternetGatewayId'],
    optional: [],
    create: ({ VpcId, InternetGatewayId }, call) => {
      ec2(call, 'AttachInternetGateway', { VpcId, InternetGatewayId });
      return named('attachment');
    },
    remove: (_, { VpcId, InternetGatewayId }, call) =>
      void ec2(call, 'DetachInternetGateway', { VpcId, InternetGatewayId }),
    isExclusive: true,
  },
  'AWS::EC2::RouteTable': {
    required: ['VpcId'],
    optional: ['Tags'],
    create: ({ VpcId }, call) =>
      named(at(ec2(call, 'CreateRouteTable', { VpcId }), 'RouteTable.RouteTableId'), 'RouteTableId'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteRouteTable', { RouteTableId: ref }),
  },
  'AWS::EC2::Route': {
    required: ['RouteTableId', 'DestinationCidrBlock'],
    optional: ['GatewayId', 'NatGatewayId'],
    create: ({ RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId }, call) => {
      ec2(call, 'CreateRoute', { RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId });
      return named('route');
    },
    remove: (_, { RouteTableId, DestinationCidrBlock }, call) =>
      void ec2(call, 'DeleteRoute', { RouteTableId, DestinationCidrBlock }),
    isExclusive: true,
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    required: ['SubnetId', 'RouteTableId'],
    optional: [],
    create: ({ SubnetId, RouteTableId }, call) =>
      named(at(ec2(call, 'AssociateRouteTable', { SubnetId, RouteTableId }), 'AssociationId'), 'Id'),
    remove: ({ ref }, _, call) => void ec2(call, 'DisassociateRouteTable', { AssociationId: ref }),
    isExclusive: true,
  },
  'AWS::EC2::EIP': {
    required: [],
    optional: ['Domain', 'Tags'],
    create: (_, call) => {
      const answer = ec2(call, 'AllocateAddress', { Domain: 'vpc' });
      return { ref: at(answer, 'PublicIp'), attributes: { AllocationId: at(answer, 'AllocationId') } };
    },
    remove: ({ attributes: { AllocationId } }, _, call) => void ec2(call, 'ReleaseAddress', { AllocationId }),
  },
  'AWS::EC2::NatGateway': {
    required: ['SubnetId'],
    optional: ['AllocationId', 'ConnectivityType', 'Tags'],
    create: ({ SubnetId, AllocationId }, call) =>
      named(at(ec2(call, 'CreateNatGateway', { SubnetId, AllocationId }), 'NatGateway.NatGatewayId'), 'NatGatewayId'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteNatGateway', { NatGatewayId: ref }),
  },
  'AWS::EC2::VPCEndpoint': {
    required: ['VpcId', 'ServiceName'],
    optional: ['VpcEndpointType', 'RouteTableIds', 'SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled'],
    create: (properties, call) =>
      named(at(ec2(call, 'CreateVpcEndpoint', properties), 'VpcEndpoint.VpcEndpointId'), 'Id'),
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteVpcEndpoints', { VpcEndpointIds: [ref] }),
  },
  'AWS::EC2::SecurityGroup': {
    required: ['GroupDescription'],
    optional: ['GroupName', 'VpcId', 'SecurityGroupIngress', 'SecurityGroupEgress', 'Tags'],
    create: (properties, call, name) => {
      const { GroupDescription: Description, GroupName = name, VpcId } = properties;
      const GroupId = at(ec2(call, 'CreateSecurityGroup', { GroupName, Description, VpcId }), 'GroupId');
      if (properties['SecurityGroupEgress'] !== undefined) changeRules('Revoke', GroupId, {}, call);
      changeRules('Authorize', GroupId, properties, call);
      return named(GroupId, 'GroupId', 'Id');
    },
    remove: ({ ref }, _, call) => void ec2(call, 'DeleteSecurityGroup', { GroupId: ref }),
    update: ({ ref }, before, properties, call) => {
      changeRules('Revoke', ref, before, call);
      changeRules('Authorize', ref, properties, call);
    },
  },
  'AWS::EC2::SecurityGroupIngress': ruleType('Ingress'),
  'AWS::EC2::SecurityGroupEgress': ruleType('Egress'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    required: [],
    optional: ['Name', 'Scheme', 'Subnets', 'SecurityGroups', 'Type'],
    create: (properties, call, name) => {
      const answer = call('elastic-load-balancing-v2', 'CreateLoadBalancer', { Name: name, ...properties });
      const DNSName = at(answer, 'LoadBalancers.0.DNSName');
      return { ref: at(answer, 'LoadBalancers.0.LoadBalancerArn'), attributes: { DNSName } };
    },
    remove: ({ ref }, _, call) =>
      void call('elastic-load-balancing-v2', 'DeleteLoadBalancer', { LoadBalancerArn: ref }),
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    required: ['LoadBalancerArn', 'DefaultActions'],
    optional: ['Port', 'Protocol'],
    create: (properties, call) =>
      named(at(call('elastic-load-balancing-v2', 'CreateListener', properties), 'Listeners.0.ListenerArn')),
    remove: ({ ref }, _, call) => void call('elastic-load-balancing-v2', 'DeleteListener', { ListenerArn: ref }),
    isExclusive: true,
  },
};
