/** What it takes to run a scenario, fetched when somebody runs it. */
import type { ScenarioScript } from '../../lab/scenario-data.ts';

/** `lab` is the address of the lab's page. Rejects with a message for the learner. */
export async function loadScenario(lab: string, id: string): Promise<ScenarioScript> {
  const response = await fetch(new URL(`${id}.json`, lab.replace(/#.*$/, ''))).catch(() => undefined);
  if (response?.status === 404) throw new Error(`There is no scenario “${id}”.`);
  if (!response?.ok) throw new Error('The scenario could not be loaded. Check the connection and try again.');
  return (await response.json()) as ScenarioScript;
}
