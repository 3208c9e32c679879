/** Brings a static runner to life: the page's HTML stays, and gets its behaviour. */
import { flushSync, hydrate } from 'svelte';
import Runner from './Runner.svelte';
import type { HighlightedFile, RunnerData } from './runner-data.ts';
import { startSession } from './session-start.ts';

/**
 * `element` holds the runner's HTML and its data as JSON. The code's HTML is read from the page instead of sent twice.
 * `invoking` says that the first thing it will be asked is to invoke.
 */
export function startRunner(element: HTMLElement, invoking: boolean): void {
  // The sandbox loads in its worker while the page is busy with the rest.
  if (invoking) startSession();
  const target = element.querySelector<HTMLElement>('[data-runner]');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!target || !json) return;
  const data = JSON.parse(json) as RunnerData;
  const files = [...target.querySelectorAll<HTMLElement>('[data-code]')].map((code): HighlightedFile => ({
    path: code.dataset.code ?? '',
    html: code.innerHTML,
  }));
  hydrate(Runner, { target, props: { data, files } });
  flushSync();
}
