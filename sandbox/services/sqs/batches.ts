/** Requests for several messages at once: refused as a whole when badly formed, else answered entry by entry. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError } from '../service.ts';
import type { BatchEntry, BatchResult, BatchResultErrorEntry } from './sqs.types.ts';

/**
 * Runs `each` for every entry and gathers what became of it.
 * @throws {ApiError} when there are none or too many, or their ids are not distinct
 */
export function runBatch<Entry extends BatchEntry, Success>(
  facts: Facts,
  entries: readonly Entry[] | undefined,
  entryName: string,
  each: (entry: Entry) => Success,
): BatchResult<Success> {
  const checked = checkEntries(facts, entries, entryName);
  const successful: Success[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of checked) {
    try {
      successful.push(each(entry));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { name: Code, message: Message, fault } = error;
      failed.push({ Id: entry.Id, SenderFault: fault === 'client', Code, Message });
    }
  }
  return {
    ...(successful.length > 0 ? { Successful: successful } : {}),
    ...(failed.length > 0 ? { Failed: failed } : {}),
  };
}

function checkEntries<Entry extends BatchEntry>(
  facts: Facts,
  entries: readonly Entry[] | undefined,
  entryName: string,
): readonly Entry[] {
  if (!Array.isArray(entries) || entries.length === 0)
    throw factError(facts, 'err-sqs', 'batchEmpty', { entry: entryName });
  const list = entries as readonly Entry[];
  const limit = factNumber(facts, 'sqs-batch-entries');
  if (list.length > limit) throw factError(facts, 'err-sqs', 'batchTooMany', { limit, count: list.length });
  const ids = new Set<string>();
  for (const { Id: id } of list) {
    if (typeof id !== 'string' || !/^[\w-]{1,80}$/.test(id)) throw factError(facts, 'err-sqs', 'batchIdInvalid');
    if (ids.has(id)) throw factError(facts, 'err-sqs', 'batchIdTwice', { id });
    ids.add(id);
  }
  return list;
}
