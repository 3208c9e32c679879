/** Makes a runner's data when the page is built: reads the function's folder and records its run in the sandbox. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { readFunctionFolder, type FunctionFolder } from '../../../content/function-folder.ts';
import type { FunctionDefinition } from '../../../sandbox/worker/session.types.ts';
import { findFact } from '../../course/facts.ts';
import { recordRun, stepsOf } from './record-run.ts';
import type { Range, RecordedRun, RunnerData } from './runner-data.ts';
import { lessonInput } from './runner-input.ts';
import { priceFacts } from './trace-readers.ts';

interface Wanted {
  /** Folder from the project's root that holds the function's folder. */
  readonly folder: string;
  readonly name: string;
  /** What drafts are kept under: a lesson's id. */
  readonly owner: string;
  readonly compact: boolean;
}

/** The data of one runner. The function runs here, in the same sandbox as on the page. */
export async function buildRunner({ folder, name, owner, compact }: Wanted): Promise<RunnerData> {
  const path = `${folder}/${name}`;
  return runnerOf(await readFunctionFolder(resolve(path)), { path, key: `${owner}/${name}`, compact });
}

/** The same for a folder that was read; `path` is for messages. */
export async function runnerOf(
  read: FunctionFolder,
  { path, ...rest }: Pick<RunnerData, 'key' | 'compact' | 'task'> & { readonly path: string },
): Promise<RunnerData> {
  const definition = ownFirst(handlerFirst(read.definition), rest.task?.given ?? []);
  const events = read.events.map(({ name: title, text }) => ({ name: title, text: text.trimEnd() }));
  const fact = (id: string) => findFact(id, path);
  return {
    ...rest,
    version: hash(JSON.stringify(lessonInput({ definition, events }))),
    definition,
    events,
    limits: { memory: range(fact('memory-range').value), timeout: range(fact('timeout-range').value) },
    prices: priceFacts.map(fact),
    recorded: { ...(await recordRun(definition, stepsOf(read.configuration.recorded, events, path))), ...sent(read) },
  };
}

/** Which of several test events the recorded run sends last. */
function sent({ configuration, events }: FunctionFolder): Pick<RecordedRun, 'event'> {
  const last = configuration.recorded.findLast((step) => !('wait' in step));
  return last !== undefined && 'invoke' in last && events.length > 1 ? { event: last.invoke } : {};
}

/** The file that holds the handler is the one a reader wants to see first. */
function handlerFirst(definition: FunctionDefinition): FunctionDefinition {
  const [module = ''] = /^.*(?=\.)/.exec(definition.Handler) ?? [];
  const isHandler = (path: string) => path.replace(/\.[cm]?js$/, '') === module;
  const files = Object.entries(definition.Files).sort(([a], [b]) => Number(isHandler(b)) - Number(isHandler(a)));
  return { ...definition, Files: Object.fromEntries(files) };
}

/** What a learner may change stands before what is given. */
function ownFirst(definition: FunctionDefinition, given: readonly string[]): FunctionDefinition {
  const isGiven = ([path]: readonly [string, string]) => Number(given.includes(path));
  const files = Object.entries(definition.Files).sort((a, b) => isGiven(a) - isGiven(b));
  return { ...definition, Files: Object.fromEntries(files) };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function range(value: unknown): Range {
  const { min, max } = value as Range;
  return { min, max };
}
