/** One invocation on its way: what was asked, what came of it, and the answer that is made of both. */
import type { StartKind } from '../trace.ts';
import type { InvocationPhase, InvocationTrace, InvocationUsage, SynchronousInvokeResponse } from './api.types.ts';
import { toBase64 } from './text-bytes.ts';

export interface InvocationRequestData {
  readonly requestId: string;
  readonly traceId: string;
  readonly functionName: string;
  readonly payload: string | undefined;
  readonly invokedFunctionArn: string;
  readonly clientContext: string | undefined;
  readonly tail: boolean;
}

/** What the caller gets. */
export interface InvocationAnswer {
  readonly payload: string;
  readonly functionError: boolean;
}

/** The numbers of the REPORT line. */
export interface InvocationNumbers {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
  readonly initDurationMs?: number;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
}

export class Invocation {
  readonly request: InvocationRequestData;
  readonly phases: InvocationPhase[] = [];
  /** Text of the log events so far. */
  readonly logs: string[] = [];
  answer: InvocationAnswer | undefined;
  start: StartKind = 'warm';
  /** When Duration begins: delivery of the event, or the start of an init that the invocation repeats. */
  startedAt: number | undefined;
  readonly #settle: { resolve: (response: SynchronousInvokeResponse) => void; reject: (reason: Error) => void };

  constructor(
    request: InvocationRequestData,
    settle: { resolve: (response: SynchronousInvokeResponse) => void; reject: (reason: Error) => void },
  ) {
    this.request = request;
    this.#settle = settle;
  }

  reject(reason: Error): void {
    this.#settle.reject(reason);
  }

  /** Answers the caller. `answer` must be set. */
  resolve(environmentId: string, numbers: InvocationNumbers, usage: InvocationUsage, logTailBytes: number): void {
    const { answer, request } = this;
    if (answer === undefined) throw new Error(`The invocation ${request.requestId} ended without an answer.`);
    const trace: InvocationTrace = {
      requestId: request.requestId,
      environmentId,
      start: this.start,
      phases: this.phases,
      ...numbers,
      usage,
      logs: this.logs,
    };
    this.#settle.resolve({
      StatusCode: 200,
      ...(answer.functionError ? { FunctionError: 'Unhandled' as const } : {}),
      Payload: answer.payload,
      ExecutedVersion: '$LATEST',
      ...(request.tail ? { LogResult: logTail(this.logs, logTailBytes) } : {}),
      trace,
    });
  }
}

/** Base64 of the last bytes of the log, one line for each event. */
export function logTail(logs: readonly string[], bytes: number): string {
  const text = logs.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
  return toBase64(new TextEncoder().encode(text).slice(-bytes));
}
