/** The provisioned environments of one version: made at Lambda's rate, opened together, replaced when they age. */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { Environment } from '../environment.ts';
import type { StoredFunction } from '../function-record.ts';
import type { Placement } from '../placement.ts';
import { allocationStartMs, type AllocationTimes } from '../policies/provisioned.ts';

export interface AllocationHost {
  readonly clock: Clock;
  readonly placement: Placement;
  readonly times: AllocationTimes;
  /** It is complete now, or has failed. */
  readonly changed: () => void;
}

export class Allocation {
  readonly #host: AllocationHost;
  readonly #stored: StoredFunction;
  /** Environments that are to come. */
  readonly #planned = new Set<Cancel>();
  readonly #initialising = new Set<Environment>();
  /** Initialised, and waiting until all of the request are. */
  readonly #waiting = new Set<Environment>();
  readonly #open = new Set<Environment>();
  /** Environments that take the place of open ones that have aged. */
  readonly #replacing = new Set<Environment>();
  #hasFailed = false;

  constructor(stored: StoredFunction, host: AllocationHost) {
    this.#stored = stored;
    this.#host = host;
  }

  /** Environments that requests can use. */
  get available(): number {
    return this.#open.size;
  }

  /** Environments that have initialised. */
  get allocated(): number {
    return this.#open.size + this.#waiting.size;
  }

  /** All that were asked for have come. */
  get isComplete(): boolean {
    return this.#planned.size + this.#initialising.size + this.#waiting.size === 0;
  }

  /** An init did not succeed; no more environments are made. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Gives up what is too much, or plans what is missing. */
  resize(target: number): void {
    this.#hasFailed = false;
    this.cancel();
    const all = [...this.#open, ...this.#replacing, ...this.#waiting, ...this.#initialising];
    // Those that are idle go first: they serve nobody.
    const surplus = [...all.filter(({ isIdle }) => !isIdle), ...all.filter(({ isIdle }) => isIdle)].slice(target);
    for (const environment of surplus) this.#giveUp(environment);
    const missing = target - (all.length - surplus.length);
    for (let index = 0; index < missing; index += 1) this.#plan(allocationStartMs(index, this.#host.times));
    this.#openWhenComplete();
  }

  /** Makes none of the environments that are to come. */
  cancel(): void {
    for (const cancel of this.#planned) cancel();
    this.#planned.clear();
  }

  #plan(afterMs: number): void {
    const { clock } = this.#host;
    const cancel = clock.schedule(clock.now + afterMs, () => {
      this.#planned.delete(cancel);
      this.#start(this.#initialising, (environment) => {
        this.#waiting.add(environment);
        this.#openWhenComplete();
      });
    });
    this.#planned.add(cancel);
  }

  /** `among`: where the environment is kept until it is ready. */
  #start(among: Set<Environment>, ready: (environment: Environment) => void): void {
    const environment = this.#host.placement.provision(this.#stored, {
      ready: () => {
        among.delete(environment);
        ready(environment);
      },
      gone: (_, reason) => this.#gone(environment, reason === 'failed'),
    });
    among.add(environment);
  }

  /** None of a request can be used before all of it is there. */
  #openWhenComplete(): void {
    if (this.#planned.size + this.#initialising.size > 0) return;
    for (const environment of this.#waiting) this.#openOne(environment);
    this.#waiting.clear();
    this.#host.changed();
  }

  #openOne(environment: Environment): void {
    this.#open.add(environment);
    this.#host.placement.open(environment);
  }

  #giveUp(environment: Environment): void {
    this.#forget(environment);
    environment.outdate('deprovisioned');
  }

  #forget(environment: Environment): void {
    for (const set of [this.#open, this.#waiting, this.#initialising, this.#replacing]) set.delete(environment);
  }

  #gone(environment: Environment, failed: boolean): void {
    const wasOpen = this.#open.has(environment) || this.#waiting.has(environment);
    const wasComing = this.#initialising.has(environment);
    this.#forget(environment);
    if (failed && wasComing) this.#fail();
    else if (wasOpen) this.#start(this.#replacing, (replacement) => this.#openOne(replacement));
  }

  /** What was open before goes on serving. */
  #fail(): void {
    this.#hasFailed = true;
    this.cancel();
    for (const environment of [...this.#waiting, ...this.#initialising]) this.#giveUp(environment);
    this.#host.changed();
  }
}
