/** The environments of one version: which one serves a request, and what becomes of them when the function changes. */
import type { Environment } from './environment.ts';
import type { Outdated } from './environment.types.ts';
import { selectIdle } from './policies/selection.ts';

export class EnvironmentPool {
  readonly #all = new Set<Environment>();
  /** Least recently used first. */
  readonly #idle: Environment[] = [];
  /** The same of provisioned environments. */
  readonly #provisionedIdle: Environment[] = [];
  /** Provisioned environments that requests may use. */
  readonly #open = new Set<Environment>();

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  /** Whether requests could use provisioned environments, busy ones included. */
  get hasProvisioned(): boolean {
    return this.#open.size > 0;
  }

  add(environment: Environment): void {
    this.#all.add(environment);
  }

  /** A provisioned environment may be used from now on. */
  open(environment: Environment): void {
    this.#open.add(environment);
    if (environment.isIdle) this.#provisionedIdle.push(environment);
  }

  /** Takes an idle environment that is not provisioned out, if there is one. */
  take(): Environment | undefined {
    return takeFrom(this.#idle);
  }

  takeProvisioned(): Environment | undefined {
    return takeFrom(this.#provisionedIdle);
  }

  /** The environment has become idle. */
  putBack(environment: Environment): void {
    if (!environment.isProvisioned) this.#idle.push(environment);
    else if (this.#open.has(environment)) this.#provisionedIdle.push(environment);
  }

  remove(environment: Environment): void {
    this.#all.delete(environment);
    this.#open.delete(environment);
    const idle = environment.isProvisioned ? this.#provisionedIdle : this.#idle;
    const index = idle.indexOf(environment);
    if (index >= 0) idle.splice(index, 1);
  }

  /** Idle environments go now, busy ones when they are done; none of them serves another request. */
  outdate(reason: Outdated): void {
    for (const environment of [...this.#all]) environment.outdate(reason);
  }

  dispose(): void {
    for (const environment of this.#all) environment.dispose();
    this.#all.clear();
    this.#open.clear();
    this.#idle.length = 0;
    this.#provisionedIdle.length = 0;
  }
}

function takeFrom(idle: Environment[]): Environment | undefined {
  const index = selectIdle(idle.length);
  return index < 0 ? undefined : idle.splice(index, 1)[0];
}
