/** What the learner typed, and how it becomes a function: the lesson's own input, comparison, deployment. Pure. */
import { definitionToCheck } from '../../../content/challenge-settings.ts';
import type { FunctionDefinition } from '../../../sandbox/worker/session.types.ts';
import type { RunnerData, RunnerInput } from './runner-data.ts';

/** The input as the lesson gives it. */
export function lessonInput(data: Pick<RunnerData, 'definition' | 'events'>): RunnerInput {
  const { definition, events } = data;
  return {
    files: definition.Files,
    event: events[0]?.text ?? '{}',
    memory: definition.MemorySize,
    timeout: definition.Timeout,
    architecture: definition.Architectures[0] ?? 'x86_64',
    variables: Object.entries(definition.Environment?.Variables ?? {}).map(([name, value]) => ({ name, value })),
    freeTier: false,
  };
}

/** Whether two inputs are the same in every field. */
export function sameInput(a: RunnerInput, b: RunnerInput): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/**
 * The function to deploy: the lesson's, with what the learner changed. Variables without a name are left out, and of a
 * challenge what is settled stays as it was given.
 */
export function definitionOf(
  { definition, task }: Pick<RunnerData, 'definition' | 'task'>,
  input: RunnerInput,
): FunctionDefinition {
  const named = input.variables.filter(({ name }) => name.trim() !== '');
  const changed: FunctionDefinition = {
    ...definition,
    MemorySize: input.memory,
    Timeout: input.timeout,
    Architectures: [input.architecture],
    Environment: { Variables: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])) },
    Files: input.files,
  };
  return task ? definitionToCheck(definition, changed, task) : changed;
}

/** What pressing the main button does, in the API's words where it is not an invocation. */
export function mainAction({ sends }: FunctionDefinition): string {
  if (typeof sends === 'object') return sends.operation;
  if (sends === 'http-request') return 'Send request';
  return sends === 'asynchronous' ? 'Invoke asynchronously' : 'Invoke';
}

/** The same input with its keys in one order, to be compared or written. */
function canonical(input: RunnerInput): unknown {
  const files = Object.entries(input.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const { event, memory, timeout, architecture, freeTier } = input;
  const variables = input.variables.map(({ name, value }) => [name, value]);
  return [files, event, memory, timeout, architecture, variables, freeTier];
}
