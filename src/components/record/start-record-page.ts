/** Brings the page about the record to life, in place of what stands there without scripts. */
import { mount } from 'svelte';
import { openRecord } from '../../progress/record.ts';
import { RecordPageState } from './record-page-state.svelte.ts';
import RecordPage from './RecordPage.svelte';

export async function startRecordPage(target: HTMLElement): Promise<void> {
  const state = new RecordPageState(await openRecord());
  target.replaceChildren();
  mount(RecordPage, { target, props: { page: state } });
}
