/** A record that is kept nowhere: for tests, and for pages that try things out. */
import type { Entry } from './entry.ts';
import { TabRecord, type RecordSurroundings } from './tab-record.ts';

/** Holds `entries` at the beginning. `now` and `newId` make it repeatable. */
export function memoryRecord(
  entries: readonly Entry[] = [],
  surroundings: Pick<RecordSurroundings, 'now' | 'newId'> = {},
): TabRecord {
  const record = new TabRecord(surroundings);
  void record.merge(entries);
  return record;
}
