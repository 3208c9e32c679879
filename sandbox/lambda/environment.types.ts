/** What an execution environment is made of, what it uses, and whom it tells. */
import type { EnvironmentGone } from '../trace.ts';
import type { EnvironmentProcessHost } from './environment-process.ts';
import type { StoredFunction } from './function-record.ts';
import type { Limits } from './limits.ts';
import type { Location } from './names.ts';
import type { TraceWriter } from './trace-writer.ts';

/** What all environments of a service use. */
export interface EnvironmentHost extends EnvironmentProcessHost {
  readonly trace: TraceWriter;
  readonly limits: Limits;
  readonly location: Location;
}

/** Who keeps the environment: the pool of its version. */
export interface EnvironmentOwner {
  /** A provisioned environment has initialised and can serve requests. */
  ready?(): void;
  /** The invocation is reported; the environment is idle unless it was outdated. */
  released(): void;
  gone(reason: EnvironmentGone['reason']): void;
}

/** Why an environment must not serve another request. */
export type Outdated = 'code-changed' | 'configuration-changed' | 'function-deleted' | 'deprovisioned';

export interface NewEnvironment {
  readonly id: string;
  readonly stored: StoredFunction;
  readonly type: 'on-demand' | 'provisioned-concurrency';
}
