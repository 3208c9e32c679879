/** Brings a static runner to life: the page's HTML stays, and gets its behaviour. */
import { flushSync, hydrate } from 'svelte';
import Runner from './Runner.svelte';
import { keepTyped } from './typed-before.ts';
import type { HighlightedFile, RunnerData } from './runner-data.ts';

/** `element` holds the runner's HTML and its data as JSON. The code's HTML is read from the page instead of sent twice. */
export function startRunner(element: HTMLElement): void {
  const target = element.querySelector<HTMLElement>('[data-runner]');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!target || !json) return;
  const data = JSON.parse(json) as RunnerData;
  const files = [...target.querySelectorAll<HTMLElement>('[data-code]')].map((code): HighlightedFile => ({
    path: code.dataset.code ?? '',
    html: code.innerHTML,
  }));
  const putBack = keepTyped(target);
  hydrate(Runner, { target, props: { data, files } });
  flushSync();
  putBack();
}
