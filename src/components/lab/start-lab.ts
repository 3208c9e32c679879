/** Opens the lab in the place of the list of scenarios; and what was kept and saved on this device. */
import { flushSync, mount, unmount } from 'svelte';
import { readDocument, type LabDocument } from '../../lab/lab-document.ts';
import { DraftStore } from '../../progress/draft-store.ts';
import { openRecord } from '../../progress/record.ts';
import { keptLab, type LabFacts } from './lab-state.svelte.ts';
import type { LabWish } from './lab-wish.ts';
import LabPage from './LabPage.svelte';
import { listSaved, savedLabs } from './saved-labs.ts';

/** `element` holds the list, and what the lab needs of the course's facts as JSON. */
export function startLab(element: HTMLElement, wish: LabWish): void {
  const list = element.querySelector<HTMLElement>('[data-list]');
  const json = element.querySelector('script[data-facts]')?.textContent;
  const target = element.querySelector<HTMLElement>('[data-lab]');
  if (!list || !json || !target) return;
  list.hidden = true;
  document.documentElement.dataset.lab = '';
  const page = mount(LabPage, {
    target,
    props: {
      facts: JSON.parse(json) as LabFacts,
      wish,
      onclose: () => {
        void unmount(page);
        delete element.dataset.opened;
        delete document.documentElement.dataset.lab;
        list.hidden = false;
        history.replaceState(history.state, '', location.pathname + location.search);
        const kept = element.querySelector<HTMLElement>('[data-kept]');
        if (kept) kept.hidden = false;
        void listSaved(element);
        list.querySelector<HTMLElement>('a, button')?.focus();
      },
    },
  });
  flushSync();
}

/** What was open last, or what was saved under a title; undefined when it is not there or cannot be read any more. */
export async function keptDocument(title?: string): Promise<LabDocument | undefined> {
  const value =
    title === undefined
      ? (await new DraftStore(openRecord, keptLab, '1').read())?.value
      : (await savedLabs()).find((saved) => saved.title === title)?.value;
  const read = readDocument(value);
  return read.ok ? read.document : undefined;
}
