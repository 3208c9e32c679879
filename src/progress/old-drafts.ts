/** Drafts as the course kept them before it had a record: each in local storage, under its editor and edition. */
import type { DraftKept } from './entry.ts';
import { unknownDate } from './possible-dates.ts';

/** Followed by `<draft>@<version>`. */
export const oldDraftPrefix = 'coldstart.draft/';

/** An old draft as a fact. When it was typed is unknown; its id is the same in every tab that takes it over. */
export function draftFromOld(draft: string, version: string, value: unknown): DraftKept {
  const id = `old-draft:${draft}@${version}`;
  return { kind: 'draft-kept', id, at: unknownDate, draft, version, value };
}

/** All old drafts; those that cannot be read are left where they are. */
export function readOldDrafts(storage: Storage): readonly DraftKept[] {
  return Object.keys(storage).flatMap((key) => {
    const at = key.lastIndexOf('@');
    if (!key.startsWith(oldDraftPrefix) || at < oldDraftPrefix.length) return [];
    try {
      const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
      return value === null ? [] : [draftFromOld(key.slice(oldDraftPrefix.length, at), key.slice(at + 1), value)];
    } catch {
      return [];
    }
  });
}

/** Takes old drafts out of local storage, once they are stored elsewhere. */
export function removeOldDrafts(storage: Storage, drafts: readonly DraftKept[]): void {
  for (const { draft, version } of drafts) storage.removeItem(`${oldDraftPrefix}${draft}@${version}`);
}
