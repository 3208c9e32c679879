/** What it takes to run a scenario, as JSON: `lab/<id>.json`, fetched when somebody runs it. */
import type { APIRoute, GetStaticPaths } from 'astro';
import type { ScenarioFolder } from '../../../content/scenario-folder.ts';
import { readScenarios, scriptOf } from '../../lab/record-scenario.ts';

export const getStaticPaths = (async () =>
  (await readScenarios()).map((scenario) => ({
    params: { scenario: scenario.id },
    props: { scenario },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ scenario: ScenarioFolder }> = ({ props }) =>
  new Response(JSON.stringify(scriptOf(props.scenario)), { headers: { 'content-type': 'application/json' } });
