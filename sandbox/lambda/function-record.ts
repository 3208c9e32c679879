/** Everything an account has of one function: `$LATEST`, published versions, aliases, and the settings around them. */
import type { Facts } from '../facts.ts';
import type { FileTree } from '../runtime/contract.ts';
import type { FunctionConfiguration, RecursiveLoop } from './api.types.ts';
import type { FunctionEventInvokeConfig } from './api/asynchronous.types.ts';
import type { FunctionUrlConfig } from './api/function-url.types.ts';
import type { AliasConfiguration } from './api/versions.types.ts';
import type { CodePackage } from './code-package.ts';
import { serviceError } from './errors.ts';
import type { PolicyStatement } from './permissions/statements.ts';

/** One version as it is now. Replaced, not changed: an environment keeps the one that it was created for. */
export interface StoredFunction {
  readonly configuration: FunctionConfiguration;
  readonly code: CodePackage;
  /** What is unpacked at `/opt`: the layers, already merged. */
  readonly layers: FileTree;
  /** Unpacked bytes of code and layers: what has to be fetched for a new environment. */
  readonly fetchedBytes: number;
}

export interface FunctionRecord {
  readonly name: string;
  latest: StoredFunction;
  /** What `$LATEST` is going to be as soon as its network interfaces are there. */
  updating: StoredFunction | undefined;
  /** Published versions by number, in ascending order. */
  readonly versions: Map<string, StoredFunction>;
  /** The last number that was given out. Numbers are never used again. */
  lastVersion: number;
  /** What `$LATEST` was when the last version was published. */
  publishedFrom: string | undefined;
  readonly aliases: Map<string, AliasConfiguration>;
  /** By `$LATEST`, version or alias. */
  readonly eventInvokeConfigs: Map<string, FunctionEventInvokeConfig>;
  /** Resource-based policies by `$LATEST`, version or alias. */
  readonly policies: Map<string, readonly PolicyStatement[]>;
  /** By `$LATEST` or alias. */
  readonly urls: Map<string, FunctionUrlConfig>;
  recursiveLoop: RecursiveLoop;
  tags: Readonly<Record<string, string>>;
}

export function newRecord(
  name: string,
  latest: StoredFunction,
  tags: Readonly<Record<string, string>>,
): FunctionRecord {
  return {
    name,
    latest,
    updating: undefined,
    versions: new Map(),
    lastVersion: 0,
    publishedFrom: undefined,
    aliases: new Map(),
    eventInvokeConfigs: new Map(),
    policies: new Map(),
    urls: new Map(),
    recursiveLoop: 'Terminate',
    tags,
  };
}

/** @throws {ServiceError} ResourceConflictException while the function's network interfaces are made */
export function checkChangeable({ latest, updating }: FunctionRecord, facts: Facts): void {
  const { FunctionArn: functionArn, State } = latest.configuration;
  if (State === 'Pending') throw serviceError(facts, 'err-function-pending', { functionArn }, 'change');
  if (updating !== undefined) throw serviceError(facts, 'err-conflict', { functionArn });
}
