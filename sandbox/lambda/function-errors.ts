/** Function errors that the platform makes: timeouts, processes that end, answers that are too large. */
import { factText, type Facts } from '../facts.ts';
import type { FunctionErrorPayload, ProcessExit } from '../runtime/contract.ts';
import { fillTemplate } from './errors.ts';

export interface PlatformError {
  /** The `Error Type` of the REPORT line. */
  readonly errorType: string;
  /** JSON text that the Invoke API returns. */
  readonly payload: string;
}

type Values = Readonly<Record<string, string | number>>;

function fromFact(facts: Facts, id: string, values: Values): PlatformError {
  const errorType = factText(facts, id, 'errorType');
  const errorMessage = fillTemplate(factText(facts, id, 'errorMessage'), values);
  return { errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}

/** `Sandbox.Timedout` */
export function timeoutError(facts: Facts, requestId: string, timeoutSeconds: number): PlatformError {
  return fromFact(facts, 'err-timeout', { requestId, seconds: timeoutSeconds.toFixed(2) });
}

/** `Runtime.ExitError`, or `Runtime.OutOfMemory` */
export function exitError(facts: Facts, requestId: string, exit: ProcessExit): PlatformError {
  if (exit.kind === 'exit') {
    return exit.code === 0
      ? fromFact(facts, 'err-exit-without-reason', { requestId })
      : fromFact(facts, 'err-exit', { requestId, exitCode: exit.code });
  }
  if (exit.outOfMemory && exit.signal === 'killed') return fromFact(facts, 'err-oom', { requestId });
  const template = factText(facts, 'err-exit', 'errorMessage').replace('exit status {exitCode}', 'signal: {signal}');
  const errorMessage = fillTemplate(template, { requestId, signal: exit.signal });
  const errorType = factText(facts, exit.outOfMemory ? 'err-oom' : 'err-exit', 'errorType');
  return { errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}

/** `Function.ResponseSizeTooLarge` */
export function responseTooLarge(facts: Facts, limit: number): PlatformError {
  return fromFact(facts, 'err-response-too-large', { limit });
}

/**
 * An init that failed: with the error that the runtime posted, or as a process that ended. The platform shows error
 * types of its own kinds only; every other name becomes Runtime.Unknown in INIT_REPORT and REPORT.
 */
export function initError(
  facts: Facts,
  requestId: string,
  posted: FunctionErrorPayload | undefined,
  exit: ProcessExit,
): PlatformError {
  if (posted === undefined) return exitError(facts, requestId, exit);
  const { errorType } = posted;
  const isPlatformType = errorType !== undefined && /^(Runtime|Function|Extension)\.[A-Z][a-zA-Z]+$/.test(errorType);
  return { errorType: isPlatformType ? errorType : 'Runtime.Unknown', payload: JSON.stringify(posted) };
}
