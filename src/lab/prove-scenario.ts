/** Proves a scenario when the course is built: what its text and its things to try promise is run, and must be seen. */
import type { ScenarioAttempt, ScenarioFolder } from '../../content/scenario-folder.ts';
import { locateFindings, type Finding, type Mistake } from '../../content/mistakes.ts';
import type { ScenarioPromise } from '../../content/scenario-schema.ts';
import type { LabAction, LabUpdate } from '../../sandbox/lab/lab.types.ts';
import { openLab } from '../../sandbox/lab/open-lab.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { findBroken } from './promises.ts';

/** What is wrong with a scenario; empty when everything that it promises is seen. */
export async function mistakesOfScenario(scenario: ScenarioFolder): Promise<readonly Mistake[]> {
  const findings: Finding[] = [...(await prove(scenario, [], scenario.actions, scenario.file.expects, []))];
  let before: readonly LabAction[] = scenario.actions;
  for (const [index, attempt] of scenario.attempts.entries()) {
    if (!attempt.afterPrevious) before = scenario.actions;
    findings.push(...(await proveAttempt(scenario, before, attempt, index)));
    before = [...before, ...attempt.actions];
  }
  return locateFindings(findings, { file: `${scenario.folder}/scenario.yaml`, text: scenario.text });
}

function proveAttempt(
  scenario: ScenarioFolder,
  before: readonly LabAction[],
  { actions, expects }: ScenarioAttempt,
  index: number,
): Promise<readonly Finding[]> {
  if (expects.length === 0 && actions.length === 0) return Promise.resolve([]);
  return prove(scenario, before, actions, expects, ['try', index]);
}

async function prove(
  { start }: ScenarioFolder,
  before: readonly LabAction[],
  actions: readonly LabAction[],
  expects: readonly ScenarioPromise[],
  path: readonly PropertyKey[],
): Promise<readonly Finding[]> {
  const events: TraceEvent[] = [];
  const earlier: TraceEvent[] = [];
  let listening = false;
  const { lab } = await openLab(start, before, { onEvent: (event) => void (listening ? events : earlier).push(event) });
  listening = true;
  try {
    const findings: Finding[] = [];
    for (const action of actions) findings.push(...refusalOf(await lab.perform(action), action, path));
    const broken = await findBroken(expects, events, lab, earlier);
    for (const { index, saw } of broken) {
      findings.push({
        path: [...path, 'expects', index],
        reason: `is not what happens: ${saw}`,
        mend: 'Correct the scenario, or what it promises.',
      });
    }
    return findings;
  } finally {
    lab.close();
  }
}

/** A call that is refused by mistake is one of the author's. Who wants to show a refusal lets a function meet it. */
function refusalOf({ refusal }: LabUpdate, action: LabAction, path: readonly PropertyKey[]): readonly Finding[] {
  if (refusal === undefined) return [];
  const what = action.kind === 'call' ? `${action.call.service} ${action.call.operation}` : action.kind;
  const reason = `has a step that is refused (${what}): ${refusal.name}: ${refusal.message}`;
  return [{ path: path.length > 0 ? [...path, 'steps'] : ['opening'], reason, mend: 'Correct the step.' }];
}
