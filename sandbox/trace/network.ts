/** Trace events of networks: connections that nothing answers, and what gateways and endpoints are paid for. */
import type { At } from '../trace.ts';

/** A function's packet has no way, or a security group drops it: nobody says no. */
export interface ConnectionUnanswered extends At {
  readonly type: 'connectionUnanswered';
  readonly environmentId: string;
  /** The invocation that connects; absent during init. */
  readonly requestId?: string;
  /** `dynamodb.us-east-1.amazonaws.com:443` */
  readonly address: string;
  readonly reason: ConnectionReason;
}

export type ConnectionReason =
  /** The function is in no VPC, and the address is private. */
  | 'outside-vpc'
  /** The address is private in another VPC. */
  | 'other-vpc'
  /** The function's security groups let nothing out to it. */
  | 'egress-rule'
  /** The security groups at the other end do not let the function in. */
  | 'ingress-rule'
  /** The subnet's route table leads nowhere. */
  | 'no-route'
  /** The route leads to an internet gateway, which answers nobody without a public address. */
  | 'no-public-address';

/** A metered quantity of a network that the bill multiplies by a price. */
export interface NetworkUsageMetered extends At {
  readonly type: 'networkUsageMetered';
  readonly meter: NetworkMeterName;
  /** Hours, or GB (1 GB = 1,024 MB). */
  readonly quantity: number;
  /** Id of the NAT gateway, endpoint or address. */
  readonly resource: string;
}

export type NetworkMeterName =
  | 'nat-gateway-hours'
  | 'nat-gateway-gigabytes'
  | 'interface-endpoint-hours'
  | 'interface-endpoint-gigabytes'
  | 'public-ipv4-hours';

export type NetworkEvent = ConnectionUnanswered | NetworkUsageMetered;
