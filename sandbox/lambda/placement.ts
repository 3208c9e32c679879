/** Where requests meet execution environments: a provisioned one, an idle one, a new one, or a throttle. */
import { newEnvironmentId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { EnvironmentGone, ThrottleReason } from '../trace.ts';
import type { Concurrency } from './concurrency/concurrency.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { Environment } from './environment.ts';
import type { EnvironmentHost, EnvironmentOwner, Outdated } from './environment.types.ts';
import type { StoredFunction } from './function-record.ts';
import type { Invocation } from './invocation.ts';
import { createDurationMs, readPlacementTimes, type PlacementTimes } from './policies/placement.ts';

export interface PlacementHost extends EnvironmentHost {
  readonly random: Random;
  readonly concurrency: Concurrency;
}

/** Who asked for a provisioned environment. */
export interface ProvisionedListener {
  readonly ready: (environment: Environment) => void;
  readonly gone: (environment: Environment, reason: EnvironmentGone['reason']) => void;
}

export class Placement {
  readonly #host: PlacementHost;
  readonly #times: PlacementTimes;
  /** By function and version: environments are never shared between versions. */
  readonly #pools = new Map<string, Map<string, EnvironmentPool>>();
  readonly #environmentIds: Random;
  readonly #durations: Random;

  constructor(host: PlacementHost) {
    this.#host = host;
    this.#times = readPlacementTimes(host.facts);
    this.#environmentIds = host.random.stream('environment ids');
    this.#durations = host.random.stream('placement');
  }

  /** Hands the invocation to an environment, or says why there is no room for it. */
  place(invocation: Invocation, stored: StoredFunction): ThrottleReason | undefined {
    const { concurrency } = this.#host;
    const { FunctionName: name } = stored.configuration;
    if (!invocation.request.isEvent) {
      const tooMany = concurrency.admitRequest(name);
      if (tooMany !== undefined) return tooMany;
    }
    const pool = this.#poolOf(stored);
    const provisioned = pool.takeProvisioned();
    if (provisioned !== undefined) {
      provisioned.startWarm(invocation);
      return undefined;
    }
    const full = concurrency.admitOnDemand(name);
    if (full !== undefined) return full;
    const idle = pool.take();
    const tooFast = idle === undefined ? concurrency.admitEnvironment(name) : undefined;
    if (tooFast !== undefined) return tooFast;
    concurrency.enter(name);
    if (pool.hasProvisioned) this.#spilled(invocation, stored);
    if (idle !== undefined) idle.startWarm(invocation);
    else this.#createOnDemand(pool, stored).startCold(invocation, this.#createDuration(stored));
    return undefined;
  }

  /** Makes an environment ahead of requests. It serves none before it is opened. */
  provision(stored: StoredFunction, listener: ProvisionedListener): Environment {
    const pool = this.#poolOf(stored);
    const environment = this.#create(stored, 'provisioned-concurrency', {
      ready: () => listener.ready(environment),
      released: () => {
        if (environment.isIdle) pool.putBack(environment);
      },
      gone: (reason) => {
        this.#remove(environment, pool);
        listener.gone(environment, reason);
      },
    });
    pool.add(environment);
    environment.startProvisioned(this.#createDuration(stored));
    return environment;
  }

  open(environment: Environment): void {
    this.#poolOf(environment.function).open(environment);
  }

  /** The environments of one version, or of the whole function, serve no further request. */
  outdate(functionName: string, reason: Outdated, version?: string): void {
    for (const [of, pool] of this.#pools.get(functionName) ?? []) {
      if (version === undefined || version === of) pool.outdate(reason);
    }
  }

  dispose(): void {
    for (const pools of this.#pools.values()) for (const pool of pools.values()) pool.dispose();
    this.#pools.clear();
  }

  #createOnDemand(pool: EnvironmentPool, stored: StoredFunction): Environment {
    const { FunctionName: name } = stored.configuration;
    const environment = this.#create(stored, 'on-demand', {
      released: () => {
        this.#host.concurrency.leave(name);
        if (environment.isIdle) pool.putBack(environment);
      },
      gone: () => this.#remove(environment, pool),
    });
    pool.add(environment);
    return environment;
  }

  /** A pool that is empty is forgotten: versions come and go. */
  #remove(environment: Environment, pool: EnvironmentPool): void {
    const { FunctionName: name, Version: version } = environment.function.configuration;
    pool.remove(environment);
    if (pool.isEmpty) this.#pools.get(name)?.delete(version);
  }

  #create(stored: StoredFunction, type: 'on-demand' | 'provisioned-concurrency', owner: EnvironmentOwner): Environment {
    const id = newEnvironmentId(this.#environmentIds);
    return new Environment({ id, stored, type }, this.#host.random.stream(`environment ${id}`), this.#host, owner);
  }

  #createDuration(stored: StoredFunction): number {
    return createDurationMs(this.#times, stored.fetchedBytes, this.#durations);
  }

  #spilled(invocation: Invocation, { configuration }: StoredFunction): void {
    const { clock, trace } = this.#host;
    trace.emit({
      type: 'provisionedConcurrencySpilled',
      time: clock.now,
      functionName: configuration.FunctionName,
      requestId: invocation.request.requestId,
      version: configuration.Version,
    });
  }

  #poolOf({ configuration: { FunctionName: name, Version: version } }: StoredFunction): EnvironmentPool {
    let pools = this.#pools.get(name);
    if (pools === undefined) {
      pools = new Map();
      this.#pools.set(name, pools);
    }
    let pool = pools.get(version);
    if (pool === undefined) {
      pool = new EnvironmentPool();
      pools.set(version, pool);
    }
    return pool;
  }
}
