/** Networks as EC2's API tells of them, and the rules of security groups as it takes them. Shapes of the AWS SDK v3. */
import type { VpcNetwork } from './vpc-network.ts';
import type { GroupRule, NatGateway, RouteTable, SecurityGroup, Subnet, Vpc, VpcEndpoint } from './vpc.types.ts';

export interface IpPermission {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { readonly CidrIp?: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId?: string }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId?: string }[];
}

/** One rule for each peer that a permission names. */
export function rulesOf(permissions: readonly IpPermission[]): readonly GroupRule[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol: protocol = '-1', IpRanges: ranges = [], UserIdGroupPairs: pairs = [] } = permission;
    const isAll = protocol === '-1';
    const ports = {
      protocol,
      fromPort: isAll ? 0 : (permission.FromPort ?? 0),
      toPort: isAll ? 65_535 : (permission.ToPort ?? permission.FromPort ?? 65_535),
    };
    const peers: GroupRule['peer'][] = [
      ...ranges.map(({ CidrIp: cidr = '' }) => ({ cidr })),
      ...pairs.map(({ GroupId: groupId = '' }) => ({ groupId })),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId: prefixListId = '' }) => ({ prefixListId })),
    ];
    return peers.map((peer) => ({ ...ports, peer }));
  });
}

export const sameRule = (one: GroupRule, other: GroupRule): boolean => JSON.stringify(one) === JSON.stringify(other);

const permissionOf = ({ protocol, fromPort, toPort, peer }: GroupRule) => ({
  IpProtocol: protocol,
  ...(protocol === '-1' ? {} : { FromPort: fromPort, ToPort: toPort }),
  IpRanges: 'cidr' in peer ? [{ CidrIp: peer.cidr }] : [],
  UserIdGroupPairs: 'groupId' in peer ? [{ GroupId: peer.groupId }] : [],
  PrefixListIds: 'prefixListId' in peer ? [{ PrefixListId: peer.prefixListId }] : [],
});

export const groupShape = ({ id, name, description, vpcId, ingress, egress }: SecurityGroup) => ({
  GroupId: id,
  GroupName: name,
  Description: description,
  VpcId: vpcId,
  IpPermissions: ingress.map(permissionOf),
  IpPermissionsEgress: egress.map(permissionOf),
});

export const vpcShape = ({ id, cidr }: Vpc) => ({ VpcId: id, CidrBlock: cidr, State: 'available', IsDefault: false });

export const subnetShape = ({ id, vpcId, cidr, zone }: Subnet) => ({
  SubnetId: id,
  VpcId: vpcId,
  CidrBlock: cidr,
  AvailabilityZone: zone,
  State: 'available',
  MapPublicIpOnLaunch: false,
});

export function tableShape(network: VpcNetwork, { id, vpcId, routes, associations }: RouteTable) {
  const vpc = network.vpcs.get(vpcId);
  const endpoints = [...network.endpoints.values()].filter(({ routeTables }) => routeTables.has(id));
  return {
    RouteTableId: id,
    VpcId: vpcId,
    Routes: [
      { DestinationCidrBlock: vpc?.cidr, GatewayId: 'local', State: 'active' },
      ...[...routes].map(([cidr, gateway]) => ({
        DestinationCidrBlock: cidr,
        ...(gateway.startsWith('nat-') ? { NatGatewayId: gateway } : { GatewayId: gateway }),
        State: network.natGateways.get(gateway)?.state === 'deleted' ? 'blackhole' : 'active',
      })),
      ...endpoints.map((endpoint) => ({
        DestinationPrefixListId: endpoint.prefixListId,
        GatewayId: endpoint.id,
        State: 'active',
      })),
    ],
    Associations: [
      ...(vpc?.mainTable === id ? [{ Main: true, RouteTableId: id }] : []),
      ...[...associations].map(([association, subnet]) => ({
        Main: false,
        RouteTableAssociationId: association,
        RouteTableId: id,
        SubnetId: subnet,
      })),
    ],
  };
}

export const natShape = (network: VpcNetwork, { id, subnetId, allocationId, state, created }: NatGateway) => ({
  NatGatewayId: id,
  SubnetId: subnetId,
  VpcId: network.subnets.get(subnetId)?.vpcId,
  State: state,
  ConnectivityType: 'public',
  CreateTime: new Date(created),
  NatGatewayAddresses: [{ AllocationId: allocationId, PublicIp: network.addresses.get(allocationId)?.publicIp }],
});

export const endpointShape = (endpoint: VpcEndpoint) => ({
  VpcEndpointId: endpoint.id,
  VpcEndpointType: endpoint.type,
  VpcId: endpoint.vpcId,
  ServiceName: endpoint.serviceName,
  State: 'available',
  RouteTableIds: [...endpoint.routeTables],
  SubnetIds: [...endpoint.subnets],
  Groups: [...endpoint.groups].map((GroupId) => ({ GroupId })),
  PrivateDnsEnabled: endpoint.privateDns,
  CreationTimestamp: new Date(endpoint.created),
});
