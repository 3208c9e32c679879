/** Notices that the browser has deleted the record, by a mark in another store which it may have left alone. */
import type { Entry } from './entry.ts';

const markKey = 'coldstart.record';

type AskStorage = () => Storage;

/** Whether there was a record that is gone, though nobody deleted it. To be asked before the mark is set anew. */
export function isRecordLost(entries: readonly Entry[], storage: AskStorage = () => localStorage): boolean {
  try {
    return entries.length === 0 && storage().getItem(markKey) !== null;
  } catch {
    return false;
  }
}

/** Marks that there is a record, or that there is none on purpose. */
export function markRecord(entries: readonly Entry[], storage: AskStorage = () => localStorage): void {
  try {
    const kept = storage();
    if (entries.length === 0) kept.removeItem(markKey);
    else if (kept.getItem(markKey) === null) kept.setItem(markKey, 'kept');
  } catch {
    // Without the mark a loss is not noticed.
  }
}
