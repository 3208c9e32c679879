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

/** Lists what was saved by name. */
export async function listSaved(element: HTMLElement): Promise<void> {
  const place = element.querySelector<HTMLElement>('[data-saved]');
  if (!place) return;
  const saved = await savedLabs();
  place.hidden = saved.length === 0;
  const list = place.querySelector('ul');
  list?.replaceChildren(
    ...saved.map(({ title }) => {
      const item = document.createElement('li');
      const open = document.createElement('button');
      open.type = 'button';
      open.className = 'button';
      open.dataset.open = `saved:${title}`;
      open.textContent = title;
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.className = 'forget';
      remove.textContent = 'Remove';
      remove.setAttribute('aria-label', `Remove “${title}”`);
      remove.addEventListener('click', () => void forgetLab(title).then(() => listSaved(element)));
      item.append(open, remove);
      return item;
    }),
  );
}
