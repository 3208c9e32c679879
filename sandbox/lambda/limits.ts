/** The numbers and texts that the Lambda service enforces, read once from the facts. */
import { factNumber, factText, factTexts, type Facts } from '../facts.ts';
import type { LifetimeRange } from './policies/expiry.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Sizes in MB or bytes and times in ms as the names say; `timeout` in seconds, as the API takes it. */
export interface Limits {
  readonly memoryMB: Range & { readonly default: number };
  readonly timeoutSeconds: Range & { readonly default: number };
  readonly ephemeralStorageMB: Range & { readonly default: number };
  readonly functionName: { readonly maxLength: number; readonly pattern: string };
  readonly handler: { readonly maxLength: number; readonly pattern: string };
  readonly aliasName: { readonly maxLength: number; readonly pattern: string };
  readonly layerName: { readonly maxLength: number; readonly pattern: string };
  readonly descriptionLength: number;
  readonly functionsPerPage: number;
  /** Of versions, aliases, layers and the like. */
  readonly itemsPerPage: number;
  readonly layersPerFunction: number;
  readonly zippedBytes: number;
  readonly policyBytes: number;
  readonly unzippedBytes: number;
  readonly codeStorageBytes: number;
  readonly environmentBytes: number;
  readonly environmentKeyPattern: string;
  readonly reservedEnvironmentKeys: ReadonlySet<string>;
  readonly requestBytes: number;
  /** Of an asynchronous invocation. */
  readonly eventBytes: number;
  readonly responseBytes: number;
  readonly logTailBytes: number;
  readonly concurrentExecutions: number;
  /** That much of the account's concurrency cannot be reserved or provisioned. */
  readonly leastUnreserved: number;
  /** New environments of a function. */
  readonly scalingRate: { readonly environments: number; readonly perSeconds: number };
  /** Synchronous requests a second for each of a function's concurrency. */
  readonly requestsPerConcurrency: number;
  readonly initMs: number;
  /** At least; a longer timeout of the function gives more. */
  readonly provisionedInitMs: number;
  readonly keepAliveMs: number;
  readonly lifetime: LifetimeRange;
}

const kilo = 1024;

/** @throws {FactError} when a fact is missing or has another form. */
export function readLimits(facts: Facts): Limits {
  const nameRule = (id: string): Limits['functionName'] => ({
    maxLength: factNumber(facts, id, 'maxLength'),
    pattern: factText(facts, id, 'pattern'),
  });
  const range = (id: string): Range => ({ min: factNumber(facts, id, 'min'), max: factNumber(facts, id, 'max') });
  return {
    memoryMB: { ...range('memory-range'), default: factNumber(facts, 'memory-range', 'default') },
    timeoutSeconds: { ...range('timeout-range'), default: factNumber(facts, 'timeout-default') },
    ephemeralStorageMB: { ...range('ephemeral-storage'), default: factNumber(facts, 'ephemeral-storage', 'default') },
    functionName: nameRule('function-name-rule'),
    handler: nameRule('handler-128'),
    aliasName: nameRule('alias-name-rule'),
    layerName: nameRule('layer-name-rule'),
    functionsPerPage: factNumber(facts, 'list-functions-50'),
    itemsPerPage: factNumber(facts, 'list-layers-50'),
    layersPerFunction: factNumber(facts, 'layers-5'),
    zippedBytes: factNumber(facts, 'zip-50') * kilo * kilo,
    policyBytes: factNumber(facts, 'resource-policy-20kb') * kilo,
    descriptionLength: factNumber(facts, 'description-256'),
    unzippedBytes: factNumber(facts, 'unzipped-250') * kilo * kilo,
    codeStorageBytes: factNumber(facts, 'code-storage-300') * kilo * kilo * kilo,
    environmentBytes: factNumber(facts, 'env-vars-4kb') * kilo,
    environmentKeyPattern: factText(facts, 'env-var-key-rule', 'pattern'),
    reservedEnvironmentKeys: new Set(factTexts(facts, 'env-var-reserved')),
    requestBytes: factNumber(facts, 'payload-sync', 'requestBytes'),
    eventBytes: factNumber(facts, 'payload-async') * kilo * kilo,
    responseBytes: factNumber(facts, 'payload-sync', 'responseBytes'),
    logTailBytes: factNumber(facts, 'log-tail-4kb') * kilo,
    concurrentExecutions: factNumber(facts, 'concurrency-1000'),
    leastUnreserved: factNumber(facts, 'unreserved-100'),
    scalingRate: {
      environments: factNumber(facts, 'scaling-rate', 'environments'),
      perSeconds: factNumber(facts, 'scaling-rate', 'perSeconds'),
    },
    requestsPerConcurrency: factNumber(facts, 'rps-10x'),
    initMs: factNumber(facts, 'init-10s') * 1000,
    provisionedInitMs: factNumber(facts, 'init-provisioned-15m', 'base') * 1000,
    keepAliveMs: factNumber(facts, 'timing-keep-alive', 'seconds') * 1000,
    lifetime: {
      minMs: factNumber(facts, 'timing-lifetime', 'minHours') * 3_600_000,
      maxMs: factNumber(facts, 'timing-lifetime', 'maxHours') * 3_600_000,
    },
  };
}
