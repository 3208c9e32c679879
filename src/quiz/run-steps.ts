/** The steps of a question's run: for the sandbox, and in words. Pure. */
import type { SessionStep } from '../../sandbox/worker/session.types.ts';
import { formatDuration } from '../components/timeline/format-time.ts';
import type { RunStep } from './question.ts';

export function sessionSteps(steps: readonly RunStep[]): SessionStep[] {
  return steps.map((step) =>
    step.kind === 'wait'
      ? { kind: 'wait', milliseconds: step.milliseconds }
      : { kind: 'invoke', payload: step.payload, count: step.count },
  );
}

/** Steps as a learner reads them: `request: order`, `30 s pass`, `5 requests at once: order`. */
export function stepWords(step: RunStep): string {
  if (step.kind === 'wait') return `${formatDuration(step.milliseconds)} pass`;
  return step.count === 1 ? `request: ${step.event}` : `${step.count} requests at once: ${step.event}`;
}
