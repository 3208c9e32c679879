/** The network as functions meet it: their interfaces, the ways of their connections, and what those are paid for. */
import { factNumber } from '../../../facts.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Caller, ServiceHost } from '../../service.ts';
import { pathOf, type Destination, type Path } from './reachability.ts';
import type { VpcNetwork } from './vpc-network.ts';

interface OfVpc {
  readonly SubnetIds: readonly string[];
  readonly SecurityGroupIds: readonly string[];
}

export class FunctionNetwork {
  readonly #host: ServiceHost;
  readonly #network: VpcNetwork;
  readonly #random: Random;

  constructor(host: ServiceHost, network: VpcNetwork) {
    this.#host = host;
    this.#network = network;
    this.#random = host.random.stream('vpc interface times');
  }

  /** @throws {ApiError} when a subnet or group is not there, or they are in different VPCs */
  vpcOf({ SubnetIds: subnetIds, SecurityGroupIds: groupIds }: OfVpc): string {
    const subnets = subnetIds.map((id) => this.#network.subnet(id).vpcId);
    const groups = groupIds.map((id) => this.#network.group(id).vpcId);
    const [vpcId = '', ...others] = [...subnets, ...groups];
    if (others.some((other) => other !== vpcId)) throw this.#network.error('otherVpc');
    return vpcId;
  }

  /** Makes the interfaces that are missing. Returns when all of them are there, in virtual ms since the epoch. */
  attach({ SubnetIds: subnetIds, SecurityGroupIds: groupIds }: OfVpc): number {
    const { facts } = this.#host;
    const time = (): number =>
      this.#random.lognormalFromQuantiles(
        factNumber(facts, 'timing-vpc-interface', 'seconds'),
        factNumber(facts, 'timing-vpc-interface', 'p90Ratio'),
      ) * 1000;
    return Math.max(...subnetIds.map((id) => this.#network.interfaceOf(id, groupIds, time).readyAt));
  }

  /**
   * The way of a connection that a function's environment opens. One that gets no answer is written into the trace;
   * `address` is what it was for: `dynamodb.us-east-1.amazonaws.com:443`.
   */
  connect(caller: Caller, to: Destination, address: string): Path {
    if (caller.kind !== 'role') return { isOpen: true };
    const { vpc, environmentId, requestId } = caller;
    const from =
      vpc === undefined
        ? undefined
        : { subnetId: subnetOf(environmentId, vpc.SubnetIds), groupIds: vpc.SecurityGroupIds };
    const path = pathOf(this.#network, from, to);
    if (!path.isOpen) {
      const { clock, trace } = this.#host;
      const during = requestId === undefined ? {} : { requestId };
      const { reason } = path;
      trace.emit({ type: 'connectionUnanswered', time: clock.now, environmentId, ...during, address, reason });
    }
    return path;
  }

  /** Bytes went that way: gateways and interface endpoints are paid by the GB. */
  carry(path: Path, bytes: number): void {
    if (!path.isOpen || path.through === undefined) return;
    const { kind, id } = path.through;
    this.#network.meter.through(id, `${kind}-gigabytes`, bytes);
  }
}

/** Each environment uses the interface in one of the subnets. */
function subnetOf(environmentId: string, subnetIds: readonly string[]): string {
  const number = Number.parseInt(environmentId.slice(-6), 16);
  return subnetIds[(Number.isNaN(number) ? 0 : number) % subnetIds.length] ?? '';
}
