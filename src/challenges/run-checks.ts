/** Runs a challenge's checks on a function, each in an account of its own, and tells what each did and saw. */
import type { Check, Expectation } from '../../content/challenge-schema.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import type { FunctionDefinition, OpenSession, Session } from '../../sandbox/worker/session.types.ts';
import type { TestEvent } from '../components/runner/runner-data.ts';
import { ask } from './ask.ts';
import { doSteps } from './do-steps.ts';
import type { Finding, JudgeContext } from './finding.ts';
import { judge } from './judge.ts';
import { observe } from './observation.ts';
import { sayList } from './words.ts';

/** One expectation of a check, as it turned out. */
export interface CheckFinding extends Finding {
  /** What a learner has to know when it is not met. Inline text. */
  readonly why?: string;
}

/** What a check came to. */
export interface CheckOutcome {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  /** What it did, in sentences; code stands in backticks. */
  readonly did: string;
  readonly findings: readonly CheckFinding[];
  /** Why it could not be run to its end. */
  readonly problem?: string;
  /** The run, for the timeline, the log and the bill. */
  readonly trace: readonly TraceEvent[];
  /** Virtual ms since the epoch at its end. */
  readonly now: number;
}

export interface ChecksToRun extends Pick<JudgeContext, 'prices'> {
  readonly checks: readonly Check[];
  readonly definition: FunctionDefinition;
  readonly events: readonly TestEvent[];
  readonly open: OpenSession;
  /** Ends the run: the check that is running is not reported, nor are those after it. */
  readonly signal?: AbortSignal;
  /** Called after each check. */
  readonly onOutcome?: (outcome: CheckOutcome) => void;
}

/** The run was ended by its signal. */
export class ChecksStoppedError extends Error {
  override readonly name = 'ChecksStoppedError';
}

/**
 * Runs the checks in order; the same function gives the same outcomes. After a check whose sandbox was lost the others
 * are not run: the same code would end the same way.
 * @throws {ChecksStoppedError} when the signal says so, `SandboxUnavailableError` when no sandbox could be started
 */
export async function runChecks(toRun: ChecksToRun): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const check of toRun.checks) {
    const { outcome, lost } = await runCheck(check, toRun);
    outcomes.push(outcome);
    toRun.onOutcome?.(outcome);
    if (lost) break;
  }
  return outcomes;
}

async function runCheck(
  check: Check,
  { definition, events, open, prices, signal }: ChecksToRun,
): Promise<{ readonly outcome: CheckOutcome; readonly lost: boolean }> {
  const stopped = () => {
    if (signal?.aborted) throw new ChecksStoppedError();
  };
  stopped();
  const session = await open();
  const stop = () => session.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return { outcome: await runIn(session, check, { definition, events, prices, stopped }), lost: false };
  } catch (error) {
    stopped();
    if (!(error instanceof Error) || error.name === 'SandboxUnavailableError') throw error;
    const { id, title } = check;
    const outcome = { id, title, passed: false, did: '', findings: [], problem: problemOf(error), trace: [], now: 0 };
    return { outcome, lost: error.name === 'SandboxStuckError' };
  } finally {
    signal?.removeEventListener('abort', stop);
    session.close();
  }
}

interface InSession extends Pick<JudgeContext, 'prices'> {
  readonly definition: FunctionDefinition;
  readonly events: readonly TestEvent[];
  readonly stopped: () => void;
}

async function runIn(
  session: Session,
  check: Check,
  { definition, events, prices, stopped }: InSession,
): Promise<CheckOutcome> {
  const { MemorySize = definition.MemorySize, Timeout = definition.Timeout } = check.configuration ?? {};
  const deployed = await session.deploy({ ...definition, MemorySize, Timeout });
  const { trace, now, events: sent, did } = await doSteps(session, check.run, events, deployed, stopped);
  const observation = observe(trace, sent);
  const findings: CheckFinding[] = [];
  for (const expectation of check.expect) {
    stopped();
    const asked = await ask(session, expectation, definition.FunctionName);
    findings.push({ ...judge(expectation, observation, { prices, asked }), ...whyOf(expectation) });
  }
  const passed = findings.every(({ met }) => met);
  return { id: check.id, title: check.title, passed, did: `${sayConfiguration(check)}${did}`, findings, trace, now };
}

function sayConfiguration({ configuration: { MemorySize, Timeout } = {} }: Check): string {
  const parts = [
    ...(MemorySize === undefined ? [] : [`${MemorySize} MB of memory`]),
    ...(Timeout === undefined ? [] : [`a timeout of ${Timeout} s`]),
  ];
  return parts.length === 0 ? '' : `Gave the function ${sayList(parts)}. `;
}

const whyOf = ({ why }: Expectation): { why?: string } => (why === undefined ? {} : { why });

function problemOf(error: Error): string {
  if (error.name === 'SandboxStuckError') {
    return 'The sandbox did not answer and was ended. Look for a loop that never ends.';
  }
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
