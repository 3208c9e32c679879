/** Makes a runner's data when the page is built: reads the function's folder and records its run in the sandbox. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { readFunctionFolder } from '../../../content/function-folder.ts';
import { createAccount } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import type { SessionStep } from '../../../sandbox/worker/session.types.ts';
import { findFact } from '../../course/facts.ts';
import { waits } from './duration-choices.ts';
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
  const { definition, events, recorded } = await readFunctionFolder(resolve(path));
  const steps = recorded.length > 0 ? recorded : usualSteps(events[0]?.text ?? '{}');
  const fact = (id: string) => findFact(id, path);
  return {
    key: `${owner}/${name}`,
    version: hash(JSON.stringify(lessonInput({ definition, events }))),
    definition,
    events,
    limits: { memory: range(fact('memory-range').value), timeout: range(fact('timeout-range').value) },
    prices: priceFacts.map(fact),
    recorded: await record(definition, steps),
    compact,
  };

  async function record(deployed: typeof definition, script: readonly SessionStep[]): Promise<RecordedRun> {
    const session = sessionOf(await createAccount(), defaultFacts);
    try {
      const trace: TraceEvent[] = [];
      let { events: happened, now } = await session.deploy(deployed);
      trace.push(...happened);
      for (const step of script) {
        ({ events: happened, now } = await session.run(step));
        trace.push(...happened);
      }
      return { trace, now };
    } finally {
      session.close();
    }
  }
}

/** What is recorded when the function's folder says nothing: cold, warm, and after a long wait. */
function usualSteps(payload: string): readonly SessionStep[] {
  const invoke: SessionStep = { kind: 'invoke', payload };
  return [invoke, invoke, { kind: 'wait', milliseconds: waits[0]?.milliseconds ?? 0 }, invoke];
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function range(value: unknown): Range {
  const { min, max } = value as Range;
  return { min, max };
}
