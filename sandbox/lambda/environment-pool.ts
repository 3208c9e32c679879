/** The environments of one function: which one serves a request, and what becomes of them when the function changes. */
import type { Environment } from './environment.ts';
import { selectIdle } from './policies/selection.ts';

export class EnvironmentPool {
  readonly #all = new Set<Environment>();
  /** Least recently used first. */
  readonly #idle: Environment[] = [];

  add(environment: Environment): void {
    this.#all.add(environment);
  }

  /** Takes an idle environment out, if there is one. */
  take(): Environment | undefined {
    const index = selectIdle(this.#idle.length);
    return index < 0 ? undefined : this.#idle.splice(index, 1)[0];
  }

  /** The environment has become idle. */
  putBack(environment: Environment): void {
    this.#idle.push(environment);
  }

  remove(environment: Environment): void {
    this.#all.delete(environment);
    const index = this.#idle.indexOf(environment);
    if (index >= 0) this.#idle.splice(index, 1);
  }

  /** Idle environments go now, busy ones when they are done; none of them serves another request. */
  outdate(reason: 'code-changed' | 'configuration-changed' | 'function-deleted'): void {
    for (const environment of [...this.#all]) environment.outdate(reason);
  }

  dispose(): void {
    for (const environment of this.#all) environment.dispose();
    this.#all.clear();
    this.#idle.length = 0;
  }
}
