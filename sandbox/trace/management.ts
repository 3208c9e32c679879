/** Trace events of what is done to functions around their code: versions, aliases, concurrency. */
import type { At } from '../trace.ts';

interface OfFunction extends At {
  readonly functionName: string;
}

/** `$LATEST` was frozen under the next number. */
export interface VersionPublished extends OfFunction {
  readonly type: 'versionPublished';
  readonly version: string;
}

/** An alias was created, points elsewhere or shares requests out differently, or is gone. */
export interface AliasChanged extends OfFunction {
  readonly type: 'aliasChanged';
  readonly aliasName: string;
  readonly change: 'created' | 'updated' | 'deleted';
  readonly version: string;
  /** Shares of further versions, 0 to 1. */
  readonly weights: Readonly<Record<string, number>>;
}

/** Reserved concurrency was set, or removed when `reserved` is absent. */
export interface ReservedConcurrencyChanged extends OfFunction {
  readonly type: 'reservedConcurrencyChanged';
  readonly reserved?: number;
}

/** Provisioned concurrency was asked for, is ready, has failed, or is gone. */
export interface ProvisionedConcurrencyChanged extends OfFunction {
  readonly type: 'provisionedConcurrencyChanged';
  /** The version or alias that it is configured on. */
  readonly qualifier: string;
  readonly requested: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED' | 'DELETED';
}

/** All provisioned environments of the version were busy, and the request went on demand. */
export interface ProvisionedConcurrencySpilled extends OfFunction {
  readonly type: 'provisionedConcurrencySpilled';
  readonly requestId: string;
  readonly version: string;
}

/** A request was stopped because its chain had invoked the function too often. */
export interface RecursionStopped extends OfFunction {
  readonly type: 'recursionStopped';
  readonly requestId: string;
  /** Invocations of the function in the chain before it. */
  readonly invocations: number;
}

export type ManagementEvent =
  | VersionPublished
  | AliasChanged
  | ReservedConcurrencyChanged
  | ProvisionedConcurrencyChanged
  | ProvisionedConcurrencySpilled
  | RecursionStopped;
