/**
 * Whether a connection of a function gets an answer: routes, endpoints, gateways and security groups, as a packet meets
 * them. Sources: Lambda guide, networking; Amazon VPC guide, route tables, security groups, NAT gateways, endpoints.
 *
 * Rules about addresses of the internet are read for 0.0.0.0/0 and for the prefix list of a gateway endpoint only:
 * public addresses have no numbers here.
 */
import type { ConnectionReason } from '../../../trace.ts';
import { containsCidr } from './addresses.ts';
import type { GroupRule, PrivatePlace, SecurityGroup, Subnet, VpcEndpoint } from './vpc.types.ts';
import { everywhere, type VpcNetwork } from './vpc-network.ts';

/** What a function connects to: an API of AWS, something on the internet, or something with a private address. */
export type Destination =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'internet'; readonly port: number }
  | { readonly kind: 'private'; readonly place: PrivatePlace; readonly port: number };

/** Where a function's interface stands; of its subnets the one that the environment uses. */
export interface Standpoint {
  readonly subnetId: string;
  readonly groupIds: readonly string[];
}

export type Path =
  | {
      readonly isOpen: true;
      readonly through?: { readonly kind: 'nat-gateway' | 'interface-endpoint'; readonly id: string };
    }
  | { readonly isOpen: false; readonly reason: ConnectionReason };

const open: Path = { isOpen: true };
const closed = (reason: ConnectionReason): Path => ({ isOpen: false, reason });

/** The way of a connection; `from` is undefined for a function in no VPC. */
export function pathOf(network: VpcNetwork, from: Standpoint | undefined, to: Destination): Path {
  if (from === undefined) return to.kind === 'private' ? closed('outside-vpc') : open;
  const subnet = network.subnets.get(from.subnetId);
  if (subnet === undefined) return closed('no-route');
  const groups = groupsOf(network, from.groupIds);
  if (to.kind === 'private') return privatePath(network, subnet, groups, to.place, to.port);
  const endpoint = to.kind === 'service' ? endpointFor(network, subnet, to.service) : undefined;
  if (endpoint?.type === 'Interface') {
    const place = { vpcId: subnet.vpcId, subnetIds: [...endpoint.subnets], groupIds: [...endpoint.groups] };
    const path = privatePath(network, subnet, groups, place, 443);
    return path.isOpen ? { isOpen: true, through: { kind: 'interface-endpoint', id: endpoint.id } } : path;
  }
  const port = to.kind === 'internet' ? to.port : 443;
  const lists = endpoint?.prefixListId === undefined ? [] : [endpoint.prefixListId];
  if (!groups.some(({ egress }) => egress.some((rule) => letsOut(rule, port, lists)))) return closed('egress-rule');
  return endpoint === undefined ? internetPath(network, subnet) : open;
}

function groupsOf(network: VpcNetwork, ids: Iterable<string>): readonly SecurityGroup[] {
  return [...ids].flatMap((id) => network.groups.get(id) ?? []);
}

/** An interface endpoint with private DNS takes the service's name; a gateway endpoint is a route of the subnet's table. */
function endpointFor(network: VpcNetwork, subnet: Subnet, service: string): VpcEndpoint | undefined {
  const table = network.tableOf(subnet)?.id ?? '';
  const here = [...network.endpoints.values()].filter(
    (each) => each.vpcId === subnet.vpcId && each.service === service,
  );
  return (
    here.find(({ privateDns, subnets }) => privateDns && subnets.size > 0) ??
    here.find(({ routeTables }) => routeTables.has(table))
  );
}

function internetPath(network: VpcNetwork, subnet: Subnet): Path {
  const gateway = defaultRoute(network, subnet);
  if (gateway?.startsWith('igw-') === true) return closed('no-public-address');
  const nat = network.natGateways.get(gateway ?? '');
  if (nat?.state !== 'available') return closed('no-route');
  const stands = network.subnets.get(nat.subnetId);
  const beyond = stands === undefined ? undefined : network.internetGateways.get(defaultRoute(network, stands) ?? '');
  // A NAT gateway in a private subnet has no way out either.
  if (beyond === undefined || beyond.vpcId !== subnet.vpcId) return closed('no-route');
  return { isOpen: true, through: { kind: 'nat-gateway', id: nat.id } };
}

const defaultRoute = (network: VpcNetwork, subnet: Subnet): string | undefined =>
  network.tableOf(subnet)?.routes.get(everywhere);

function privatePath(
  network: VpcNetwork,
  subnet: Subnet,
  groups: readonly SecurityGroup[],
  place: PrivatePlace,
  port: number,
): Path {
  if (place.vpcId !== subnet.vpcId) return closed('other-vpc');
  const blocks = place.subnetIds.flatMap((id) => network.subnets.get(id)?.cidr ?? []);
  const out = groups.some(({ egress }) => egress.some((rule) => meets(rule, port, blocks, place.groupIds)));
  if (!out) return closed('egress-rule');
  const own = groups.map(({ id }) => id);
  const letIn = groupsOf(network, place.groupIds).some(({ ingress }) =>
    ingress.some((rule) => meets(rule, port, [subnet.cidr], own)),
  );
  return letIn ? open : closed('ingress-rule');
}

const hasPort = ({ protocol, fromPort, toPort }: GroupRule, port: number): boolean =>
  protocol === '-1' || (protocol === 'tcp' && fromPort <= port && port <= toPort);

/** Whether the rule is about the port and about all of these addresses, or one of these groups. */
function meets(rule: GroupRule, port: number, blocks: readonly string[], groupIds: readonly string[]): boolean {
  if (!hasPort(rule, port)) return false;
  const { peer } = rule;
  if ('groupId' in peer) return groupIds.includes(peer.groupId);
  return 'cidr' in peer && blocks.length > 0 && blocks.every((block) => containsCidr(peer.cidr, block));
}

function letsOut(rule: GroupRule, port: number, prefixLists: readonly string[]): boolean {
  if (!hasPort(rule, port)) return false;
  const { peer } = rule;
  if ('prefixListId' in peer) return prefixLists.includes(peer.prefixListId);
  return 'cidr' in peer && peer.cidr === everywhere;
}
