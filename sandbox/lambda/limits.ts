/** The numbers and texts that the Lambda service enforces, read once from the facts. */
import { factNumber, factText, factTexts, type Facts } from '../facts.ts';

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
  readonly descriptionLength: number;
  readonly functionsPerPage: number;
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
  readonly initMs: number;
  readonly keepAliveMs: number;
}

const kilo = 1024;

/** @throws {FactError} when a fact is missing or has another form. */
export function readLimits(facts: Facts): Limits {
  const range = (id: string): Range => ({ min: factNumber(facts, id, 'min'), max: factNumber(facts, id, 'max') });
  return {
    memoryMB: { ...range('memory-range'), default: factNumber(facts, 'memory-range', 'default') },
    timeoutSeconds: { ...range('timeout-range'), default: factNumber(facts, 'timeout-default') },
    ephemeralStorageMB: { ...range('ephemeral-storage'), default: factNumber(facts, 'ephemeral-storage', 'default') },
    functionName: {
      maxLength: factNumber(facts, 'function-name-rule', 'maxLength'),
      pattern: factText(facts, 'function-name-rule', 'pattern'),
    },
    handler: {
      maxLength: factNumber(facts, 'handler-128', 'maxLength'),
      pattern: factText(facts, 'handler-128', 'pattern'),
    },
    functionsPerPage: factNumber(facts, 'list-functions-50'),
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
    initMs: factNumber(facts, 'init-10s') * 1000,
    keepAliveMs: factNumber(facts, 'timing-keep-alive', 'seconds') * 1000,
  };
}
