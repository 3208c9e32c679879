/** PublishBatch: refused as a whole when badly formed, else answered entry by entry. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError } from '../service.ts';
import { checkMessage, type PublishedMessage } from './published-message.ts';
import type { PublishFields } from './sns.types.ts';

export type PublishEntry = PublishFields & { readonly Id: string };

export interface PublishBatchResult {
  readonly Successful: readonly { readonly Id: string; readonly MessageId: string }[];
  readonly Failed: readonly {
    readonly Id: string;
    readonly Code: string;
    readonly Message: string;
    readonly SenderFault: boolean;
  }[];
}

type Checked = { readonly Id: string } & ({ readonly message: PublishedMessage } | { readonly reason: string });

/** `publish` gives a message's id. `limit`: bytes of all messages together. @throws {ApiError} */
export function publishBatch(
  entries: readonly PublishEntry[] | undefined,
  limit: number,
  facts: Facts,
  publish: (message: PublishedMessage) => string,
): PublishBatchResult {
  const error = (key: string): ApiError => factError(facts, 'err-sns', key);
  if (entries === undefined || entries.length === 0) throw error('batchEmpty');
  if (entries.length > factNumber(facts, 'sns-batch-entries')) throw error('batchTooMany');
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) throw error('batchIdInvalid');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw error('batchIdTwice');
  const checked = entries.map((entry) => checkEntry(entry, facts));
  const bytes = checked.reduce((sum, entry) => sum + ('message' in entry ? entry.message.bytes : 0), 0);
  if (bytes > limit) throw error('batchTooLong');
  return {
    Successful: checked.flatMap((entry) =>
      'message' in entry ? [{ Id: entry.Id, MessageId: publish(entry.message) }] : [],
    ),
    Failed: checked.flatMap((entry) =>
      'reason' in entry ? [{ Id: entry.Id, Code: 'InvalidParameter', Message: entry.reason, SenderFault: true }] : [],
    ),
  };
}

function checkEntry(entry: PublishEntry, facts: Facts): Checked {
  try {
    return { Id: entry.Id, message: checkMessage(entry, facts) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { Id: entry.Id, reason: error.message };
  }
}
