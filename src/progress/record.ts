/** The learner's record on this device: the door that every page goes through. */
import { openDatabase } from './database.ts';
import { hintDrafts } from './draft-hint.ts';
import { isRecordLost, markRecord } from './lost-record.ts';
import { readOldDrafts, removeOldDrafts } from './old-drafts.ts';
import { askWhenWorthIt } from './persistence.ts';
import { TabRecord, type KeptRecord } from './tab-record.ts';
import { otherTabs } from './tabs.ts';

let opened: Promise<KeptRecord> | undefined;
let lost = false;

/** The record of this browser, the same object for everybody on a page. Never rejects: see `storage`. */
export function openRecord(): Promise<KeptRecord> {
  return (opened ??= open());
}

/** Whether there was a record on this device that the browser has deleted. */
export async function recordWasLost(): Promise<boolean> {
  await openRecord();
  return lost;
}

async function open(): Promise<KeptRecord> {
  const record = new TabRecord({ connect: openDatabase, tabs: otherTabs() });
  // A page that was put aside and comes back has not heard the other tabs.
  addEventListener('pageshow', ({ persisted }) => void (persisted && record.reload()));
  await record.open();
  await takeOldDrafts(record);
  lost = record.storage === 'kept' && isRecordLost(record.entries);
  const mark = () => {
    hintDrafts(record.entries);
    if (record.storage === 'kept') markRecord(record.entries);
  };
  if (!lost) mark();
  record.subscribe(mark);
  askWhenWorthIt(record);
  return record;
}

/** Moves drafts from where an older edition of the course kept them. */
async function takeOldDrafts(record: KeptRecord): Promise<void> {
  try {
    const drafts = readOldDrafts(localStorage);
    if (drafts.length > 0 && (await record.merge(drafts))) removeOldDrafts(localStorage, drafts);
  } catch {
    // Local storage is denied: there are none.
  }
}
