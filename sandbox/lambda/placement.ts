/** Where requests meet execution environments: an idle one of the version, or a new one, or a throttle. */
import { newEnvironmentId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { ThrottleReason } from '../trace.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { Environment, type EnvironmentHost } from './environment.ts';
import type { StoredFunction } from './functions.ts';
import type { Invocation } from './invocation.ts';
import { throttleReason } from './policies/concurrency.ts';
import { createDurationMs, readPlacementTimes, type PlacementTimes } from './policies/placement.ts';

export interface PlacementHost extends EnvironmentHost {
  readonly random: Random;
}

export class Placement {
  readonly #host: PlacementHost;
  readonly #times: PlacementTimes;
  readonly #pools = new Map<string, EnvironmentPool>();
  readonly #environmentIds: Random;
  readonly #durations: Random;
  #inFlight = 0;

  constructor(host: PlacementHost) {
    this.#host = host;
    this.#times = readPlacementTimes(host.facts);
    this.#environmentIds = host.random.stream('environment ids');
    this.#durations = host.random.stream('placement');
  }

  /** Hands the invocation to an environment, or says why there is no room for it. */
  place(invocation: Invocation, stored: StoredFunction): ThrottleReason | undefined {
    const { concurrentExecutions: unreservedLimit } = this.#host.limits;
    const reason = throttleReason({ unreservedInFlight: this.#inFlight, unreservedLimit });
    if (reason !== undefined) return reason;
    this.#inFlight += 1;
    const pool = this.#poolOf(stored.configuration.FunctionName);
    const idle = pool.take();
    if (idle !== undefined) idle.startWarm(invocation);
    else this.#create(pool, stored).startCold(invocation, this.#createDuration(stored));
    return undefined;
  }

  outdate(functionName: string, change: 'code' | 'configuration' | 'deleted'): void {
    this.#pools.get(functionName)?.outdate(change === 'deleted' ? 'function-deleted' : `${change}-changed`);
  }

  dispose(): void {
    for (const pool of this.#pools.values()) pool.dispose();
    this.#pools.clear();
  }

  #create(pool: EnvironmentPool, stored: StoredFunction): Environment {
    const id = newEnvironmentId(this.#environmentIds);
    const random = this.#host.random.stream(`environment ${id}`);
    const environment = new Environment(id, stored, random, this.#host, {
      released: () => {
        this.#inFlight -= 1;
        if (environment.isIdle) pool.putBack(environment);
      },
      gone: () => pool.remove(environment),
    });
    pool.add(environment);
    return environment;
  }

  #createDuration(stored: StoredFunction): number {
    return createDurationMs(this.#times, stored.code.bytes, this.#durations);
  }

  #poolOf(functionName: string): EnvironmentPool {
    let pool = this.#pools.get(functionName);
    if (pool === undefined) {
      pool = new EnvironmentPool();
      this.#pools.set(functionName, pool);
    }
    return pool;
  }
}
