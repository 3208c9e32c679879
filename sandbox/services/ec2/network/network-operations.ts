/** EC2's operations on networks: VPCs, subnets, route tables, gateways, endpoints, security groups, interfaces. */
import { matchesWildcard } from '../../iam/wildcards.ts';
import type { Operation } from '../../service.ts';
import type { Filter } from '../filters.ts';
import {
  endpointShape,
  groupShape,
  natShape,
  rulesOf,
  sameRule,
  subnetShape,
  tableShape,
  vpcShape,
  type IpPermission,
} from './network-shapes.ts';
import type { VpcNetwork } from './vpc-network.ts';
import type { GroupRule, SecurityGroup } from './vpc.types.ts';

interface GroupChange {
  readonly GroupId: string;
  readonly IpPermissions?: readonly IpPermission[];
}

interface EndpointRequest {
  readonly VpcId: string;
  readonly ServiceName: string;
  /** `Gateway` when left out. */
  readonly VpcEndpointType?: 'Gateway' | 'Interface';
  readonly RouteTableIds?: readonly string[];
  readonly SubnetIds?: readonly string[];
  readonly SecurityGroupIds?: readonly string[];
  readonly PrivateDnsEnabled?: boolean;
}

interface EndpointChange {
  readonly VpcEndpointId: string;
  readonly AddRouteTableIds?: readonly string[];
  readonly RemoveRouteTableIds?: readonly string[];
}

interface Filtered {
  readonly Filters?: readonly Filter[];
  readonly Filter?: readonly Filter[];
}

/** The member of a description that a filter is about. */
const filterMembers: Readonly<Record<string, string>> = {
  'availability-zone': 'AvailabilityZone',
  'group-id': 'GroupId',
  'group-name': 'GroupName',
  'nat-gateway-id': 'NatGatewayId',
  'route-table-id': 'RouteTableId',
  'service-name': 'ServiceName',
  state: 'State',
  'subnet-id': 'SubnetId',
  'vpc-endpoint-id': 'VpcEndpointId',
  'vpc-endpoint-type': 'VpcEndpointType',
  'vpc-id': 'VpcId',
};

export function networkOperations(network: VpcNetwork) {
  /** Members that a request must have, and what is done with it. */
  const operation = <Input, Output>(
    name: string,
    required: readonly (keyof Input & string)[],
    run: (input: Input) => Output,
  ): Operation<Input, Output> => ({
    action: `ec2:${name}`,
    resources: () => ['*'],
    run: (input) => {
      for (const parameter of required) {
        if (input[parameter] === undefined || input[parameter] === null) throw network.error('missing', { parameter });
      }
      return run(input);
    },
  });
  /** What fits all filters, each by one of its values. NAT gateways call them `Filter`. */
  const fitting = <Shape extends object>(shapes: readonly Shape[], { Filters, Filter }: Filtered): readonly Shape[] =>
    (Filters ?? Filter ?? []).reduce<readonly Shape[]>((left, { Name, Values }) => {
      const member = filterMembers[Name];
      if (member === undefined) throw network.error('filter', { filter: Name });
      return left.filter((shape) => {
        const value = (shape as Readonly<Record<string, unknown>>)[member];
        return typeof value === 'string' && Values.some((pattern) => matchesWildcard(pattern, value));
      });
    }, shapes);
  /** Everything of a kind, or what the ids name. */
  const chosen = <Item>(
    all: ReadonlyMap<string, Item>,
    ids: readonly string[] | undefined,
    find: (id: string) => Item,
  ) => (ids === undefined || ids.length === 0 ? [...all.values()] : ids.map(find));
  const changeRules = (
    { GroupId: id, IpPermissions: permissions = [] }: GroupChange,
    side: 'ingress' | 'egress',
    change: (now: readonly GroupRule[], rules: readonly GroupRule[]) => readonly GroupRule[],
  ) => {
    const group: SecurityGroup = network.group(id);
    for (const { UserIdGroupPairs: pairs = [] } of permissions) {
      for (const { GroupId: peer = '' } of pairs) network.group(peer);
    }
    group[side] = change(group[side], rulesOf(permissions));
    return { Return: true };
  };
  const add = (now: readonly GroupRule[], rules: readonly GroupRule[]) => [
    ...now.filter((rule) => !rules.some((other) => sameRule(rule, other))),
    ...rules,
  ];
  const remove = (now: readonly GroupRule[], rules: readonly GroupRule[]) =>
    now.filter((rule) => !rules.some((other) => sameRule(rule, other)));

  return {
    CreateVpc: operation('CreateVpc', ['CidrBlock'], ({ CidrBlock }: { readonly CidrBlock: string }) => ({
      Vpc: vpcShape(network.createVpc(CidrBlock)),
    })),
    DescribeVpcs: operation('DescribeVpcs', [], (input: Filtered & { readonly VpcIds?: readonly string[] }) => ({
      Vpcs: fitting(chosen(network.vpcs, input.VpcIds, (id) => network.vpc(id)).map(vpcShape), input),
    })),
    DeleteVpc: operation('DeleteVpc', ['VpcId'], ({ VpcId }: { readonly VpcId: string }) => {
      network.deleteVpc(VpcId);
      return {};
    }),
    CreateSubnet: operation(
      'CreateSubnet',
      ['VpcId', 'CidrBlock'],
      (input: { readonly VpcId: string; readonly CidrBlock: string; readonly AvailabilityZone?: string }) => ({
        Subnet: subnetShape(network.createSubnet(input.VpcId, input.CidrBlock, input.AvailabilityZone)),
      }),
    ),
    DescribeSubnets: operation(
      'DescribeSubnets',
      [],
      (input: Filtered & { readonly SubnetIds?: readonly string[] }) => ({
        Subnets: fitting(chosen(network.subnets, input.SubnetIds, (id) => network.subnet(id)).map(subnetShape), input),
      }),
    ),
    DeleteSubnet: operation('DeleteSubnet', ['SubnetId'], ({ SubnetId }: { readonly SubnetId: string }) => {
      network.deleteSubnet(SubnetId);
      return {};
    }),
    CreateInternetGateway: operation('CreateInternetGateway', [], (_: object) => {
      const { id } = network.createInternetGateway();
      return { InternetGateway: { InternetGatewayId: id, Attachments: [] } };
    }),
    AttachInternetGateway: operation(
      'AttachInternetGateway',
      ['InternetGatewayId', 'VpcId'],
      ({ InternetGatewayId: id, VpcId }: { readonly InternetGatewayId: string; readonly VpcId: string }) => {
        network.internetGateway(id).vpcId = network.vpc(VpcId).id;
        return {};
      },
    ),
    DetachInternetGateway: operation(
      'DetachInternetGateway',
      ['InternetGatewayId', 'VpcId'],
      ({ InternetGatewayId: id }: { readonly InternetGatewayId: string; readonly VpcId: string }) => {
        network.internetGateway(id).vpcId = undefined;
        return {};
      },
    ),
    DeleteInternetGateway: operation(
      'DeleteInternetGateway',
      ['InternetGatewayId'],
      ({ InternetGatewayId: id }: { readonly InternetGatewayId: string }) => {
        network.internetGateway(id);
        network.internetGateways.delete(id);
        return {};
      },
    ),
    CreateRouteTable: operation('CreateRouteTable', ['VpcId'], ({ VpcId }: { readonly VpcId: string }) => ({
      RouteTable: tableShape(network, network.createRouteTable(VpcId)),
    })),
    DescribeRouteTables: operation(
      'DescribeRouteTables',
      [],
      (input: Filtered & { readonly RouteTableIds?: readonly string[] }) => ({
        RouteTables: fitting(
          chosen(network.routeTables, input.RouteTableIds, (id) => network.routeTable(id)).map((table) =>
            tableShape(network, table),
          ),
          input,
        ),
      }),
    ),
    DeleteRouteTable: operation('DeleteRouteTable', ['RouteTableId'], (input: { readonly RouteTableId: string }) => {
      network.deleteRouteTable(input.RouteTableId);
      return {};
    }),
    CreateRoute: operation(
      'CreateRoute',
      ['RouteTableId', 'DestinationCidrBlock'],
      (input: {
        readonly RouteTableId: string;
        readonly DestinationCidrBlock: string;
        readonly GatewayId?: string;
        readonly NatGatewayId?: string;
      }) => {
        const gateway = input.NatGatewayId ?? input.GatewayId;
        if (gateway === undefined) throw network.error('missing', { parameter: 'GatewayId or NatGatewayId' });
        network.createRoute(input.RouteTableId, input.DestinationCidrBlock, gateway);
        return { Return: true };
      },
    ),
    DeleteRoute: operation(
      'DeleteRoute',
      ['RouteTableId', 'DestinationCidrBlock'],
      (input: { readonly RouteTableId: string; readonly DestinationCidrBlock: string }) => {
        network.deleteRoute(input.RouteTableId, input.DestinationCidrBlock);
        return {};
      },
    ),
    AssociateRouteTable: operation(
      'AssociateRouteTable',
      ['RouteTableId', 'SubnetId'],
      (input: { readonly RouteTableId: string; readonly SubnetId: string }) => ({
        AssociationId: network.associate(input.RouteTableId, input.SubnetId),
        AssociationState: { State: 'associated' },
      }),
    ),
    DisassociateRouteTable: operation(
      'DisassociateRouteTable',
      ['AssociationId'],
      ({ AssociationId }: { readonly AssociationId: string }) => {
        network.disassociate(AssociationId);
        return {};
      },
    ),
    AllocateAddress: operation('AllocateAddress', [], (_: { readonly Domain?: string }) => {
      const { id, publicIp } = network.allocateAddress();
      return { AllocationId: id, PublicIp: publicIp, Domain: 'vpc' };
    }),
    ReleaseAddress: operation('ReleaseAddress', ['AllocationId'], (input: { readonly AllocationId: string }) => {
      network.releaseAddress(input.AllocationId);
      return {};
    }),
    CreateNatGateway: operation(
      'CreateNatGateway',
      ['SubnetId'],
      (input: { readonly SubnetId: string; readonly AllocationId?: string }) => ({
        NatGateway: natShape(network, network.createNatGateway(input.SubnetId, input.AllocationId)),
      }),
    ),
    DescribeNatGateways: operation(
      'DescribeNatGateways',
      [],
      (input: Filtered & { readonly NatGatewayIds?: readonly string[] }) => ({
        NatGateways: fitting(
          chosen(network.natGateways, input.NatGatewayIds, (id) => network.natGateway(id)).map((each) =>
            natShape(network, each),
          ),
          input,
        ),
      }),
    ),
    DeleteNatGateway: operation('DeleteNatGateway', ['NatGatewayId'], (input: { readonly NatGatewayId: string }) => {
      network.deleteNatGateway(input.NatGatewayId);
      return { NatGatewayId: input.NatGatewayId };
    }),
    CreateVpcEndpoint: operation('CreateVpcEndpoint', ['VpcId', 'ServiceName'], (input: EndpointRequest) => {
      const type = input.VpcEndpointType ?? 'Gateway';
      const endpoint = network.createEndpoint({
        vpcId: input.VpcId,
        serviceName: input.ServiceName,
        type,
        routeTableIds: input.RouteTableIds ?? [],
        subnetIds: input.SubnetIds ?? [],
        groupIds: input.SecurityGroupIds ?? [],
        privateDns: input.PrivateDnsEnabled ?? type === 'Interface',
      });
      return { VpcEndpoint: endpointShape(endpoint) };
    }),
    ModifyVpcEndpoint: operation('ModifyVpcEndpoint', ['VpcEndpointId'], (input: EndpointChange) => {
      const { routeTables } = network.endpoint(input.VpcEndpointId);
      for (const id of input.AddRouteTableIds ?? []) routeTables.add(network.routeTable(id).id);
      for (const id of input.RemoveRouteTableIds ?? []) routeTables.delete(id);
      return { Return: true };
    }),
    DescribeVpcEndpoints: operation(
      'DescribeVpcEndpoints',
      [],
      (input: Filtered & { readonly VpcEndpointIds?: readonly string[] }) => ({
        VpcEndpoints: fitting(
          chosen(network.endpoints, input.VpcEndpointIds, (id) => network.endpoint(id)).map(endpointShape),
          input,
        ),
      }),
    ),
    DeleteVpcEndpoints: operation(
      'DeleteVpcEndpoints',
      ['VpcEndpointIds'],
      ({ VpcEndpointIds: ids }: { readonly VpcEndpointIds: readonly string[] }) => {
        for (const id of ids) network.deleteEndpoint(id);
        return { Unsuccessful: [] };
      },
    ),
    CreateSecurityGroup: operation(
      'CreateSecurityGroup',
      ['GroupName', 'Description', 'VpcId'],
      (input: { readonly GroupName: string; readonly Description: string; readonly VpcId: string }) => ({
        GroupId: network.createGroup(input.GroupName, input.Description, input.VpcId).id,
      }),
    ),
    DescribeSecurityGroups: operation(
      'DescribeSecurityGroups',
      [],
      (input: Filtered & { readonly GroupIds?: readonly string[] }) => ({
        SecurityGroups: fitting(
          chosen(network.groups, input.GroupIds, (id) => network.group(id)).map(groupShape),
          input,
        ),
      }),
    ),
    DeleteSecurityGroup: operation('DeleteSecurityGroup', ['GroupId'], ({ GroupId }: { readonly GroupId: string }) => {
      network.deleteGroup(GroupId);
      return { Return: true };
    }),
    AuthorizeSecurityGroupIngress: operation('AuthorizeSecurityGroupIngress', ['GroupId'], (input: GroupChange) =>
      changeRules(input, 'ingress', add),
    ),
    AuthorizeSecurityGroupEgress: operation('AuthorizeSecurityGroupEgress', ['GroupId'], (input: GroupChange) =>
      changeRules(input, 'egress', add),
    ),
    RevokeSecurityGroupIngress: operation('RevokeSecurityGroupIngress', ['GroupId'], (input: GroupChange) =>
      changeRules(input, 'ingress', remove),
    ),
    RevokeSecurityGroupEgress: operation('RevokeSecurityGroupEgress', ['GroupId'], (input: GroupChange) =>
      changeRules(input, 'egress', remove),
    ),
    DescribeNetworkInterfaces: operation('DescribeNetworkInterfaces', [], (_: object) => ({
      NetworkInterfaces: [...network.interfaces.values()].map(({ id, subnetId, groupIds, privateAddress }) => ({
        NetworkInterfaceId: id,
        SubnetId: subnetId,
        VpcId: network.subnets.get(subnetId)?.vpcId,
        Groups: groupIds.map((GroupId) => ({ GroupId })),
        InterfaceType: 'lambda',
        Description: 'AWS Lambda VPC ENI',
        PrivateIpAddress: privateAddress,
        Status: 'in-use',
      })),
    })),
  };
}
