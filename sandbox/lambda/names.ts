/** Names of functions and what is derived from them: ARNs, log streams, runtime versions. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { factText, type Facts } from '../facts.ts';
import type { NodeRuntime } from '../runtime/contract.ts';

/** Where an account's functions live. */
export interface Location {
  readonly region: string;
  readonly accountId: string;
}

export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

/** `arn:aws:lambda:us-east-1:123456789012:function:hello[:qualifier]` */
export function functionArn({ region, accountId }: Location, { name, qualifier }: FunctionReference): string {
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return `arn:aws:lambda:${region}:${accountId}:function:${name}${suffix}`;
}

/**
 * Reads what the API accepts as FunctionName: a name, a partial ARN (`123456789012:function:hello`) or an ARN, each
 * with or without `:qualifier`. `undefined` when it is none of these or belongs to another account or Region.
 */
export function parseFunctionName(text: string, location: Location): FunctionReference | undefined {
  const match =
    /^(?:(?:arn:aws:lambda:([a-z0-9-]+):)?(?:(\d{12}):)?function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[\w-]+))?$/.exec(text);
  const [, region = location.region, accountId = location.accountId, name, qualifier] = match ?? [];
  if (name === undefined || region !== location.region || accountId !== location.accountId) return undefined;
  return qualifier === undefined ? { name } : { name, qualifier };
}

/** `2026/01/05/[$LATEST]<32 hex>`; the function's name stands before the version when the log group is not its own. */
export function logStreamName(
  time: number,
  version: string,
  environmentId: string,
  function_: { readonly name: string; readonly logGroupName: string },
): string {
  const day = new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
  const prefix = function_.logGroupName === `/aws/lambda/${function_.name}` ? '' : function_.name;
  return `${day}/${prefix}[${version}]${environmentId}`;
}

/** The runtime version that the sandbox runs, such as `nodejs:24.v18`. */
export function runtimeVersion(facts: Facts, runtime: NodeRuntime): string {
  return factText(facts, `runtime-version-${runtime.replace('.x', '')}`);
}

/** Its ARN. AWS's ends in a hash of the runtime's own; the sandbox hashes the version's name. */
export function runtimeVersionArn(region: string, version: string): string {
  return `arn:aws:lambda:${region}::runtime:${bytesToHex(sha256(new TextEncoder().encode(version)))}`;
}
