/** Amazon EC2: instances that are run, found, started, stopped and terminated over virtual time; and networks, in `network/`. */
import { factNumber, factValue } from '../../facts.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { Caller, Permissions, Service, ServiceHost } from '../service.ts';
import { matchesFilters, type Filter } from './filters.ts';
import { networkOperations } from './network/network-operations.ts';
import { VpcNetwork } from './network/vpc-network.ts';
import { stateOf, type Instance, type InstanceStateName, type Tag } from './instance.ts';

interface OfInstances {
  readonly InstanceIds: readonly string[];
}

interface RunInstancesRequest {
  readonly ImageId: string;
  readonly InstanceType?: string;
  readonly MinCount: number;
  readonly MaxCount: number;
  readonly TagSpecifications?: readonly { readonly ResourceType: string; readonly Tags: readonly Tag[] }[];
}

const hex = '0123456789abcdef';

export class Ec2 implements Service {
  readonly name = 'ec2';
  readonly network: VpcNetwork;
  readonly operations;
  readonly #host: ServiceHost;
  readonly #permissions: Permissions;
  readonly #random: Random;
  readonly #instances = new Map<string, Instance>();

  constructor(host: ServiceHost, permissions: Permissions) {
    this.#host = host;
    this.#permissions = permissions;
    this.#random = host.random.stream('ec2 instances');
    this.network = new VpcNetwork(host);
    this.operations = { ...this.#instanceOperations(), ...networkOperations(this.network) };
  }

  #instanceOperations() {
    return {
      RunInstances: {
        action: 'ec2:RunInstances',
        resources: () => ['*'],
        run: (input: RunInstancesRequest) => this.#run(input),
      },
      DescribeInstances: {
        action: 'ec2:DescribeInstances',
        resources: () => ['*'],
        run: (input: Partial<OfInstances> & { readonly Filters?: readonly Filter[] }) => this.#describe(input),
      },
      StartInstances: {
        action: 'ec2:StartInstances',
        // Asked for each instance by itself: its tags are conditions.
        resources: () => [],
        run: (input: OfInstances, caller: Caller) => ({
          StartingInstances: this.#change(input, caller, 'ec2:StartInstances', (instance) => this.#start(instance)),
        }),
      },
      StopInstances: {
        action: 'ec2:StopInstances',
        resources: () => [],
        run: (input: OfInstances, caller: Caller) => ({
          StoppingInstances: this.#change(input, caller, 'ec2:StopInstances', (instance) => this.#stop(instance)),
        }),
      },
      TerminateInstances: {
        action: 'ec2:TerminateInstances',
        resources: () => [],
        run: (input: OfInstances, caller: Caller) => ({
          TerminatingInstances: this.#change(input, caller, 'ec2:TerminateInstances', (instance) => {
            if (instance.state !== 'terminated')
              this.#become(instance, 'shutting-down', 'terminated', 'terminateSeconds');
          }),
        }),
      },
      CreateTags: {
        action: 'ec2:CreateTags',
        resources: ({ Resources: ids }: { readonly Resources: readonly string[] }) => ids.map((id) => this.#arnOf(id)),
        run: ({
          Resources: ids,
          Tags: tags,
        }: {
          readonly Resources: readonly string[];
          readonly Tags: readonly Tag[];
        }) => {
          for (const id of ids) for (const { Key, Value } of tags) this.#find(id).tags.set(Key, Value);
          return {};
        },
      },
    };
  }

  #error(key: string, values: Readonly<Record<string, string>> = {}): Error {
    return factError(this.#host.facts, 'err-ec2', key, values);
  }

  #arnOf(id: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:ec2:${region}:${accountId}:instance/${id}`;
  }

  #find(id: string): Instance {
    if (!/^i-[0-9a-f]{8,17}$/.test(id)) throw this.#error('malformed', { id });
    const instance = this.#instances.get(id);
    if (instance === undefined) throw this.#error('notFound', { id });
    return instance;
  }

  #run({
    ImageId: image,
    InstanceType: type = 't3.micro',
    MaxCount: count,
    TagSpecifications: tags = [],
  }: RunInstancesRequest) {
    const { clock } = this.#host;
    const given = tags.filter(({ ResourceType }) => ResourceType === 'instance').flatMap(({ Tags }) => Tags);
    const reservation = `r-${newToken(this.#random, 17, hex)}`;
    const made = Array.from({ length: count }, (): Instance => {
      const instance: Instance = {
        id: `i-${newToken(this.#random, 17, hex)}`,
        image,
        type,
        reservation,
        privateAddress: `10.0.${this.#random.nextUint32() % 256}.${4 + (this.#random.nextUint32() % 250)}`,
        tags: new Map(given.map(({ Key, Value }) => [Key, Value])),
        launched: clock.now,
        state: 'stopped',
        cancel: () => undefined,
      };
      this.#instances.set(instance.id, instance);
      this.#become(instance, 'pending', 'running', 'startSeconds');
      return instance;
    });
    return { ReservationId: reservation, Instances: made.map((instance) => this.#shape(instance)) };
  }

  #describe({
    InstanceIds: ids,
    Filters: filters = [],
  }: Partial<OfInstances> & { readonly Filters?: readonly Filter[] }) {
    const chosen =
      ids === undefined || ids.length === 0 ? [...this.#instances.values()] : ids.map((id) => this.#find(id));
    const found = chosen.filter((instance) => matchesFilters(instance, filters, this.#host.facts));
    const reservations = [...new Set(found.map(({ reservation }) => reservation))];
    return {
      Reservations: reservations.map((id) => ({
        ReservationId: id,
        OwnerId: this.#host.location.accountId,
        Instances: found.filter(({ reservation }) => reservation === id).map((instance) => this.#shape(instance)),
      })),
    };
  }

  #change({ InstanceIds: ids }: OfInstances, caller: Caller, action: string, change: (instance: Instance) => void) {
    if (!Array.isArray(ids) || ids.length === 0) throw this.#error('missing', { parameter: 'InstanceIds' });
    const instances = ids.map((id: string) => {
      const instance = this.#instances.get(id);
      const tags = [...(instance?.tags ?? [])].flatMap(([key, value]) => [
        [`aws:ResourceTag/${key}`, value],
        [`ec2:ResourceTag/${key}`, value],
      ]);
      const conditions = Object.fromEntries(tags) as Record<string, string>;
      this.#permissions.require({ caller, action, resource: this.#arnOf(id), conditions });
      return this.#find(id);
    });
    return instances.map((instance) => {
      const previous = this.#state(instance.state);
      change(instance);
      return { InstanceId: instance.id, CurrentState: this.#state(instance.state), PreviousState: previous };
    });
  }

  #start(instance: Instance): void {
    if (instance.state === 'running' || instance.state === 'pending') return;
    if (instance.state !== 'stopped') throw this.#error('state', { which: 'The', id: instance.id, what: 'started' });
    instance.launched = this.#host.clock.now;
    this.#become(instance, 'pending', 'running', 'startSeconds');
  }

  #stop(instance: Instance): void {
    if (instance.state === 'stopped' || instance.state === 'stopping') return;
    if (instance.state !== 'running') throw this.#error('state', { which: 'This', id: instance.id, what: 'stopped' });
    this.#become(instance, 'stopping', 'stopped', 'stopSeconds');
  }

  /** One state now, the other one after its time. */
  #become(instance: Instance, now: InstanceStateName, then: InstanceStateName, time: string): void {
    const { clock, facts } = this.#host;
    const seconds = this.#random.lognormalFromQuantiles(
      factNumber(facts, 'timing-ec2-states', time),
      factNumber(facts, 'timing-ec2-states', 'p90Ratio'),
    );
    instance.cancel();
    instance.state = now;
    instance.cancel = clock.schedule(clock.now + seconds * 1000, () => {
      instance.state = then;
    });
  }

  #state(name: InstanceStateName) {
    return stateOf(name, factValue(this.#host.facts, 'ec2-instance-states') as Record<InstanceStateName, number>);
  }

  #shape(instance: Instance) {
    const { id, image, type, launched, state, privateAddress, tags } = instance;
    return {
      InstanceId: id,
      ImageId: image,
      InstanceType: type,
      LaunchTime: new Date(launched),
      State: this.#state(state),
      PrivateIpAddress: privateAddress,
      Placement: { AvailabilityZone: `${this.#host.location.region}a` },
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    };
  }
}
