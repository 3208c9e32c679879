/** Runs a question's run in the page's sandbox, from a new account, as the build did. */
import { openSession } from '../../../sandbox/worker/client.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import type { RunData } from '../../quiz/question.ts';
import { sessionSteps } from '../../quiz/run-steps.ts';
import type { RecordedRun } from '../runner/runner-data.ts';

/** Rejects when the sandbox cannot be loaded or had to be ended. */
export async function runInPage({ definition, steps }: RunData): Promise<RecordedRun> {
  const session = await openSession();
  try {
    const trace: TraceEvent[] = [];
    let update = await session.deploy(definition);
    trace.push(...update.events);
    for (const step of sessionSteps(steps)) {
      update = await session.run(step);
      if (update.startedAnew) throw new Error('The sandbox had to be ended.');
      trace.push(...update.events);
    }
    return { trace, now: update.now };
  } finally {
    session.close();
  }
}
