/** The learner's record on this device: the door that every page goes through. */
import { openDatabase } from './database.ts';
import { hintDrafts } from './draft-hint.ts';
import { readOldDrafts, removeOldDrafts } from './old-drafts.ts';
import { TabRecord, type KeptRecord } from './tab-record.ts';
import { otherTabs } from './tabs.ts';

let opened: Promise<KeptRecord> | undefined;

/** The record of this browser, the same object for everybody on a page. Never rejects: see `storage`. */
export function openRecord(): Promise<KeptRecord> {
  return (opened ??= open());
}

async function open(): Promise<KeptRecord> {
  const record = new TabRecord({ connect: openDatabase, tabs: otherTabs() });
  // A page that was put aside and comes back has not heard the other tabs.
  addEventListener('pageshow', ({ persisted }) => void (persisted && record.reload()));
  await record.open();
  await takeOldDrafts(record);
  hintDrafts(record.entries);
  record.subscribe(() => hintDrafts(record.entries));
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
