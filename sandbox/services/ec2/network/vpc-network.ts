/** The networks of an account: VPCs with what is in them, made, found, changed and deleted. */
import { factValue } from '../../../facts.ts';
import { newToken } from '../../../kernel/ids.ts';
import type { Random } from '../../../kernel/random.ts';
import { factError } from '../../fact-errors.ts';
import type { ServiceHost } from '../../service.ts';
import { addressAt, containsCidr, parseCidr } from './addresses.ts';
import { NetworkMeter } from './network-meter.ts';
import type {
  Address,
  GroupRule,
  InternetGateway,
  NatGateway,
  NetworkInterface,
  PrivatePlace,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
} from './vpc.types.ts';

const hex = '0123456789abcdef';

export const everywhere = '0.0.0.0/0';

/** The rule that every new group has for what goes out. */
const allOut: GroupRule = { protocol: '-1', fromPort: 0, toPort: 65_535, peer: { cidr: everywhere } };

export interface NewEndpoint {
  readonly vpcId: string;
  readonly serviceName: string;
  readonly type: 'Gateway' | 'Interface';
  readonly routeTableIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly privateDns: boolean;
}

export class VpcNetwork {
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly internetGateways = new Map<string, InternetGateway>();
  readonly routeTables = new Map<string, RouteTable>();
  readonly natGateways = new Map<string, NatGateway>();
  readonly addresses = new Map<string, Address>();
  readonly endpoints = new Map<string, VpcEndpoint>();
  readonly groups = new Map<string, SecurityGroup>();
  readonly interfaces = new Map<string, NetworkInterface>();
  readonly meter: NetworkMeter;
  readonly #host: ServiceHost;
  readonly #ids: Random;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#ids = host.random.stream('vpc ids');
    this.meter = new NetworkMeter(host);
  }

  error(key: string, values: Readonly<Record<string, string>> = {}): Error {
    return factError(this.#host.facts, 'err-ec2-network', key, values);
  }

  // --- VPCs and subnets

  createVpc(cidr: string): Vpc {
    if (parseCidr(cidr) === undefined) throw this.error('cidr', { cidr });
    const id = this.#id('vpc');
    const vpc: Vpc = {
      id,
      cidr,
      mainTable: this.#addTable(id).id,
      defaultGroup: this.#addGroup('default', 'default VPC security group', id).id,
    };
    const group = this.group(vpc.defaultGroup);
    group.ingress = [{ ...allOut, peer: { groupId: group.id } }];
    this.vpcs.set(id, vpc);
    return vpc;
  }

  vpc(id: string): Vpc {
    return this.#found(this.vpcs, id, 'vpc');
  }

  deleteVpc(id: string): void {
    const { mainTable, defaultGroup } = this.vpc(id);
    this.vpcs.delete(id);
    this.routeTables.delete(mainTable);
    this.groups.delete(defaultGroup);
  }

  createSubnet(vpcId: string, cidr: string, zone = `${this.#host.location.region}a`): Subnet {
    const vpc = this.vpc(vpcId);
    if (parseCidr(cidr) === undefined) throw this.error('cidr', { cidr });
    if (!containsCidr(vpc.cidr, cidr)) throw this.error('cidrRange', { cidr });
    const subnet: Subnet = { id: this.#id('subnet'), vpcId, cidr, zone };
    this.subnets.set(subnet.id, subnet);
    return subnet;
  }

  subnet(id: string): Subnet {
    return this.#found(this.subnets, id, 'subnet');
  }

  deleteSubnet(id: string): void {
    this.subnet(id);
    this.subnets.delete(id);
    for (const { associations } of this.routeTables.values()) {
      for (const [association, subnetId] of associations) if (subnetId === id) associations.delete(association);
    }
  }

  // --- routes

  createRouteTable(vpcId: string): RouteTable {
    this.vpc(vpcId);
    return this.#addTable(vpcId);
  }

  routeTable(id: string): RouteTable {
    return this.#found(this.routeTables, id, 'routeTable');
  }

  deleteRouteTable(id: string): void {
    this.routeTable(id);
    this.routeTables.delete(id);
    for (const { routeTables } of this.endpoints.values()) routeTables.delete(id);
  }

  /** The table that decides for a subnet: its own, or the main one of its VPC. */
  tableOf({ id, vpcId }: Subnet): RouteTable | undefined {
    const own = [...this.routeTables.values()].find(({ associations }) => [...associations.values()].includes(id));
    return own ?? this.routeTables.get(this.vpcs.get(vpcId)?.mainTable ?? '');
  }

  /** @throws {ApiError} when the gateway is not there, or the table has such a route */
  createRoute(tableId: string, cidr: string, gatewayId: string): void {
    const { routes } = this.routeTable(tableId);
    if (parseCidr(cidr) === undefined) throw this.error('cidr', { cidr });
    if (routes.has(cidr)) throw this.error('routeExists', { cidr });
    if (gatewayId.startsWith('nat-')) this.natGateway(gatewayId);
    else this.internetGateway(gatewayId);
    routes.set(cidr, gatewayId);
  }

  deleteRoute(tableId: string, cidr: string): void {
    if (!this.routeTable(tableId).routes.delete(cidr)) throw this.error('route', { cidr, id: tableId });
  }

  associate(tableId: string, subnetId: string): string {
    const table = this.routeTable(tableId);
    const subnet = this.subnet(subnetId);
    if (subnet.vpcId !== table.vpcId) throw this.error('otherVpc');
    const taken = [...this.routeTables.values()].some(({ associations }) =>
      [...associations.values()].includes(subnetId),
    );
    if (taken) throw this.error('associated', { id: tableId });
    const id = this.#id('rtbassoc');
    table.associations.set(id, subnetId);
    return id;
  }

  disassociate(associationId: string): void {
    for (const { associations } of this.routeTables.values()) if (associations.delete(associationId)) return;
    throw this.error('association', { id: associationId });
  }

  // --- gateways

  createInternetGateway(): InternetGateway {
    const gateway: InternetGateway = { id: this.#id('igw'), vpcId: undefined };
    this.internetGateways.set(gateway.id, gateway);
    return gateway;
  }

  internetGateway(id: string): InternetGateway {
    return this.#found(this.internetGateways, id, 'internetGateway');
  }

  allocateAddress(): Address {
    const id = this.#id('eipalloc');
    const publicIp = `203.0.113.${1 + (this.#ids.nextUint32() % 250)}`;
    const address = { id, publicIp };
    this.addresses.set(id, address);
    this.meter.begin(id, 'public-ipv4-hours', 1);
    return address;
  }

  releaseAddress(id: string): void {
    this.#found(this.addresses, id, 'address');
    this.addresses.delete(id);
    this.meter.end(id);
  }

  createNatGateway(subnetId: string, allocationId: string | undefined): NatGateway {
    this.subnet(subnetId);
    if (allocationId === undefined) throw this.error('noAddress');
    this.#found(this.addresses, allocationId, 'address');
    const created = this.#host.clock.now;
    const gateway: NatGateway = { id: this.#id('nat'), subnetId, allocationId, state: 'available', created };
    this.natGateways.set(gateway.id, gateway);
    this.meter.begin(gateway.id, 'nat-gateway-hours', 1);
    return gateway;
  }

  natGateway(id: string): NatGateway {
    return this.#found(this.natGateways, id, 'natGateway');
  }

  /** It is listed for a while as deleted; routes to it lead nowhere. */
  deleteNatGateway(id: string): void {
    this.natGateway(id).state = 'deleted';
    this.meter.end(id);
  }

  // --- endpoints

  createEndpoint({ vpcId, serviceName, type, routeTableIds, subnetIds, groupIds, privateDns }: NewEndpoint) {
    const vpc = this.vpc(vpcId);
    for (const id of routeTableIds) if (this.routeTable(id).vpcId !== vpcId) throw this.error('otherVpc');
    for (const id of subnetIds) if (this.subnet(id).vpcId !== vpcId) throw this.error('otherVpc');
    for (const id of groupIds) if (this.group(id).vpcId !== vpcId) throw this.error('otherVpc');
    const isInterface = type === 'Interface';
    const { service, prefixListId } = this.#serviceOf(serviceName, type);
    const endpoint: VpcEndpoint = {
      id: this.#id('vpce'),
      vpcId,
      serviceName,
      service,
      type,
      ...(isInterface || prefixListId === undefined ? {} : { prefixListId }),
      routeTables: new Set(isInterface ? [] : routeTableIds),
      subnets: new Set(isInterface ? subnetIds : []),
      groups: new Set(isInterface ? (groupIds.length > 0 ? groupIds : [vpc.defaultGroup]) : []),
      privateDns: isInterface && privateDns,
      created: this.#host.clock.now,
    };
    this.endpoints.set(endpoint.id, endpoint);
    if (isInterface) this.meter.begin(endpoint.id, 'interface-endpoint-hours', endpoint.subnets.size);
    return endpoint;
  }

  endpoint(id: string): VpcEndpoint {
    return this.#found(this.endpoints, id, 'endpoint');
  }

  deleteEndpoint(id: string): void {
    this.endpoint(id);
    this.endpoints.delete(id);
    this.meter.end(id);
  }

  // --- security groups

  createGroup(name: string, description: string, vpcId: string): SecurityGroup {
    this.vpc(vpcId);
    return this.#addGroup(name, description, vpcId);
  }

  group(id: string): SecurityGroup {
    return this.#found(this.groups, id, 'group');
  }

  deleteGroup(id: string): void {
    this.group(id);
    this.groups.delete(id);
  }

  // --- network interfaces

  /** The interface of that pair, made now when nobody has used it before; ready at once, or in `afterMs`. */
  interfaceOf(subnetId: string, groupIds: readonly string[], afterMs: () => number): NetworkInterface {
    const key = `${subnetId} ${[...groupIds].sort().join(' ')}`;
    const known = this.interfaces.get(key);
    if (known !== undefined) return known;
    const made: NetworkInterface = {
      id: this.#id('eni'),
      subnetId,
      groupIds: [...groupIds],
      privateAddress: addressAt(this.subnet(subnetId).cidr, 4 + (this.#ids.nextUint32() % 200)),
      readyAt: this.#host.clock.now + afterMs(),
    };
    this.interfaces.set(key, made);
    return made;
  }

  /** Where something with a private address stands; without groups it has the VPC's default one. */
  placeOf(subnetIds: readonly string[], groupIds: readonly string[]): PrivatePlace {
    const [first] = subnetIds.map((id) => this.subnet(id).vpcId);
    if (first === undefined) throw this.error('missing', { parameter: 'Subnets' });
    for (const id of groupIds) if (this.group(id).vpcId !== first) throw this.error('otherVpc');
    const groups = groupIds.length > 0 ? groupIds : [this.vpc(first).defaultGroup];
    return { vpcId: first, subnetIds: [...subnetIds], groupIds: [...groups] };
  }

  #serviceOf(serviceName: string, type: VpcEndpoint['type']) {
    const { facts, location } = this.#host;
    const { prefixLists, names } = factValue(facts, 'vpc-endpoint-services') as {
      readonly prefixLists: Readonly<Record<string, string>>;
      readonly names: Readonly<Record<string, string>>;
    };
    const prefix = `com.amazonaws.${location.region}.`;
    const found = Object.entries(names).find(([, name]) => `${prefix}${name}` === serviceName)?.[0];
    const prefixListId = prefixLists[found ?? ''];
    if (found === undefined || (type === 'Gateway' && prefixListId === undefined)) {
      throw this.error('service', { service: serviceName });
    }
    return { service: found, prefixListId };
  }

  #addTable(vpcId: string): RouteTable {
    const table: RouteTable = { id: this.#id('rtb'), vpcId, routes: new Map(), associations: new Map() };
    this.routeTables.set(table.id, table);
    return table;
  }

  #addGroup(name: string, description: string, vpcId: string): SecurityGroup {
    const group = { id: this.#id('sg'), name, description, vpcId, ingress: [], egress: [allOut] };
    this.groups.set(group.id, group);
    return group;
  }

  #found<Item>(all: ReadonlyMap<string, Item>, id: string, kind: string): Item {
    const found = all.get(id);
    if (found === undefined) throw this.error(kind, { id });
    return found;
  }

  #id(prefix: string): string {
    return `${prefix}-${newToken(this.#ids, 17, hex)}`;
  }
}
