/** Brings the tools for the record to life: the page's HTML stays, and gets its behaviour. */
import { flushSync, hydrate } from 'svelte';
import { openRecord } from '../../progress/record.ts';
import { RecordPageState } from './record-page-state.svelte.ts';
import RecordTools from './RecordTools.svelte';

export async function startRecordTools(target: HTMLElement): Promise<void> {
  const page = new RecordPageState();
  page.begin(await openRecord());
  hydrate(RecordTools, { target, props: { page } });
  flushSync();
}
