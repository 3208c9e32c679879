/** Brings a static scenario to life: the page's HTML stays, and gets its behaviour. */
import { flushSync, hydrate } from 'svelte';
import type { RecordedScenario } from '../../lab/scenario-data.ts';
import ScenarioView from './ScenarioView.svelte';

/** `element` holds the scenario's HTML and its recorded opening as JSON. */
export function startScenario(element: HTMLElement): void {
  const target = element.querySelector<HTMLElement>('[data-runner]');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!target || !json) return;
  hydrate(ScenarioView, { target, props: { recorded: JSON.parse(json) as RecordedScenario } });
  flushSync();
}
