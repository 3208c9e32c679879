/** Application Load Balancers, their listeners with rules, and target groups with a function each. */
import type { PrivatePlace } from '../ec2/network/vpc.types.ts';
import type { Action, Condition } from './elastic-load-balancing-v2.types.ts';

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  /** `shop-1234567890.us-east-1.elb.amazonaws.com` */
  readonly dnsName: string;
  readonly scheme: string;
  /** Where an internal one stands. */
  readonly place?: PrivatePlace;
  /** Virtual ms since the epoch. */
  readonly created: number;
  readonly listeners: Map<string, Listener>;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
  readonly defaultActions: readonly Action[];
  readonly rules: Map<string, Rule>;
}

export interface Rule {
  readonly arn: string;
  readonly priority: number;
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  /** ARN of the function. */
  target?: string;
  multiValueHeaders: boolean;
}
