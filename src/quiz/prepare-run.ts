/** Makes the runs that questions are about out of the lesson's function folders, and records them. Used by the build only. */
import { FunctionFolderError, type FunctionFolder } from '../../content/function-folder.ts';
import { ContentMistakeError } from '../../content/mistakes.ts';
import type { Fact } from '../../sandbox/facts.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import type { FunctionDefinition, SessionStep } from '../../sandbox/worker/session.types.ts';
import { closeRun, drawings, drawKey, type Measure } from './draw.ts';
import { ExpressionError } from './expression.ts';
import { measureRun } from './measurements.ts';
import type { QuestionData, RunData } from './question.ts';
import { sessionSteps } from './run-steps.ts';
import type { RunSource } from './pieces.ts';
import type { Path, Preparation } from './source.ts';

/** Where functions come from, and what runs them. */
export interface RunWorld {
  /** A function's folder in the lesson's. @throws {FunctionFolderError} or {ContentMistakeError} */
  readFunction(name: string): Promise<FunctionFolder>;
  /** Runs a function in the sandbox; left out where nothing may be run. */
  readonly record?: (
    definition: FunctionDefinition,
    steps: readonly SessionStep[],
  ) => Promise<{ readonly trace: readonly TraceEvent[] }>;
  /** The facts that turn usage into money. */
  readonly prices: readonly Fact[];
}

/** What a run needs of the preparation of its question. */
export interface Tools {
  readonly text: Preparation['text'];
  readonly value: Preparation['value'];
  readonly report: Preparation['report'];
}

const factors = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The run with its function; nothing when that cannot be, which has been reported. */
export async function prepareRun(
  source: RunSource,
  path: Path,
  world: RunWorld,
  { text, value, report }: Tools,
): Promise<RunData | undefined> {
  const folder = await world.readFunction(source.function).catch((error: unknown) => {
    if (error instanceof ContentMistakeError) return undefined; // It is told with its own file.
    if (!(error instanceof FunctionFolderError)) throw error;
    report([...path, 'function'], error.message, 'Name a function folder of this lesson.');
    return undefined;
  });
  if (!folder) return undefined;
  const steps = source.steps.map((step, at) => {
    const place = [...path, 'steps', at];
    if ('invoke' in step) {
      const event = folder.events.find(({ name }) => name === step.invoke);
      if (!event) {
        const known = folder.events.map(({ name }) => name).join(', ') || 'none';
        report([...place, 'invoke'], `There is no event "${step.invoke}" in events/.`, `Use one of: ${known}.`);
      }
      const payload = event?.text.trim() ?? '{}';
      return { kind: 'invoke', event: step.invoke, payload, count: value(step.count, [...place, 'count']) };
    }
    if (!('unit' in step)) {
      const [, number, unit] = /^(\d+)(ms|s|m|h)$/.exec(step.wait) ?? [];
      return { kind: 'wait', milliseconds: Number(number) * factors[unit as keyof typeof factors] };
    }
    return { kind: 'wait', milliseconds: value(`(${step.wait}) * ${factors[step.unit]}`, [...place, 'wait']) };
  });
  return {
    definition: {
      ...folder.definition,
      ...given(source.configuration ?? {}),
      Files: edited(folder.definition.Files, source.edit ?? [], (at, reason, mend) =>
        report([...path, 'edit', at], reason, mend),
      ),
    },
    steps: steps as unknown as RunData['steps'],
    ...(source.look !== undefined && { look: text(source.look, [...path, 'look']) as NonNullable<RunData['look']> }),
    prices: world.prices,
  };
}

/** The files with their changes; a text that is not there, or not there once, is reported. */
function edited(
  files: FunctionDefinition['Files'],
  edits: NonNullable<RunSource['edit']>,
  report: (at: number, reason: string, mend: string) => void,
): FunctionDefinition['Files'] {
  const changed: Record<string, string> = { ...files };
  for (const [at, { file, text, with: by }] of edits.entries()) {
    const parts = changed[file]?.split(text) ?? [];
    if (parts.length === 2) changed[file] = parts.join(by);
    else {
      const times = Math.max(0, parts.length - 1);
      report(at, `"${text}" stands ${times} times in ${file}.`, 'Write a text that stands there once.');
    }
  }
  return changed;
}

/** Only the properties that are there. */
const given = (settings: object): object => JSON.parse(JSON.stringify(settings)) as object;

/** What can be measured of the run, for every combination of drawn numbers. */
export async function recordRuns(
  run: RunData,
  draw: QuestionData['draw'],
  record: NonNullable<RunWorld['record']>,
  report: (reason: string, mend: string) => void,
): Promise<ReadonlyMap<string, Measure>> {
  const runs = new Map<string, Measure>();
  for (const drawn of drawings(draw)) {
    try {
      const { definition, steps } = closeRun(run, drawn);
      const { trace } = await record(definition, sessionSteps(steps));
      runs.set(drawKey(drawn), measureRun(trace, run.prices));
    } catch (error) {
      if (!(error instanceof ExpressionError) && !isRefusal(error)) throw error;
      report(`cannot be run: ${error.message}`, 'Correct its configuration or steps.');
      break;
    }
  }
  return runs;
}

/** The service said no, as it would at AWS. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && /Exception$/.test(error.name);
