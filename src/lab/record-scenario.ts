/** Makes what pages have of scenarios, when they are built: cards, recorded openings, and the scripts that run them. */
import { listScenarios, readScenarioFolder, type ScenarioFolder } from '../../content/scenario-folder.ts';
import { openLab } from '../../sandbox/lab/open-lab.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { priceFacts } from '../components/runner/trace-readers.ts';
import { findFact, formatFact } from '../course/facts.ts';
import type { RecordedScenario, ScenarioCard, ScenarioScript } from './scenario-data.ts';
import { windowOf } from './trace-window.ts';

/** A recorded opening is part of a page: it shows the end of a long one. */
const recordedLimits = { requests: 60, events: 900 };

let read: Promise<readonly ScenarioFolder[]> | undefined;

/** All scenarios, in the order of their folders. Read once for a build; while authoring, each time. */
export function readScenarios(): Promise<readonly ScenarioFolder[]> {
  const readAll = async () => Promise.all((await listScenarios()).map((folder) => readScenarioFolder(folder)));
  if (import.meta.env.DEV) return readAll();
  return (read ??= readAll());
}

/**
 * The scenario with this id. `askedBy` is the file that names it, for the author.
 * @throws when there is no such scenario
 */
export async function findScenario(id: string, askedBy: string): Promise<ScenarioFolder> {
  const scenarios = await readScenarios();
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found) return found;
  const known = scenarios.map((scenario) => scenario.id).join(', ') || 'none';
  throw new Error(`${askedBy}: there is no scenario "${id}" in content/scenarios/ (${known}).`);
}

export function cardOf({ id, folder, file, attempts }: ScenarioFolder): ScenarioCard {
  const askedBy = `${folder}/scenario.yaml`;
  return {
    id,
    title: file.title,
    summary: withFacts(file.summary, askedBy),
    text: withFacts(file.text, askedBy),
    attempts: attempts.map(({ says, label, afterPrevious }) => ({
      says: withFacts(says, askedBy),
      ...(label === undefined ? {} : { label }),
      afterPrevious,
    })),
  };
}

export function scriptOf(scenario: ScenarioFolder): ScenarioScript {
  const { id, title, text, attempts } = cardOf(scenario);
  return {
    id,
    title,
    text,
    start: scenario.start,
    actions: scenario.actions,
    attempts: attempts.map((attempt, index) => ({ ...attempt, actions: scenario.attempts[index]?.actions ?? [] })),
    events: Object.fromEntries(
      Object.entries(scenario.events).map(([name, events]) => [
        name,
        events.map((event) => ({ name: event.name, text: event.text.trimEnd() })),
      ]),
    ),
  };
}

const recordings = new Map<string, Promise<RecordedScenario>>();

/** What the opening comes to; it is run once in a build. */
export function recordScenario(scenario: ScenarioFolder): Promise<RecordedScenario> {
  const key = JSON.stringify([scenario.start, scenario.actions, scenario.file]);
  const found = recordings.get(key) ?? record(scenario);
  recordings.set(key, found);
  return found;
}

async function record(scenario: ScenarioFolder): Promise<RecordedScenario> {
  const all: TraceEvent[] = [];
  const { lab, update } = await openLab(scenario.start, scenario.actions, { onEvent: (event) => void all.push(event) });
  lab.close();
  const { events, isCut } = windowOf(all, recordedLimits);
  return {
    ...cardOf(scenario),
    trace: events,
    isCut,
    now: update.now,
    total: update.bill.total,
    prices: priceFacts.map((id) => findFact(id, scenario.folder)),
  };
}

/** A sentence with the values of the facts that it names: `{fact some-id}` or `{fact some-id.field}`. */
function withFacts(text: string, askedBy: string): string {
  return text.replace(/\{fact ([a-z0-9-]+)(?:\.([^}]+))?\}/gi, (_, id: string, field: string | undefined) =>
    formatFact(findFact(id, askedBy), field, askedBy),
  );
}
