/** What one environment writes: events for the trace, and phases and log lines for the invocation that it serves. */
import { roundToMicroseconds, type Clock } from '../kernel/clock.ts';
import type {
  EnvironmentCreated,
  EnvironmentGone,
  LogLevel,
  PhaseName,
  PhaseStatus,
  StartKind,
  TraceEvent,
} from '../trace.ts';
import type { Invocation } from './invocation.ts';
import { linesOf } from './log-lines.ts';
import { utf8Length } from './text-bytes.ts';
import type { TraceWriter } from './trace-writer.ts';

/** The phase that is open. It has a request when it is part of an invocation. */
interface OpenPhase {
  readonly phase: PhaseName;
  readonly start: number;
  readonly part: { readonly requestId?: string; readonly suppressed?: true };
}

export class EnvironmentJournal {
  readonly #created: EnvironmentCreated;
  readonly #clock: Clock;
  readonly #trace: TraceWriter;
  #invocation: Invocation | undefined;
  #open: OpenPhase | undefined;

  /** Writes that the environment was created. */
  constructor(created: EnvironmentCreated, clock: Clock, trace: TraceWriter) {
    this.#created = trace.emit(created);
    this.#clock = clock;
    this.#trace = trace;
  }

  /** The invocation that the environment serves. */
  get invocation(): Invocation | undefined {
    return this.#invocation;
  }

  readonly emit = (event: TraceEvent): void => {
    const emitted = this.#trace.emit(event);
    if (this.#invocation === undefined) return;
    for (const line of linesOf(emitted, this.#created)) this.#invocation.logs.push(line.text);
  };

  placed(invocation: Invocation, start: StartKind): void {
    this.#invocation = invocation;
    invocation.start = start;
    this.emit({ type: 'requestPlaced', ...this.#here(), requestId: invocation.request.requestId, start });
  }

  /** From here on nothing belongs to the invocation. */
  released(): void {
    this.#invocation = undefined;
  }

  /** `repeated`: an init inside the invocation. Creating and a first init come before it. */
  phaseStarted(phase: PhaseName, repeated = false): void {
    const requestId = this.#invocation?.request.requestId;
    const isPart = requestId !== undefined && (phase === 'invoke' || repeated);
    const part = isPart ? { requestId, ...(repeated ? { suppressed: true as const } : {}) } : {};
    this.#open = { phase, start: this.#clock.now, part };
    this.emit({ type: 'phaseStarted', ...this.#here(), phase, ...part });
  }

  /** Ends the open phase and returns its duration in ms. */
  phaseEnded(status: PhaseStatus, errorType?: string): number {
    if (this.#open === undefined) throw new Error('No phase is open.');
    const { phase, start, part } = this.#open;
    this.#open = undefined;
    const durationMs = roundToMicroseconds(this.#clock.now - start);
    this.#invocation?.phases.push({ name: phase, start, end: this.#clock.now });
    this.emit({ type: 'phaseEnded', ...this.#here(), phase, ...part, status, ...optional({ errorType }), durationMs });
    return durationMs;
  }

  /** INIT_REPORT, for an init that did not succeed; `requestId` when it was inside an invocation. */
  initReported(init: {
    requestId?: string;
    durationMs: number;
    status: 'error' | 'timeout';
    errorType?: string;
  }): void {
    const phase = init.requestId === undefined ? 'init' : 'invoke';
    this.emit({ type: 'initReported', ...this.#here(), phase, ...init });
  }

  /** START */
  invocationStarted(invocation: Invocation): void {
    const { requestId } = invocation.request;
    this.emit({ type: 'invocationStarted', ...this.#here(), requestId, version: this.#created.version });
  }

  answered(invocation: Invocation, payload: string, functionError: boolean): void {
    const { requestId } = invocation.request;
    const error = functionError ? { functionError: 'Unhandled' as const } : {};
    this.emit({ type: 'responseSent', ...this.#here(), requestId, statusCode: 200, ...error, payload });
    const stream = invocation.stream === undefined ? {} : { stream: invocation.stream };
    if (invocation.stream !== undefined) invocation.streamedBytes = utf8Length(payload);
    invocation.answerWith({ payload, functionError, ...stream }, this.#created.version);
  }

  /** The first byte of a streamed response leaves. */
  streamStarted(contentType: string): void {
    const invocation = this.#invocation;
    if (invocation === undefined) return;
    const { requestId } = invocation.request;
    invocation.stream = { contentType, startedAt: this.#clock.now };
    this.emit({ type: 'responseStarted', ...this.#here(), requestId, contentType });
  }

  logged({ message, level }: { readonly message: string; readonly level?: LogLevel }): void {
    const requestId = this.#open?.phase === 'invoke' ? this.#invocation?.request.requestId : undefined;
    this.emit({ type: 'logWritten', ...this.#here(), ...optional({ requestId }), ...optional({ level }), message });
  }

  concluded(explanation: string): void {
    const requestId = this.#invocation?.request.requestId;
    this.emit({ type: 'outcomeConcluded', ...this.#here(), ...optional({ requestId }), explanation });
  }

  turned(type: 'environmentFrozen' | 'environmentResumed' | 'environmentReset'): void {
    this.emit({ type, ...this.#here() });
  }

  gone(reason: EnvironmentGone['reason']): void {
    this.emit({ type: 'environmentGone', ...this.#here(), reason });
  }

  #here(): { readonly time: number; readonly environmentId: string } {
    return { time: this.#clock.now, environmentId: this.#created.environmentId };
  }
}

/** One property, left out when it has no value. */
function optional<T extends Record<string, string | undefined>>(
  properties: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.values(properties)[0] === undefined ? {} : (properties as never);
}
