/**
 * One execution environment: created → init → idle (frozen) ⇄ busy → gone. It serves one invocation at a time and
 * outlives its process: a crash or timeout resets it, and the next invocation repeats init inside its own time.
 * Sources: Lambda guide, execution environment life cycle; error texts and limits from the facts.
 */
import type { Cancel, Clock } from '../kernel/clock.ts';
import { roundToMicroseconds } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Facts } from '../facts.ts';
import type {
  FunctionErrorPayload,
  ProcessConfiguration,
  ProcessEvents,
  ProcessExit,
  RuntimeProcess,
  TemporaryFiles,
} from '../runtime/contract.ts';
import type { ProcessHost } from '../runtime/process.ts';
import type { EnvironmentCreated, EnvironmentGone, PhaseName, PhaseStatus, TraceEvent } from '../trace.ts';
import { utf8Length } from './base64.ts';
import { environmentVariables } from './environment-variables.ts';
import { exitError, initError, responseTooLarge, timeoutError, type PlatformError } from './function-errors.ts';
import type { StoredFunction } from './functions.ts';
import type { Invocation } from './invocation.ts';
import { reportInvocation } from './invocation-report.ts';
import type { Limits } from './limits.ts';
import { linesOf } from './log-lines.ts';
import { logStreamName, runtimeVersion, type Location } from './names.ts';
import { expiresAt } from './policies/expiry.ts';
import type { TraceWriter } from './trace-writer.ts';

export type CreateProcess = (configuration: ProcessConfiguration, host: ProcessHost) => RuntimeProcess;

/** What all environments of a service use. */
export interface EnvironmentHost {
  readonly clock: Clock;
  readonly trace: TraceWriter;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  readonly createProcess: CreateProcess;
}

/** Who keeps the environment: the pool of its function. */
export interface EnvironmentOwner {
  /** The invocation is reported; the environment is idle unless it was outdated. */
  released(environment: Environment, invocation: Invocation): void;
  gone(environment: Environment): void;
}

/** What the environment is doing; `repeated-init` is an init inside an invocation. */
type Stage = 'create' | 'init' | 'repeated-init' | 'invoke' | 'idle' | 'gone';

export class Environment {
  readonly id: string;
  readonly function: StoredFunction;
  readonly #host: EnvironmentHost;
  readonly #owner: EnvironmentOwner;
  readonly #random: Random;
  readonly #created: EnvironmentCreated;
  readonly #temporaryFiles: TemporaryFiles = new Map();
  readonly #variables: Readonly<Record<string, string>>;
  #stage: Stage = 'idle';
  #stageStart = 0;
  #process: RuntimeProcess | undefined;
  #processCount = 0;
  /** Init limit, deadline, or expiry. */
  #cancelTimer: Cancel = () => undefined;
  #deadline = 0;
  #initFailure: FunctionErrorPayload | undefined;
  /** Until the first invocation has reported it. */
  #unreportedInitMs: number | undefined;
  #invocation: Invocation | undefined;
  #maxMemoryUsedMB = 0;
  #outdated: 'code-changed' | 'configuration-changed' | 'function-deleted' | undefined;

  constructor(id: string, stored: StoredFunction, random: Random, host: EnvironmentHost, owner: EnvironmentOwner) {
    this.id = id;
    this.function = stored;
    this.#random = random;
    this.#host = host;
    this.#owner = owner;
    const { configuration } = stored;
    const { now } = host.clock;
    const { FunctionName: name, LoggingConfig: logging, Version: version } = configuration;
    const stream = logStreamName(now, version, id, { name, logGroupName: logging.LogGroup });
    this.#created = host.trace.emit({
      type: 'environmentCreated',
      time: now,
      environmentId: id,
      functionName: name,
      version,
      runtime: configuration.Runtime,
      runtimeVersion: runtimeVersion(host.facts, configuration.Runtime),
      runtimeVersionArn: configuration.RuntimeVersionConfig.RuntimeVersionArn,
      architecture: configuration.Architectures[0],
      memorySizeMB: configuration.MemorySize,
      ephemeralStorageMB: configuration.EphemeralStorage.Size,
      logGroupName: logging.LogGroup,
      logStreamName: stream,
      initializationType: 'on-demand',
      platformLogs: { format: logging.LogFormat, level: logging.SystemLogLevel ?? 'INFO' },
    });
    this.#variables = environmentVariables(configuration, {
      region: host.location.region,
      logStreamName: stream,
      random: random.stream('credentials'),
    });
  }

  get isIdle(): boolean {
    return this.#stage === 'idle';
  }

  /** Serves its first request: placement and init come before it. `createMs`: placing and fetching the code. */
  startCold(invocation: Invocation, createMs: number): void {
    const { clock } = this.#host;
    this.#place(invocation, 'cold');
    this.#begin('create', 'create');
    this.#cancelTimer = clock.schedule(clock.now + createMs, () => {
      this.#end('create', 'success');
      this.#startInit();
    });
  }

  /** Serves another request; only while idle. */
  startWarm(invocation: Invocation): void {
    this.#cancelTimer();
    this.#place(invocation, 'warm');
    this.#emit({ type: 'environmentResumed', time: this.#now, environmentId: this.id });
    if (this.#process === undefined) {
      this.#repeatInit(invocation);
    } else {
      this.#process.thaw();
      this.#deliver(invocation);
    }
  }

  /** The function changed: an idle environment goes now, another one when it has done its work. */
  outdate(reason: NonNullable<Environment['outdated']>): void {
    this.#outdated ??= reason;
    if (this.#stage === 'idle') this.#leave(reason);
  }

  get outdated(): 'code-changed' | 'configuration-changed' | 'function-deleted' | undefined {
    return this.#outdated;
  }

  /** Ends its process without a trace: the whole account is going. */
  dispose(): void {
    this.#cancelTimer();
    this.#killProcess();
    this.#stage = 'gone';
  }

  get #now(): number {
    return this.#host.clock.now;
  }

  #emit(event: TraceEvent): void {
    const emitted = this.#host.trace.emit(event);
    if (this.#invocation === undefined) return;
    for (const line of linesOf(emitted, this.#created)) this.#invocation.logs.push(line.text);
  }

  #place(invocation: Invocation, start: 'cold' | 'warm'): void {
    this.#invocation = invocation;
    invocation.start = start;
    const { requestId } = invocation.request;
    this.#emit({ type: 'requestPlaced', time: this.#now, environmentId: this.id, requestId, start });
  }

  #begin(stage: Stage, phase: PhaseName): void {
    this.#stage = stage;
    this.#stageStart = this.#now;
    this.#emit({ type: 'phaseStarted', time: this.#now, environmentId: this.id, phase, ...this.#inInvocation(stage) });
  }

  /** Ends the phase that the stage began and returns its duration. */
  #end(phase: PhaseName, status: PhaseStatus, errorType?: string): number {
    const durationMs = roundToMicroseconds(this.#now - this.#stageStart);
    this.#invocation?.addPhase(phase, this.#stageStart, this.#now);
    this.#emit({
      type: 'phaseEnded',
      time: this.#now,
      environmentId: this.id,
      phase,
      ...this.#inInvocation(this.#stage),
      status,
      ...(errorType === undefined ? {} : { errorType }),
      durationMs,
    });
    return durationMs;
  }

  #inInvocation(stage: Stage): { requestId?: string; suppressed?: true } {
    if (this.#invocation === undefined || stage === 'create' || stage === 'init') return {};
    const { requestId } = this.#invocation.request;
    return stage === 'repeated-init' ? { requestId, suppressed: true } : { requestId };
  }

  // --- init

  #startInit(): void {
    const { clock, limits } = this.#host;
    this.#begin('init', 'init');
    const limit = clock.now + limits.initMs;
    this.#cancelTimer = clock.schedule(limit, () => this.#endInit('timeout'));
    this.#startProcess(limit);
  }

  /** Init inside the invocation: its time is part of Duration and counts against the timeout. */
  #repeatInit(invocation: Invocation): void {
    this.#begin('repeated-init', 'init');
    this.#startDeadline(invocation);
    this.#startProcess(this.#deadline);
  }

  #initialized(): void {
    if (this.#stage === 'init') {
      this.#cancelTimer();
      this.#unreportedInitMs = this.#end('init', 'success');
    } else if (this.#stage === 'repeated-init') {
      this.#end('init', 'success');
    } else {
      return;
    }
    if (this.#invocation !== undefined) this.#deliver(this.#invocation);
  }

  /** An init did not succeed. A first one is repeated in the invocation; a repeated one ends the invocation. */
  #endInit(status: 'error' | 'timeout', error?: PlatformError): void {
    const invocation = this.#invocation;
    if (invocation === undefined) return;
    this.#cancelTimer();
    this.#killProcess();
    const isFirst = this.#stage === 'init';
    const durationMs = this.#end('init', status, error?.errorType);
    this.#emit({
      type: 'initReported',
      time: this.#now,
      environmentId: this.id,
      ...(isFirst ? {} : { requestId: invocation.request.requestId }),
      phase: isFirst ? 'init' : 'invoke',
      durationMs,
      status,
      ...(error === undefined ? {} : { errorType: error.errorType }),
    });
    if (isFirst) {
      this.#repeatInit(invocation);
      return;
    }
    this.#emitStarted(invocation);
    this.#answer(invocation, error?.payload ?? this.#timeoutPayload(invocation), true);
    this.#finish(invocation, { status, ...(error === undefined ? {} : { errorType: error.errorType }) });
  }

  // --- invoke

  #deliver(invocation: Invocation): void {
    const process = this.#process;
    if (process === undefined) return;
    if (invocation.startedAt === undefined) this.#startDeadline(invocation);
    this.#begin('invoke', 'invoke');
    this.#emitStarted(invocation);
    const { requestId, payload, invokedFunctionArn, traceId, clientContext } = invocation.request;
    process.stopAt(this.#deadline);
    process.invoke({
      requestId,
      payload,
      deadline: this.#deadline,
      invokedFunctionArn,
      traceId,
      ...(clientContext === undefined ? {} : { clientContext }),
    });
  }

  #emitStarted(invocation: Invocation): void {
    const { requestId } = invocation.request;
    const { Version: version } = this.function.configuration;
    this.#emit({ type: 'invocationStarted', time: this.#now, environmentId: this.id, requestId, version });
  }

  #startDeadline(invocation: Invocation): void {
    const { clock } = this.#host;
    invocation.startedAt = clock.now;
    this.#deadline = roundToMicroseconds(clock.now + this.function.configuration.Timeout * 1000);
    this.#cancelTimer = clock.schedule(this.#deadline, () => this.#timedOut(invocation));
  }

  #timedOut(invocation: Invocation): void {
    if (this.#stage === 'repeated-init') {
      this.#endInit('timeout');
      return;
    }
    this.#noteMemory();
    if (invocation.answer === undefined) this.#answer(invocation, this.#timeoutPayload(invocation), true);
    this.#end('invoke', 'timeout');
    this.#finish(invocation, { status: 'timeout' });
  }

  #timeoutPayload(invocation: Invocation): string {
    return timeoutError(this.#host.facts, invocation.request.requestId, this.function.configuration.Timeout).payload;
  }

  #responded(payload: string): void {
    const invocation = this.#invocation;
    if (invocation === undefined) return;
    const { facts, limits } = this.#host;
    const isTooLarge = payload.length * 3 > limits.responseBytes && utf8Length(payload) > limits.responseBytes;
    if (isTooLarge) this.#answer(invocation, responseTooLarge(facts, limits.responseBytes).payload, true);
    else this.#answer(invocation, payload, false);
  }

  #answer(invocation: Invocation, payload: string, functionError: boolean): void {
    invocation.answer = { payload, functionError };
    this.#emit({
      type: 'responseSent',
      time: this.#now,
      environmentId: this.id,
      requestId: invocation.request.requestId,
      statusCode: 200,
      ...(functionError ? { functionError: 'Unhandled' as const } : {}),
      payload,
    });
  }

  #exited(exit: ProcessExit): void {
    const invocation = this.#invocation;
    if (invocation === undefined) return;
    this.#noteMemory(exit.kind === 'signal' && exit.outOfMemory);
    const { facts } = this.#host;
    const { requestId } = invocation.request;
    if (this.#stage === 'init' || this.#stage === 'repeated-init') {
      this.#endInit('error', initError(facts, requestId, this.#initFailure, exit));
      return;
    }
    const error = exitError(facts, requestId, exit);
    if (invocation.answer === undefined) this.#answer(invocation, error.payload, true);
    this.#end('invoke', 'error', error.errorType);
    this.#finish(invocation, { status: 'error', errorType: error.errorType });
  }

  #completed(): void {
    const invocation = this.#invocation;
    if (invocation === undefined || this.#stage !== 'invoke') return;
    this.#noteMemory();
    this.#end('invoke', 'success');
    this.#finish(invocation, {});
  }

  /** REPORT; then the environment is frozen, reset first when the platform had to end the invocation, or gone. */
  #finish(invocation: Invocation, outcome: { status?: 'error' | 'timeout'; errorType?: string }): void {
    this.#cancelTimer();
    const initMs = this.#unreportedInitMs;
    this.#unreportedInitMs = undefined;
    reportInvocation(
      invocation,
      {
        environmentId: this.id,
        configuration: this.function.configuration,
        now: this.#now,
        maxMemoryUsedMB: this.#maxMemoryUsedMB,
        ...(initMs === undefined ? {} : { initDurationMs: initMs }),
        ...outcome,
      },
      { facts: this.#host.facts, limits: this.#host.limits, emit: (event) => this.#emit(event) },
    );
    this.#invocation = undefined;
    if (outcome.status !== undefined) {
      this.#killProcess();
      this.#emit({ type: 'environmentReset', time: this.#now, environmentId: this.id });
    }
    if (this.#outdated === undefined) this.#freeze();
    else this.#leave(this.#outdated);
    this.#owner.released(this, invocation);
  }

  #freeze(): void {
    const { clock, limits } = this.#host;
    this.#stage = 'idle';
    this.#process?.freeze();
    this.#emit({ type: 'environmentFrozen', time: clock.now, environmentId: this.id });
    this.#cancelTimer = clock.schedule(expiresAt(clock.now, limits.keepAliveMs), () => this.#leave('idle'));
  }

  #leave(reason: EnvironmentGone['reason']): void {
    this.#cancelTimer();
    this.#killProcess();
    this.#stage = 'gone';
    this.#emit({ type: 'environmentGone', time: this.#now, environmentId: this.id, reason });
    this.#owner.gone(this);
  }

  // --- process

  #startProcess(stopAt: number): void {
    const { clock, facts, createProcess } = this.#host;
    const { configuration, code } = this.function;
    const { LoggingConfig: logging } = configuration;
    this.#initFailure = undefined;
    this.#processCount += 1;
    const process = createProcess(
      {
        runtime: configuration.Runtime,
        handler: configuration.Handler,
        code: code.files,
        layers: {},
        environment: this.#variables,
        memorySizeMB: configuration.MemorySize,
        ephemeralStorageMB: configuration.EphemeralStorage.Size,
        architecture: configuration.Architectures[0],
        logging: {
          format: logging.LogFormat,
          applicationLogLevel: logging.ApplicationLogLevel ?? 'INFO',
          systemLogLevel: logging.SystemLogLevel ?? 'INFO',
        },
        temporaryFiles: this.#temporaryFiles,
        functionName: configuration.FunctionName,
        functionVersion: configuration.Version,
        logGroupName: this.#created.logGroupName,
        logStreamName: this.#created.logStreamName,
      },
      {
        clock,
        facts,
        random: this.#random.stream(`process ${this.#processCount}`),
        events: this.#events(this.#processCount),
      },
    );
    this.#process = process;
    process.start({ stopAt });
  }

  /** The events of one process; what a process says after it was ended is not heard. */
  #events(processNumber: number): ProcessEvents {
    const isCurrent = (): boolean => this.#process !== undefined && this.#processCount === processNumber;
    return {
      log: ({ message, level }) => {
        if (!isCurrent()) return;
        const requestId = this.#stage === 'invoke' ? this.#invocation?.request.requestId : undefined;
        this.#emit({
          type: 'logWritten',
          time: this.#now,
          environmentId: this.id,
          ...(requestId === undefined ? {} : { requestId }),
          ...(level === undefined ? {} : { level }),
          message,
        });
      },
      initialized: () => isCurrent() && this.#initialized(),
      initFailed: (payload) => {
        if (isCurrent()) this.#initFailure = payload;
      },
      responded: (payload) => isCurrent() && this.#responded(payload),
      failed: (payload) => {
        if (isCurrent() && this.#invocation !== undefined) this.#answer(this.#invocation, payload, true);
      },
      completed: () => isCurrent() && this.#completed(),
      exited: (exit) => isCurrent() && this.#exited(exit),
      concluded: (explanation) => {
        if (!isCurrent()) return;
        const requestId = this.#invocation?.request.requestId;
        this.#emit({
          type: 'outcomeConcluded',
          time: this.#now,
          environmentId: this.id,
          ...(requestId === undefined ? {} : { requestId }),
          explanation,
        });
      },
    };
  }

  #killProcess(): void {
    this.#noteMemory();
    const process = this.#process;
    this.#process = undefined;
    process?.kill();
  }

  /** Max Memory Used is a high-water mark of the environment, and never above the memory it has. */
  #noteMemory(isOutOfMemory = false): void {
    const { MemorySize: memorySizeMB } = this.function.configuration;
    const used = isOutOfMemory ? memorySizeMB : Math.min(this.#process?.maxMemoryUsedMB ?? 0, memorySizeMB);
    this.#maxMemoryUsedMB = Math.max(this.#maxMemoryUsedMB, used);
  }
}
