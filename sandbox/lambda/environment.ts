/**
 * One execution environment: created → init → idle (frozen) ⇄ busy → gone. It serves one invocation at a time and
 * outlives its process: a crash or timeout resets it, and the next invocation repeats init inside its own time.
 * Sources: Lambda guide, execution environment life cycle; error texts and limits from the facts.
 */
import { roundToMicroseconds, type Cancel } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionErrorPayload, ProcessExit } from '../runtime/contract.ts';
import type { EnvironmentGone } from '../trace.ts';
import { utf8Length } from './text-bytes.ts';
import { environmentCreated } from './environment-created.ts';
import { EnvironmentJournal } from './environment-journal.ts';
import { EnvironmentProcess, type ProcessListener } from './environment-process.ts';
import type { EnvironmentHost, EnvironmentOwner, NewEnvironment, Outdated } from './environment.types.ts';
import { exitError, initError, responseTooLarge, timeoutError, type PlatformError } from './function-errors.ts';
import type { StoredFunction } from './function-record.ts';
import { meterProvisionedInit, reportInvocation } from './invocation-report.ts';
import type { Invocation } from './invocation.ts';
import { expiresAt, lifetimeMs } from './policies/expiry.ts';
import { provisionedInitLimitMs } from './policies/provisioned.ts';
import { Tracing } from './tracing.ts';

/** What the environment is doing; `repeated-init` is an init inside an invocation. */
type Stage = 'create' | 'init' | 'repeated-init' | 'invoke' | 'idle' | 'gone';

export class Environment {
  readonly id: string;
  readonly function: StoredFunction;
  /** Made ahead of its requests, and kept while it is configured. */
  readonly isProvisioned: boolean;
  readonly #host: EnvironmentHost;
  readonly #owner: EnvironmentOwner;
  readonly #journal: EnvironmentJournal;
  readonly #process: EnvironmentProcess;
  #stage: Stage = 'create';
  /** Init limit, deadline, or expiry. */
  #cancelTimer: Cancel = () => undefined;
  #deadline = 0;
  /** Until the first invocation has reported it. */
  #unreportedInitMs: number | undefined;
  #outdated: Outdated | undefined;
  readonly #livesUntil: number;
  readonly #tracing: Tracing;

  constructor({ id, stored, type }: NewEnvironment, random: Random, host: EnvironmentHost, owner: EnvironmentOwner) {
    this.id = id;
    this.function = stored;
    this.isProvisioned = type === 'provisioned-concurrency';
    this.#host = host;
    this.#owner = owner;
    this.#livesUntil = host.clock.now + lifetimeMs(host.limits.lifetime, random.stream('lifetime').uniform());
    this.#tracing = new Tracing(random);
    const { Role: role, LoggingConfig: logging } = stored.configuration;
    const isLogged = host.surroundings?.canWriteLogs(role, logging.LogGroup) ?? true;
    const created = environmentCreated(id, stored.configuration, type, host.facts, host.clock.now, isLogged);
    this.#journal = new EnvironmentJournal(created, host.clock, host.trace);
    const { region } = host.location;
    this.#process = new EnvironmentProcess(created, stored, region, random, host, this.#listener());
  }

  get isIdle(): boolean {
    return this.#stage === 'idle';
  }

  /** Serves its first request: placement and init come before it. `createMs`: placing and fetching the code. */
  startCold(invocation: Invocation, createMs: number): void {
    this.#journal.placed(invocation, 'cold');
    this.#create(createMs);
  }

  /** Initialises ahead of its first request; the owner hears when it is ready, or gone. */
  startProvisioned(createMs: number): void {
    this.#create(createMs);
  }

  /** Serves another request; only while idle. */
  startWarm(invocation: Invocation): void {
    this.#cancelTimer();
    this.#journal.placed(invocation, this.isProvisioned ? 'provisioned' : 'warm');
    this.#journal.turned('environmentResumed');
    if (this.#process.isAlive) {
      this.#process.thaw();
      this.#deliver(invocation);
    } else {
      this.#repeatInit(invocation);
    }
  }

  /** The function changed: an idle environment goes now, another one when it has done its work. */
  outdate(reason: Outdated): void {
    this.#outdated ??= reason;
    if (this.#stage === 'idle') this.#leave(reason);
  }

  /** Ends its process without a trace: the whole account is going. */
  dispose(): void {
    this.#cancelTimer();
    this.#process.kill();
    this.#stage = 'gone';
  }

  /** Begins the phase that the stage is. */
  #enter(stage: 'create' | 'init' | 'repeated-init' | 'invoke'): void {
    this.#stage = stage;
    if (stage === 'repeated-init') this.#journal.phaseStarted('init', true);
    else this.#journal.phaseStarted(stage);
  }

  // --- init

  #create(createMs: number): void {
    const { clock } = this.#host;
    this.#enter('create');
    this.#cancelTimer = clock.schedule(clock.now + createMs, () => {
      this.#journal.phaseEnded('success');
      this.#startInit();
    });
  }

  #startInit(): void {
    const { clock, limits } = this.#host;
    const { Timeout: timeout } = this.function.configuration;
    this.#enter('init');
    const limitMs = this.isProvisioned ? provisionedInitLimitMs(limits.provisionedInitMs, timeout) : limits.initMs;
    const limit = clock.now + limitMs;
    this.#cancelTimer = clock.schedule(limit, () => this.#endInit('timeout'));
    this.#process.start(limit);
  }

  /** Init inside the invocation: its time is part of Duration and counts against the timeout. */
  #repeatInit(invocation: Invocation): void {
    this.#enter('repeated-init');
    this.#startDeadline(invocation);
    this.#process.start(this.#deadline);
  }

  #initialized(): void {
    if (this.#stage === 'init') {
      this.#cancelTimer();
      this.#unreportedInitMs = this.#journal.phaseEnded('success');
    } else if (this.#stage === 'repeated-init') {
      this.#journal.phaseEnded('success');
    } else {
      return;
    }
    const { invocation } = this.#journal;
    if (invocation !== undefined) this.#deliver(invocation);
    else this.#provisioned();
  }

  /** Its init is billed now, whether it will ever serve a request or not. */
  #provisioned(): void {
    const { clock } = this.#host;
    meterProvisionedInit(this.#unreportedInitMs ?? 0, this.function.configuration, clock.now, this.#journal.emit);
    if (this.#outdated !== undefined) {
      this.#leave(this.#outdated);
      return;
    }
    this.#freeze();
    this.#owner.ready?.();
  }

  /**
   * An init did not succeed. A first one is repeated in the invocation; a repeated one ends the invocation; without an
   * invocation there is nothing to keep the environment for.
   */
  #endInit(status: 'error' | 'timeout', error?: PlatformError): void {
    const { invocation } = this.#journal;
    this.#cancelTimer();
    this.#process.flush();
    this.#process.kill();
    const isFirst = this.#stage === 'init';
    const outcome = { status, ...(error === undefined ? {} : { errorType: error.errorType }) };
    const durationMs = this.#journal.phaseEnded(status, error?.errorType);
    const part = isFirst || invocation === undefined ? {} : { requestId: invocation.request.requestId };
    this.#journal.initReported({ ...part, durationMs, ...outcome });
    if (invocation === undefined) {
      this.#leave('failed');
      return;
    }
    if (isFirst) {
      this.#repeatInit(invocation);
      return;
    }
    this.#journal.invocationStarted(invocation);
    this.#journal.answered(invocation, error?.payload ?? this.#timeoutPayload(invocation), true);
    this.#finish(invocation, outcome);
  }

  // --- invoke

  #deliver(invocation: Invocation): void {
    if (invocation.startedAt === undefined) this.#startDeadline(invocation);
    this.#enter('invoke');
    this.#journal.invocationStarted(invocation);
    const { requestId, payload, invokedFunctionArn, traceId, clientContext } = invocation.request;
    this.#process.invoke({
      requestId,
      payload,
      deadline: this.#deadline,
      invokedFunctionArn,
      traceId: this.#tracing.header(traceId),
      ...(clientContext === undefined ? {} : { clientContext }),
    });
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
    this.#process.flush();
    if (invocation.answer === undefined) this.#journal.answered(invocation, this.#timeoutPayload(invocation), true);
    this.#journal.phaseEnded('timeout');
    this.#finish(invocation, { status: 'timeout' });
  }

  #timeoutPayload(invocation: Invocation): string {
    return timeoutError(this.#host.facts, invocation.request.requestId, this.function.configuration.Timeout).payload;
  }

  #responded(payload: string): void {
    const { invocation } = this.#journal;
    if (invocation === undefined) return;
    const { facts, limits } = this.#host;
    const isTooLarge = payload.length * 3 > limits.responseBytes && utf8Length(payload) > limits.responseBytes;
    if (isTooLarge) this.#journal.answered(invocation, responseTooLarge(facts, limits.responseBytes).payload, true);
    else this.#journal.answered(invocation, payload, false);
  }

  #ended(exit: ProcessExit, initFailure: FunctionErrorPayload | undefined): void {
    const { invocation } = this.#journal;
    const { facts } = this.#host;
    if (this.#stage === 'init' || this.#stage === 'repeated-init') {
      this.#endInit('error', initError(facts, invocation?.request.requestId ?? '', initFailure, exit));
      return;
    }
    if (invocation === undefined) {
      // It ended with its last invocation already complete: the next one finds no process and repeats init.
      this.#reset();
      return;
    }
    const error = exitError(facts, invocation.request.requestId, exit);
    if (invocation.answer === undefined) this.#journal.answered(invocation, error.payload, true);
    this.#journal.phaseEnded('error', error.errorType);
    this.#finish(invocation, { status: 'error', errorType: error.errorType });
  }

  #completed(): void {
    const { invocation } = this.#journal;
    if (invocation === undefined || this.#stage !== 'invoke') return;
    this.#journal.phaseEnded('success');
    this.#finish(invocation, {});
  }

  /** REPORT; then the environment is frozen, reset first when the platform had to end the invocation, or gone. */
  #finish(invocation: Invocation, outcome: { status?: 'error' | 'timeout'; errorType?: string }): void {
    this.#cancelTimer();
    const { clock, facts } = this.#host;
    this.#process.noteMemory();
    const initMs = this.#unreportedInitMs;
    this.#unreportedInitMs = undefined;
    const tracing = this.#tracing.ofInvocation(invocation.request.traceId);
    const report = reportInvocation(
      invocation,
      {
        environmentId: this.id,
        configuration: this.function.configuration,
        isProvisioned: this.isProvisioned,
        now: clock.now,
        maxMemoryUsedMB: this.#process.maxMemoryUsedMB,
        ...(initMs === undefined ? {} : { initDurationMs: initMs }),
        ...(tracing === undefined ? {} : { tracing }),
        ...outcome,
      },
      { facts, emit: this.#journal.emit },
    );
    this.#journal.released();
    if (outcome.status !== undefined) this.#reset();
    if (this.#outdated === undefined) this.#freeze();
    else this.#leave(this.#outdated);
    this.#owner.released();
    invocation.listener.reported?.(report);
  }

  #reset(): void {
    this.#process.kill();
    this.#journal.turned('environmentReset');
  }

  #freeze(): void {
    const { clock, limits } = this.#host;
    this.#stage = 'idle';
    this.#process.freeze();
    this.#journal.turned('environmentFrozen');
    const expiry = this.isProvisioned ? Infinity : expiresAt(clock.now, limits.keepAliveMs);
    const reason = expiry <= this.#livesUntil ? 'idle' : 'lifetime';
    this.#cancelTimer = clock.schedule(Math.min(expiry, this.#livesUntil), () => this.#leave(reason));
  }

  #leave(reason: EnvironmentGone['reason']): void {
    this.#cancelTimer();
    this.#process.kill();
    this.#stage = 'gone';
    this.#journal.gone(reason);
    this.#owner.gone(reason);
  }

  // --- process

  #listener(): ProcessListener {
    const journal = this.#journal;
    return {
      log: (event) => journal.logged(event),
      initialized: () => this.#initialized(),
      responded: (payload) => this.#responded(payload),
      streamStarted: (contentType) => journal.streamStarted(contentType),
      streamed: (body) => journal.invocation && journal.answered(journal.invocation, body, false),
      failed: (payload) => journal.invocation && journal.answered(journal.invocation, payload, true),
      completed: () => this.#completed(),
      ended: (exit, initFailure) => this.#ended(exit, initFailure),
      concluded: (explanation) => journal.concluded(explanation),
    };
  }
}
