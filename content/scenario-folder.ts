/** Reads a scenario's folder: `scenario.yaml` and the functions beside it, as actions of a lab. Node only. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabAction, LabFunction, LabStart } from '../sandbox/lab/lab.types.ts';
import type { SessionRequest } from '../sandbox/worker/session.types.ts';
import { readFunctionFolder, type FunctionFolder, type TestEvent } from './function-folder.ts';
import { ContentMistakeError, locateFindings, parseContent, type Finding, type Mistake } from './mistakes.ts';
import { scenarioSchema, type ScenarioFile, type ScenarioPromise, type ScenarioStep } from './scenario-schema.ts';

/** One thing to try, ready to be done. */
export interface ScenarioAttempt {
  readonly says: string;
  readonly label?: string;
  readonly actions: readonly LabAction[];
  readonly expects: readonly ScenarioPromise[];
  readonly afterPrevious: boolean;
}

export interface ScenarioFolder {
  /** The folder's name without its number. */
  readonly id: string;
  /** Folder from the project's root. */
  readonly folder: string;
  readonly file: ScenarioFile;
  /** `scenario.yaml` as it is written, to find lines in. */
  readonly text: string;
  readonly start: LabStart;
  /** Resources, functions and the opening, in order. */
  readonly actions: readonly LabAction[];
  readonly attempts: readonly ScenarioAttempt[];
  /** The functions' events, by function. */
  readonly events: Readonly<Record<string, readonly TestEvent[]>>;
}

const yaml = 'scenario.yaml';

/** The folders of all scenarios from the project's root, in order. */
export async function listScenarios(root = process.cwd()): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'content/scenarios'), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => `content/scenarios/${name}`)
    .sort();
}

/**
 * Reads a scenario; `root` is the project's.
 * @throws {ContentMistakeError} with everything that is wrong in it
 */
export async function readScenarioFolder(folder: string, root = process.cwd()): Promise<ScenarioFolder> {
  const source = { file: `${folder}/${yaml}`, text: await readText(root, folder) };
  const file = parseContent(scenarioSchema, source);
  const folders = await readFunctions(folder, root);
  const findings = findMistakes(file, folders);
  if (findings.length > 0) throw new ContentMistakeError(locateFindings(findings, source));
  const steps = (list: readonly ScenarioStep[]): readonly LabAction[] => list.map((step) => actionOf(step, folders));
  return {
    id: folder.replace(/^.*\//, '').replace(/^\d+-/, ''),
    folder,
    file,
    text: source.text,
    start: {
      seed: file.seed,
      startTime: file.startTime,
      ...(file.concurrentExecutions === undefined ? {} : { concurrentExecutions: file.concurrentExecutions }),
    },
    actions: [
      ...file.account.map((call): LabAction => ({ kind: 'call', call })),
      ...[...folders].filter(([name]) => !isChange(name)).map(([, read]) => deployOf(read)),
      ...steps(file.opening),
    ],
    attempts: file.try.map(({ says, label, steps: list, expects, after }) => ({
      says,
      ...(label === undefined ? {} : { label }),
      actions: steps(list),
      expects,
      afterPrevious: after === 'previous',
    })),
    events: Object.fromEntries(
      [...folders].filter(([name]) => !isChange(name)).map(([name, { events }]) => [name, events]),
    ),
  };
}

/** `checkout--faster` is a change to `checkout`. */
const isChange = (name: string): boolean => name.includes('--');
const functionOf = (name: string): string => name.replace(/--.*$/, '');

async function readText(root: string, folder: string): Promise<string> {
  return readFile(join(root, folder, yaml), 'utf8').catch(() => {
    const mend = 'Write it: title, summary, text, things to try, and what the text promises.';
    throw new ContentMistakeError([{ file: `${folder}/${yaml}`, line: 1, path: '', reason: 'is missing.', mend }]);
  });
}

/** Functions before the changes to them. */
async function readFunctions(folder: string, root: string): Promise<ReadonlyMap<string, FunctionFolder>> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort((a, b) => Number(isChange(a)) - Number(isChange(b)) || (a < b ? -1 : 1));
  const folders = new Map<string, FunctionFolder>();
  const mistakes: Mistake[] = [];
  for (const name of names) {
    const base = isChange(name) ? folders.get(functionOf(name)) : undefined;
    if (isChange(name) && base === undefined) {
      const reason = `is a change to ${functionOf(name)}, which is not there.`;
      mistakes.push({ file: `${folder}/${name}`, line: 1, path: '', reason, mend: 'Correct the name of the folder.' });
      continue;
    }
    try {
      folders.set(name, await readFunctionFolder(join(root, folder, name), root, base));
    } catch (error) {
      if (error instanceof ContentMistakeError) mistakes.push(...error.mistakes);
      else if (error instanceof Error && error.name === 'FunctionFolderError') {
        const mend = 'Put the function there, or remove the folder.';
        mistakes.push({ file: `${folder}/${name}`, line: 1, path: '', reason: error.message, mend });
      } else throw error;
    }
  }
  if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
  return folders;
}

/** Steps that name functions, changes and events which are not there. */
function findMistakes(file: ScenarioFile, folders: ReadonlyMap<string, FunctionFolder>): readonly Finding[] {
  const lists = [
    { path: ['opening'] as const, steps: file.opening },
    ...file.try.map(({ steps }, index) => ({ path: ['try', index, 'steps'] as const, steps })),
  ];
  const findings = lists.flatMap(({ path, steps }) =>
    steps.flatMap((step, index): Finding[] => {
      const at = [...path, index];
      if ('deploy' in step)
        return folders.has(step.deploy) ? [] : [missing([...at, 'deploy'], step.deploy, [...folders.keys()])];
      if (!('invoke' in step)) return [];
      const name = step.invoke.replace(/:.*$/, '');
      const found = folders.get(name);
      if (found === undefined) return [missing([...at, 'invoke'], name, [...folders.keys()])];
      const events = found.events.map((event) => event.name);
      if (step.event === undefined || events.includes(step.event)) return [];
      return [missing([...at, 'event'], step.event, events)];
    }),
  );
  const withoutLabel = file.try.flatMap(({ label, steps }, index): Finding[] =>
    steps.length > 0 && label === undefined
      ? [{ path: ['try', index], reason: 'has steps and no label.', mend: 'Add the label of its button.' }]
      : [],
  );
  return [...findings, ...withoutLabel];
}

const missing = (path: readonly PropertyKey[], name: string, known: readonly string[]): Finding => ({
  path,
  reason: `names "${name}", which is not there.`,
  mend: `Use one of: ${known.join(', ') || 'none is there yet'}.`,
});

function deployOf({ definition }: FunctionFolder): LabAction {
  const { account: _, sends: __, ...rest } = definition;
  return { kind: 'deploy', function: rest satisfies LabFunction };
}

function actionOf(step: ScenarioStep, folders: ReadonlyMap<string, FunctionFolder>): LabAction {
  if ('wait' in step) return { kind: 'wait', milliseconds: milliseconds(step.wait) };
  if ('stop' in step) return { kind: 'stop', workload: step.stop };
  if ('outage' in step) return { kind: 'outage', ...step.outage };
  if ('deploy' in step) {
    const read = folders.get(step.deploy);
    if (read === undefined) throw new Error(`There is no folder ${step.deploy}.`);
    return deployOf(read);
  }
  if ('workload' in step) {
    const { workload: name, count, over, arrivals } = step;
    const target =
      'call' in step
        ? { call: step.call }
        : 'request' in step
          ? { request: httpRequestOf(step.request) }
          : { invoke: step.invoke, ...requestOf(step, folders) };
    return { kind: 'workload', workload: { name, count, milliseconds: milliseconds(over), arrivals, target } };
  }
  if ('call' in step) return { kind: 'call', call: step.call };
  if ('request' in step) {
    const { request, count } = step;
    return { kind: 'request', request: httpRequestOf(request), ...(count === undefined ? {} : { count }) };
  }
  const { invoke: functionName, count } = step;
  return {
    kind: 'invoke',
    functionName,
    ...requestOf(step, folders),
    ...(count === undefined ? {} : { count }),
  };
}

type HttpStep = Extract<ScenarioStep, { request: unknown }>['request'];

/** With a body that is JSON as the text of it. */
function httpRequestOf({ method, url, headers, body }: HttpStep): SessionRequest {
  return {
    ...(method === undefined ? {} : { method }),
    url,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

function requestOf(
  step: Extract<ScenarioStep, { invoke: string }>,
  folders: ReadonlyMap<string, FunctionFolder>,
): { readonly payload: string; readonly invocationType?: 'Event' } {
  const events = folders.get(step.invoke.replace(/:.*$/, ''))?.events ?? [];
  const text = events.find(({ name }) => name === step.event)?.text.trim();
  const payload = text ?? JSON.stringify(step.payload ?? {});
  return { payload, ...(step.asynchronous ? { invocationType: 'Event' } : {}) };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m` in ms; the schema has checked its form. */
function milliseconds(text: string): number {
  return Number.parseInt(text, 10) * (units[text.replace(/^\d+/, '')] ?? 1);
}
