/** What a VPC consists of, as the account keeps it. Source: Amazon VPC user guide. */

export interface Vpc {
  readonly id: string;
  readonly cidr: string;
  /** What subnets without a table of their own use. */
  readonly mainTable: string;
  readonly defaultGroup: string;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
}

export interface InternetGateway {
  readonly id: string;
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Id of the gateway by destination; the route to the VPC itself is always there. */
  readonly routes: Map<string, string>;
  /** Subnet by the id of its association. */
  readonly associations: Map<string, string>;
}

export interface NatGateway {
  readonly id: string;
  readonly subnetId: string;
  readonly allocationId: string;
  state: 'available' | 'deleted';
  readonly created: number;
}

/** An Elastic IP address. */
export interface Address {
  readonly id: string;
  readonly publicIp: string;
}

export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  /** `com.amazonaws.us-east-1.dynamodb` */
  readonly serviceName: string;
  /** As SDK packages name it. */
  readonly service: string;
  readonly type: 'Gateway' | 'Interface';
  /** By which rules name the addresses behind a gateway endpoint. */
  readonly prefixListId?: string;
  /** Of a gateway endpoint. */
  readonly routeTables: Set<string>;
  /** Of an interface endpoint. */
  readonly subnets: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly privateDns: boolean;
  readonly created: number;
}

/** One rule of a security group: a protocol, ports, and where from or to. */
export interface GroupRule {
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** A CIDR block, a security group, or a prefix list. */
  readonly peer: { readonly cidr: string } | { readonly groupId: string } | { readonly prefixListId: string };
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  ingress: readonly GroupRule[];
  egress: readonly GroupRule[];
}

/** The interface that all environments of all functions with the same subnet and security groups share. */
export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly privateAddress: string;
  /** Virtual ms since the epoch: when Lambda can use it. */
  readonly readyAt: number;
}

/** Where something with a private address stands: a load balancer inside of a VPC, an interface endpoint. */
export interface PrivatePlace {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
}
