/**
 * Provisioned concurrency of versions and aliases: environments that are initialised ahead of their requests.
 * Source: Lambda guide, provisioned concurrency.
 */
import type { Clock } from '../../kernel/clock.ts';
import { factNumber, factText, type Facts } from '../../facts.ts';
import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  ProvisionedConcurrencyConfig,
  ProvisionedConcurrencyConfigListItem,
  ProvisionedConcurrencyRequest,
  PutProvisionedConcurrencyConfigRequest,
} from '../api/concurrency.types.ts';
import { apiTime } from '../configuration.ts';
import { serviceError } from '../errors.ts';
import type { FunctionDirectory, FunctionPointer } from '../function-directory.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { Limits } from '../limits.ts';
import { pageOf } from '../pages.ts';
import { checkRange } from '../parameters.ts';
import type { Placement } from '../placement.ts';
import { provisionedShares, type AllocationTimes } from '../policies/provisioned.ts';
import type { TraceWriter } from '../trace-writer.ts';
import { Allocation } from './allocation.ts';
import { CapacityMeter } from './capacity-meter.ts';
import type { Concurrency } from './concurrency.ts';

export interface ProvisionedConcurrencyHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  readonly concurrency: Concurrency;
  readonly placement: Placement;
}

/** One configuration, on a version or an alias. */
interface Configured {
  readonly record: FunctionRecord;
  readonly qualifier: string;
  requested: number;
  lastModified: number;
  status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  /** By version; an alias with weights has two. */
  readonly allocations: Map<string, Allocation>;
  readonly meter: CapacityMeter;
}

export class ProvisionedConcurrency {
  readonly #host: ProvisionedConcurrencyHost;
  readonly #times: AllocationTimes;
  readonly #configured = new Map<FunctionRecord, Map<string, Configured>>();

  constructor(host: ProvisionedConcurrencyHost) {
    this.#host = host;
    this.#times = {
      preparationMs: factNumber(host.facts, 'timing-provisioned-preparation', 'seconds') * 1000,
      environmentsPerMinute: factNumber(host.facts, 'provisioned-allocation-rate'),
    };
  }

  put(request: PutProvisionedConcurrencyConfigRequest): ProvisionedConcurrencyConfig {
    const { clock, facts, concurrency } = this.#host;
    const { ProvisionedConcurrentExecutions: requested } = request;
    checkRange(facts, 'provisionedConcurrentExecutions', requested, { min: 1, max: Number.MAX_SAFE_INTEGER });
    const pointer = this.#point(request, 'messageUnpublished');
    this.#checkConflicts(pointer);
    const { record, qualifier } = pointer;
    const current = this.#configured.get(record)?.get(qualifier);
    const more = requested - (current?.requested ?? 0);
    this.#checkRoom(record, more);
    concurrency.provision(record.name, more);
    const configured = current ?? this.#add(record, qualifier);
    configured.requested = requested;
    configured.lastModified = clock.now;
    this.#allocate(configured);
    return this.#describe(configured);
  }

  get(request: ProvisionedConcurrencyRequest): ProvisionedConcurrencyConfig {
    const { record, qualifier } = this.#point(request, 'messageNotPublished');
    const configured = this.#configured.get(record)?.get(qualifier);
    if (configured === undefined) throw serviceError(this.#host.facts, 'err-provisioned-not-found', {});
    return this.#describe(configured);
  }

  list(request: ListProvisionedConcurrencyConfigsRequest): ListProvisionedConcurrencyConfigsResponse {
    const { directory, limits } = this.#host;
    const record = directory.record(request.FunctionName);
    const all = [...(this.#configured.get(record)?.values() ?? [])]
      .map((configured) => ({ FunctionArn: directory.arn(configured), ...this.#describe(configured) }))
      .sort((a, b) => (a.FunctionArn < b.FunctionArn ? -1 : 1));
    const order = { keyOf: ({ FunctionArn }: ProvisionedConcurrencyConfigListItem) => FunctionArn };
    const { items, next } = pageOf(all, order, request, limits.itemsPerPage);
    return { ProvisionedConcurrencyConfigs: items, ...next };
  }

  /** Idle environments go at once, busy ones when they are done. */
  delete(request: ProvisionedConcurrencyRequest): void {
    const { record, qualifier } = this.#point(request, 'messageNotPublished');
    this.#drop(record, qualifier);
  }

  /** The alias points elsewhere: what is provisioned moves to the versions that it points to now. */
  aliasChanged(record: FunctionRecord, name: string): void {
    const configured = this.#configured.get(record)?.get(name);
    if (configured === undefined) return;
    if (record.aliases.has(name)) this.#allocate(configured);
    else this.#drop(record, name);
  }

  versionDeleted(record: FunctionRecord, version: string): void {
    this.#drop(record, version);
  }

  functionDeleted(record: FunctionRecord): void {
    for (const qualifier of [...(this.#configured.get(record)?.keys() ?? [])]) this.#drop(record, qualifier);
    this.#configured.delete(record);
  }

  dispose(): void {
    for (const ofRecord of this.#configured.values()) {
      for (const { allocations, meter } of ofRecord.values()) {
        meter.stop();
        for (const allocation of allocations.values()) allocation.cancel();
      }
    }
    this.#configured.clear();
  }

  #point(
    request: ProvisionedConcurrencyRequest,
    unpublished: string,
  ): FunctionPointer & { readonly qualifier: string } {
    const { facts, directory } = this.#host;
    const { record, qualifier = '$LATEST' } = directory.point(request.FunctionName, request.Qualifier);
    if (qualifier === '$LATEST') throw serviceError(facts, 'err-concurrency', {}, unpublished);
    const stored = directory.version({ record, qualifier });
    if (stored === record.latest) throw serviceError(facts, 'err-concurrency', {}, unpublished);
    return { record, qualifier };
  }

  /** A version has one configuration at most, and that of a weighted alias cannot be changed. */
  #checkConflicts({ record, qualifier }: { readonly record: FunctionRecord; readonly qualifier: string }): void {
    const { facts } = this.#host;
    const others = [...(this.#configured.get(record)?.values() ?? [])].filter((other) => other.qualifier !== qualifier);
    const alias = record.aliases.get(qualifier);
    if (alias === undefined) {
      const taken = others.some(({ allocations }) => allocations.has(qualifier));
      if (taken) throw serviceError(facts, 'err-provisioned-conflict', {}, 'messageVersion');
      return;
    }
    if (alias.RoutingConfig !== undefined) throw serviceError(facts, 'err-alias-routing', {}, 'messageProvisioned');
    const taken = others.some(({ allocations }) => allocations.has(alias.FunctionVersion));
    if (taken) throw serviceError(facts, 'err-provisioned-conflict', {}, 'messageAlias');
  }

  #checkRoom({ name }: FunctionRecord, more: number): void {
    const { facts, concurrency, limits } = this.#host;
    const reserved = concurrency.reservedOf(name);
    if (reserved !== undefined) {
      if (concurrency.provisionedOf(name) + more <= reserved) return;
      throw serviceError(facts, 'err-concurrency', {}, 'messageOverReserved');
    }
    const { unreserved } = concurrency;
    if (more > unreserved) throw serviceError(facts, 'err-concurrency', { unreserved }, 'messageOverAccount');
    if (concurrency.canProvision(more)) return;
    const minimum = Math.min(limits.leastUnreserved, concurrency.limit);
    throw serviceError(facts, 'err-concurrency', { minimum }, 'messageProvisioned');
  }

  #add(record: FunctionRecord, qualifier: string): Configured {
    const { clock, trace, facts } = this.#host;
    const configured: Configured = {
      record,
      qualifier,
      requested: 0,
      lastModified: clock.now,
      status: 'IN_PROGRESS',
      allocations: new Map(),
      meter: new CapacityMeter({ clock, trace, stepMs: factNumber(facts, 'pc-billing-step') * 60_000 }),
    };
    const ofRecord = this.#configured.get(record) ?? new Map<string, Configured>();
    this.#configured.set(record, ofRecord);
    ofRecord.set(qualifier, configured);
    return configured;
  }

  /** Moves every version's allocation to its share: less at once, more after preparation. */
  #allocate(configured: Configured): void {
    const { directory, placement, clock } = this.#host;
    const { record, qualifier, requested, allocations } = configured;
    const alias = record.aliases.get(qualifier);
    const weights = alias?.RoutingConfig?.AdditionalVersionWeights ?? {};
    const shares = provisionedShares(requested, alias?.FunctionVersion ?? qualifier, weights);
    this.#meter(configured, requested);
    for (const [version, allocation] of allocations) {
      if (shares.has(version)) continue;
      allocation.resize(0);
      allocations.delete(version);
    }
    for (const [version, share] of shares) {
      const stored = directory.version({ record, qualifier: version });
      const allocation =
        allocations.get(version) ??
        new Allocation(stored, { clock, placement, times: this.#times, changed: () => this.#progressed(configured) });
      allocations.set(version, allocation);
      allocation.resize(share);
    }
    configured.status = 'IN_PROGRESS';
    this.#announce(configured, 'IN_PROGRESS');
    this.#progressed(configured);
  }

  /** What is billed from now on. */
  #meter(configured: Configured, concurrency: number): void {
    configured.meter.set(concurrency, this.#host.directory.version(configured).configuration);
  }

  #progressed(configured: Configured): void {
    if (configured.status !== 'IN_PROGRESS') return;
    const allocations = [...configured.allocations.values()];
    const hasFailed = allocations.some((allocation) => allocation.hasFailed);
    if (!hasFailed && allocations.some((allocation) => !allocation.isComplete)) return;
    configured.status = hasFailed ? 'FAILED' : 'READY';
    if (hasFailed)
      this.#meter(
        configured,
        sumOf(allocations, ({ available }) => available),
      );
    this.#announce(configured, configured.status);
  }

  #drop(record: FunctionRecord, qualifier: string): void {
    const configured = this.#configured.get(record)?.get(qualifier);
    if (configured === undefined) return;
    const { requested, allocations, meter } = configured;
    this.#configured.get(record)?.delete(qualifier);
    meter.stop();
    for (const allocation of allocations.values()) allocation.resize(0);
    this.#host.concurrency.provision(record.name, -requested);
    this.#announce(configured, 'DELETED');
  }

  #describe({ requested, lastModified, status, allocations }: Configured): ProvisionedConcurrencyConfig {
    const all = [...allocations.values()];
    return {
      RequestedProvisionedConcurrentExecutions: requested,
      AvailableProvisionedConcurrentExecutions: sumOf(all, ({ available }) => available),
      AllocatedProvisionedConcurrentExecutions: sumOf(all, ({ allocated }) => allocated),
      Status: status,
      ...(status === 'FAILED' ? { StatusReason: factText(this.#host.facts, 'err-provisioned-init') } : {}),
      LastModified: apiTime(lastModified),
    };
  }

  #announce(configured: Configured, status: Configured['status'] | 'DELETED'): void {
    const { clock, trace } = this.#host;
    const { record, qualifier, requested } = configured;
    trace.emit({
      type: 'provisionedConcurrencyChanged',
      time: clock.now,
      functionName: record.name,
      qualifier,
      requested,
      status,
    });
  }
}

function sumOf(allocations: readonly Allocation[], count: (allocation: Allocation) => number): number {
  return allocations.reduce((total, allocation) => total + count(allocation), 0);
}
