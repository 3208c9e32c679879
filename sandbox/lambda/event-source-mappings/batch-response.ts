/**
 * ReportBatchItemFailures: what a function's answer says about the items of its batch.
 * Source: Lambda developer guide, partial batch responses of SQS, Kinesis and DynamoDB.
 */

export type BatchResponse =
  | { readonly kind: 'success' }
  /** Indexes of the items that failed, ascending. */
  | { readonly kind: 'partial'; readonly failed: readonly number[] }
  /** The answer cannot be understood: the whole batch counts as failed. */
  | { readonly kind: 'malformed' };

/** Reads the answer; `identifiers` are the items' message ids or sequence numbers, in order. */
export function readBatchResponse(payload: string, identifiers: readonly string[]): BatchResponse {
  let response: unknown;
  try {
    response = payload === '' ? null : JSON.parse(payload);
  } catch {
    return { kind: 'malformed' };
  }
  if (response === null) return { kind: 'success' };
  if (typeof response !== 'object' || Array.isArray(response)) return { kind: 'malformed' };
  const { batchItemFailures: failures } = response as { readonly batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return { kind: 'success' };
  if (!Array.isArray(failures)) return { kind: 'malformed' };
  const failed = new Set<number>();
  for (const failure of failures as readonly unknown[]) {
    const identifier = identifierOf(failure);
    const index = identifier === undefined ? -1 : identifiers.indexOf(identifier);
    if (index < 0) return { kind: 'malformed' };
    failed.add(index);
  }
  return failed.size === 0 ? { kind: 'success' } : { kind: 'partial', failed: [...failed].sort((a, b) => a - b) };
}

function identifierOf(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  const { itemIdentifier: identifier } = failure as { readonly itemIdentifier?: unknown };
  return typeof identifier === 'string' && identifier !== '' ? identifier : undefined;
}
