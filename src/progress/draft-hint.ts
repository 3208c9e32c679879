/**
 * Which editors have a draft, as a hint in local storage: a page asks it before it loads anything. The drafts themselves
 * are in the record; a hint that is wrong is put right when the record is opened, and `draftsHinted` is then heard.
 */
import type { Entry } from './entry.ts';
import { oldDraftPrefix } from './old-drafts.ts';

const hintKey = 'coldstart.drafts';

/** The event on `document` that says that the hint has changed. */
export const draftsHinted = 'coldstart-drafts';

type AskStorage = () => Storage;

/** Whether a draft is probably kept under this name. `storage` is asked each time: a browser may deny it. */
export function hasDraft(draft: string, storage: AskStorage = () => localStorage): boolean {
  try {
    const kept = storage();
    return (
      readHint(kept).includes(draft) || Object.keys(kept).some((key) => key.startsWith(`${oldDraftPrefix}${draft}@`))
    );
  } catch {
    return false;
  }
}

/** Writes the hint for these facts, if it has changed. */
export function hintDrafts(entries: readonly Entry[], storage: AskStorage = () => localStorage): void {
  const drafts = new Set(
    entries.flatMap((entry) => (entry.kind === 'draft-kept' && entry.value !== null ? [entry.draft] : [])),
  );
  try {
    const [kept, text] = [storage(), JSON.stringify([...drafts].sort())];
    if ((kept.getItem(hintKey) ?? '[]') === text) return;
    if (drafts.size === 0) kept.removeItem(hintKey);
    else kept.setItem(hintKey, text);
    document.dispatchEvent(new Event(draftsHinted));
  } catch {
    // Without a hint, a draft is found when the runner is used.
  }
}

function readHint(storage: Storage): readonly unknown[] {
  const hint: unknown = JSON.parse(storage.getItem(hintKey) ?? '[]');
  return Array.isArray(hint) ? hint : [];
}
