/**
 * What becomes of a batch of a stream after the function answered: done, tried again, split or given up.
 * Source: Lambda developer guide, error handling of Kinesis and DynamoDB mappings.
 */
import type { InvokeOutcome } from '../../services/service.ts';
import { readBatchResponse } from './batch-response.ts';
import type { MappingSettings } from './mapping-settings.ts';

export type FailureKind = 'partial-failure' | 'function-error' | 'malformed-response' | 'throttled' | 'not-invoked';

export type BatchDecision =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'retry' | 'split' | 'give-up';
      readonly failure: FailureKind;
      /** The records before it are done. */
      readonly from: number;
      /** Failures of the batch now, for `MaximumRetryAttempts`. */
      readonly failures: number;
    };

export interface TriedBatch {
  /** Sequence numbers, in order. */
  readonly items: readonly string[];
  readonly failures: number;
}

type Policy = Pick<MappingSettings, 'reportsItemFailures' | 'bisects' | 'maximumRetryAttempts'>;

export function decide(outcome: InvokeOutcome, batch: TriedBatch, policy: Policy): BatchDecision {
  const { items, failures } = batch;
  if (!outcome.ok) {
    // Throttles use up no retry.
    const failure = outcome.error.name === 'TooManyRequestsException' ? 'throttled' : 'not-invoked';
    return { kind: 'retry', failure, from: 0, failures };
  }
  if (outcome.functionError) return decideFailure('function-error', 0, batch, policy);
  if (!policy.reportsItemFailures) return { kind: 'done' };
  const response = readBatchResponse(outcome.payload, items);
  if (response.kind === 'success') return { kind: 'done' };
  if (response.kind === 'malformed') return decideFailure('malformed-response', 0, batch, policy);
  // What comes after the first failed record is done again, whether the function failed it or not.
  return decideFailure('partial-failure', response.failed[0] ?? 0, batch, policy);
}

/** Splitting uses up no retry: neither in halves, nor at the record that the function named. */
function decideFailure(failure: FailureKind, from: number, batch: TriedBatch, policy: Policy): BatchDecision {
  const { items, failures } = batch;
  const { bisects, maximumRetryAttempts } = policy;
  if (bisects && from > 0) return { kind: 'retry', failure, from, failures };
  if (bisects && items.length > 1) return { kind: 'split', failure, from, failures };
  const counted = failures + 1;
  const isExhausted = maximumRetryAttempts >= 0 && counted > maximumRetryAttempts;
  return { kind: isExhausted ? 'give-up' : 'retry', failure, from, failures: counted };
}
