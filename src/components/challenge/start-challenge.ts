/** Brings a static challenge to life: the page's HTML stays, and gets its behaviour. */
import { flushSync, hydrate } from 'svelte';
import type { HighlightedFile } from '../runner/runner-data.ts';
import { keepTyped } from '../runner/typed-before.ts';
import Challenge from './Challenge.svelte';
import type { ChallengeData } from './challenge-data.ts';

/** `element` holds the challenge's HTML and its data as JSON. Highlighted code is read from the page, not sent twice. */
export function startChallenge(element: HTMLElement): void {
  const target = element.querySelector<HTMLElement>('[data-runner]');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!target || !json) return;
  const data = JSON.parse(json) as ChallengeData;
  const files = readCode(target, 'code');
  const solutionFiles = readCode(target, 'solution');
  const putBack = keepTyped(target);
  hydrate(Challenge, { target, props: { data, files, solutionFiles } });
  flushSync();
  putBack();
}

function readCode(target: HTMLElement, name: 'code' | 'solution'): readonly HighlightedFile[] {
  return [...target.querySelectorAll<HTMLElement>(`[data-${name}]`)].map((code) => ({
    path: code.dataset[name] ?? '',
    html: code.innerHTML,
  }));
}
