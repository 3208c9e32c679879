/** One invocation on its way: what was asked, what came of it, and who wants to know. */
import type { StartKind } from '../trace.ts';
import type { InvocationPhase, InvocationTrace, InvocationUsage, SynchronousInvokeResponse } from './api.types.ts';
import { toBase64 } from './text-bytes.ts';

export interface InvocationRequestData {
  readonly requestId: string;
  /** X-Ray's header as it arrived: its Parent is the segment of the Lambda service. */
  readonly traceId: string;
  /** The segment that caused the request. */
  readonly parentId?: string;
  readonly functionName: string;
  readonly payload: string | undefined;
  readonly payloadBytes: number;
  /** With the alias or version as the caller named it. */
  readonly invokedFunctionArn: string;
  readonly clientContext: string | undefined;
  /** Invoked asynchronously. */
  readonly isEvent: boolean;
}

/** How a streamed response began. */
export interface ResponseStream {
  /** `application/octet-stream` unless the function set another. */
  readonly contentType: string;
  /** When its first byte left; virtual ms since the epoch. */
  readonly startedAt: number;
}

/** What the caller gets. */
export interface InvocationAnswer {
  readonly payload: string;
  readonly functionError: boolean;
  /** When the response was streamed. */
  readonly stream?: ResponseStream;
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

/** All that is known of an invocation when it is over. */
export interface InvocationReport {
  readonly invocation: Invocation;
  readonly environmentId: string;
  readonly executedVersion: string;
  readonly numbers: InvocationNumbers;
  readonly usage: InvocationUsage;
}

/** Who waits for an invocation. */
export interface InvocationListener {
  /** The answer left the environment; the function may still be busy. Called once. */
  answered?(answer: InvocationAnswer, executedVersion: string): void;
  /** It is over, and its environment serves others again. */
  reported?(report: InvocationReport): void;
}

export class Invocation {
  readonly request: InvocationRequestData;
  readonly phases: InvocationPhase[] = [];
  /** Text of the log events so far. */
  readonly logs: string[] = [];
  readonly listener: InvocationListener;
  answer: InvocationAnswer | undefined;
  stream: ResponseStream | undefined;
  /** Of a streamed response; 0 of another. */
  streamedBytes = 0;
  start: StartKind = 'warm';
  /** When Duration begins: delivery of the event, or the start of an init that the invocation repeats. */
  startedAt: number | undefined;

  constructor(request: InvocationRequestData, listener: InvocationListener) {
    this.request = request;
    this.listener = listener;
  }

  answerWith(answer: InvocationAnswer, executedVersion: string): void {
    const isFirst = this.answer === undefined;
    this.answer = answer;
    if (isFirst) this.listener.answered?.(answer, executedVersion);
  }
}

/** The answer of the Invoke API, with what the API hides. `tailBytes` of the log when the caller asked for it. */
export function invokeResponse(
  { invocation, environmentId, executedVersion, numbers, usage }: InvocationReport,
  tailBytes: number | undefined,
): SynchronousInvokeResponse {
  const { answer, request, start, phases, logs } = invocation;
  if (answer === undefined) throw new Error(`The invocation ${request.requestId} ended without an answer.`);
  const trace: InvocationTrace = {
    requestId: request.requestId,
    environmentId,
    start,
    phases,
    ...numbers,
    usage,
    logs,
  };
  return {
    StatusCode: 200,
    ...(answer.functionError ? { FunctionError: 'Unhandled' as const } : {}),
    Payload: answer.payload,
    ExecutedVersion: executedVersion,
    ...(tailBytes === undefined ? {} : { LogResult: logTail(logs, tailBytes) }),
    trace,
  };
}

/** Base64 of the last bytes of the log, one line for each event. */
export function logTail(logs: readonly string[], bytes: number): string {
  const text = logs.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
  return toBase64(new TextEncoder().encode(text).slice(-bytes));
}
