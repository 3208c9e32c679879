/** Labs that were saved under a name, in the learner's record on this device. */
import { DraftStore } from '../../progress/draft-store.ts';
import { openRecord } from '../../progress/record.ts';
import type { LabDocument } from '../../lab/lab-document.ts';

const prefix = 'lab/saved/';

export interface SavedLab {
  readonly title: string;
  /** Not checked yet. */
  readonly value: unknown;
}

/** Keeps a lab under its title; one of the same title is replaced. */
export async function saveLab(document: LabDocument): Promise<void> {
  const store = new DraftStore(openRecord, prefix + document.title, '1');
  store.write(document);
  await store.flush();
}

export async function forgetLab(title: string): Promise<void> {
  await new DraftStore(openRecord, prefix + title, '1').forget();
}

/** All that were saved, by title. */
export async function savedLabs(): Promise<readonly SavedLab[]> {
  const { entries } = await openRecord();
  return entries
    .flatMap((entry): SavedLab[] =>
      entry.kind === 'draft-kept' && entry.draft.startsWith(prefix) && entry.value !== null
        ? [{ title: entry.draft.slice(prefix.length), value: entry.value }]
        : [],
    )
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}
