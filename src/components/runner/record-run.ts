/** Runs a function in the sandbox while pages are built, so that a page shows what really happens. */
import type { FunctionConfiguration } from '../../../content/schema.ts';
import { createAccount } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import type { FunctionDefinition, SessionStep } from '../../../sandbox/worker/session.types.ts';
import { waits } from './duration-choices.ts';
import type { RecordedRun, TestEvent } from './runner-data.ts';

const runs = new Map<string, Promise<RecordedRun>>();

/** What happens when the function is deployed and these steps are done; the same question is run once only. */
export function recordRun(definition: FunctionDefinition, steps: readonly SessionStep[]): Promise<RecordedRun> {
  const key = JSON.stringify([definition, steps]);
  const run = runs.get(key) ?? record(definition, steps);
  runs.set(key, run);
  return run;
}

async function record(definition: FunctionDefinition, steps: readonly SessionStep[]): Promise<RecordedRun> {
  const session = sessionOf(await createAccount(), defaultFacts);
  try {
    const trace: TraceEvent[] = [];
    let { events, now } = await session.deploy(definition);
    trace.push(...events);
    for (const step of steps) {
      ({ events, now } = await session.run(step));
      trace.push(...events);
    }
    return { trace, now };
  } finally {
    session.close();
  }
}

/**
 * The steps that `function.yaml` asks for; when it asks for none: cold, warm, a long wait, cold.
 * @throws when a step names an event that the folder does not have
 */
export function stepsOf(
  recorded: FunctionConfiguration['recorded'],
  events: readonly TestEvent[],
  folder: string,
): readonly SessionStep[] {
  if (recorded.length === 0) {
    const invoke: SessionStep = { kind: 'invoke', payload: events[0]?.text ?? '{}' };
    return [invoke, invoke, { kind: 'wait', milliseconds: waits[0]?.milliseconds ?? 0 }, invoke];
  }
  return recorded.map((step): SessionStep => {
    if ('wait' in step) return { kind: 'wait', milliseconds: milliseconds(step.wait) };
    if ('request' in step) return { kind: 'request', request: step.request, count: step.count ?? 1 };
    const event = events.find(({ name }) => name === step.invoke);
    if (!event) {
      const known = events.map(({ name }) => name).join(', ') || 'none';
      throw new Error(
        `${folder}/function.yaml: recorded run: there is no event "${step.invoke}" in events/ (${known}).`,
      );
    }
    return { kind: 'invoke', payload: event.text, count: step.count ?? 1 };
  });
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `15m` in ms; the schema has checked its form. */
function milliseconds(duration: string): number {
  return Number.parseInt(duration, 10) * (units[duration.replace(/^\d+/, '')] ?? 1);
}
