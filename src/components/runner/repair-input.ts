/** Everything from outside (links, storage) goes through here: it is mended where it can be, and refused where not. Pure. */
import type { RunnerInput, RunnerLimits, Variable } from './runner-data.ts';

const mostFiles = 20;
const mostCharacters = 200_000;
const mostVariables = 100;
const filePath = /^(?!.*(^|\/)\.\.?(\/|$))[\w@.-][\w@./ -]{0,99}$/;

export interface Repaired {
  readonly input: RunnerInput;
  /** What had to be left out or changed, as sentences. */
  readonly repairs: readonly string[];
}

/**
 * Any value as an input: missing or wrong fields become the lesson's.
 * @returns nothing when the value is not an input at all, or too large
 */
export function repairInput(value: unknown, lesson: RunnerInput, limits: RunnerLimits): Repaired | undefined {
  if (!isRecord(value) || !isRecord(value.files)) return undefined;
  const repairs: string[] = [];
  const files = repairFiles(value.files, repairs);
  if (Object.keys(files).length === 0) return undefined;
  const event = typeof value.event === 'string' ? value.event : lesson.event;
  const size = Object.values(files).reduce((sum, text) => sum + text.length, event.length);
  if (size > mostCharacters) return undefined;
  return {
    input: {
      files,
      event,
      memory: repairNumber(value.memory, limits.memory, lesson.memory, 'Memory', repairs),
      timeout: repairNumber(value.timeout, limits.timeout, lesson.timeout, 'Timeout', repairs),
      architecture:
        value.architecture === 'x86_64' || value.architecture === 'arm64' ? value.architecture : lesson.architecture,
      variables: Array.isArray(value.variables) ? repairVariables(value.variables, repairs) : lesson.variables,
      freeTier: typeof value.freeTier === 'boolean' ? value.freeTier : lesson.freeTier,
    },
    repairs,
  };
}

function repairFiles(files: Record<string, unknown>, repairs: string[]): Record<string, string> {
  const good = Object.entries(files).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && filePath.test(entry[0]),
  );
  const kept = good.slice(0, mostFiles);
  const dropped = Object.keys(files).length - kept.length;
  if (dropped > 0) repairs.push(`${dropped} ${dropped === 1 ? 'file was' : 'files were'} left out.`);
  return Object.fromEntries(kept);
}

function repairNumber(
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number },
  otherwise: number,
  name: string,
  repairs: string[],
): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  const mended = Math.min(max, Math.max(min, Math.round(value)));
  if (mended !== value) repairs.push(`${name} was set to ${mended}.`);
  return mended;
}

function repairVariables(values: readonly unknown[], repairs: string[]): Variable[] {
  const good = values.flatMap((value): Variable[] =>
    isRecord(value) && typeof value.name === 'string' && typeof value.value === 'string'
      ? [{ name: value.name, value: value.value }]
      : [],
  );
  const kept = good.slice(0, mostVariables);
  if (kept.length < values.length) repairs.push('Some environment variables were left out.');
  return kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
