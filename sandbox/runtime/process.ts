/**
 * One Node.js process: a QuickJS guest on the virtual clock. It runs the event loop's turns as clock events, meters
 * each, and tells its environment what happened at the virtual moment it happened.
 */
import type { Facts } from '../facts.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { LogLevel } from '../trace.ts';
import type {
  FunctionErrorPayload,
  InvocationRequest,
  ProcessConfiguration,
  ProcessEvents,
  ProcessExit,
  ProcessNetwork,
  RuntimeProcess,
} from './contract.ts';
import type { Engine } from './engine.ts';
import type { GuestHandle } from './guest-handle.ts';
import { createFileFunctions } from './file-functions.ts';
import { EnvironmentFiles } from './files.ts';
import { bootGuest, type GuestApi } from './guest-host.ts';
import { GuestMemory } from './guest-memory.ts';
import type { HostFunctions } from './host-functions.ts';
import { CpuMeter, type StopReason } from './cpu-meter.ts';
import {
  clockReadTicks,
  costModel,
  fuelPerClockRead,
  fuelPerCrossing,
  fuelPerHostCall,
  fuelPerTurn,
  nanosecondsPerFuel,
  ticksPerLogEvent,
  type CostModel,
} from './metering.ts';
import { ModuleResolver } from './module-resolution.ts';
import { ModuleSources } from './module-sources.ts';
import { createNativeFunctions } from './native/native-functions.ts';
import { libraryNames, sdkNames } from './library.ts';
import { OutsideCalls } from './outside-calls.ts';
import { reportOverflow } from './overflow.ts';
import { conclude, endStopped, type EndingProcess } from './process-end.ts';
import { RejectionTracker } from './rejection-tracker.ts';
import { StandardOutput } from './standard-output.ts';

/** The guest's stack. More would let WebAssembly overflow the host's own stack first, which ends the guest. */
const maxStackBytes = 192 * 1024;

export interface ProcessHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly facts: Facts;
  readonly events: ProcessEvents;
  /** Without it nothing outside answers. */
  readonly network?: ProcessNetwork;
  /** What one init or invocation may cost; as metering.ts has it by default. */
  readonly fuel?: number;
}

/** Makes a process. It does nothing until `start`. */
export function createProcess(engine: Engine, configuration: ProcessConfiguration, host: ProcessHost): RuntimeProcess {
  return new GuestProcess(engine, configuration, host);
}

type State = 'new' | 'running' | 'idle' | 'stuck' | 'ended';

class GuestProcess implements RuntimeProcess {
  readonly #configuration: ProcessConfiguration;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: ProcessEvents;
  readonly #outside: OutsideCalls;
  readonly #costs: CostModel;
  readonly #guest: GuestHandle;
  readonly #memory: GuestMemory;
  readonly #meter: CpuMeter;
  readonly #rejections: RejectionTracker;
  readonly #files: EnvironmentFiles;
  readonly #resolver: ModuleResolver;
  readonly #startedAt: number;
  #api: GuestApi | undefined;
  #state: State = 'new';
  #frozen = false;
  #initialised = false;
  #invocations = 0;
  /** Process-local time: where its last turn ended. Never before the clock's. */
  #local: number;
  #stopAt = Infinity;
  #ticksQueued = false;
  /** The guest has, or may have, timers; it has immediates. */
  #timers = false;
  #immediates = false;
  readonly #output = new StandardOutput();
  #clockReads = 0;
  #next: Cancel | undefined;
  #exit: ProcessExit | undefined;
  #failure: string | undefined;
  #request: InvocationRequest | undefined;

  constructor(engine: Engine, configuration: ProcessConfiguration, host: ProcessHost) {
    this.#configuration = configuration;
    this.#clock = host.clock;
    this.#random = host.random;
    this.#events = host.events;
    this.#outside = new OutsideCalls(
      host.network,
      (action) => this.#tell(action),
      () => this.#proceed(),
    );
    this.#costs = costModel(host.facts, configuration.runtime, configuration.memorySizeMB);
    this.#local = host.clock.now;
    this.#startedAt = host.clock.now;
    this.#rejections = new RejectionTracker();
    this.#guest = engine.newGuest({
      clock: { now: () => this.#local },
      randomState: (BigInt(this.#random.nextUint32()) << 32n) | BigInt(this.#random.nextUint32() | 1),
      maxStackBytes,
      observer: this.#rejections,
    });
    this.#memory = new GuestMemory(this.#guest, configuration.memorySizeMB, this.#costs.runtimeMemoryMB);
    this.#meter = new CpuMeter(this.#guest, this.#costs.weights, host.fuel, () => this.#memory.isExceeded());
    this.#rejections.attach(this.#guest, () => this.#meter.allSteps);
    this.#files = new EnvironmentFiles(
      configuration.code,
      configuration.layers,
      configuration.temporaryFiles,
      configuration.ephemeralStorageMB,
    );
    const major = configuration.runtime === 'nodejs24.x' ? 24 : 22;
    this.#resolver = new ModuleResolver(this.#files, libraryNames, major, sdkNames);
  }

  get maxMemoryUsedMB(): number {
    return this.#memory.maxUsedMB;
  }

  start({ stopAt }: { readonly stopAt: number }): void {
    if (this.#state !== 'new') throw new Error('A process starts once.');
    this.#state = 'running';
    this.#stopAt = stopAt;
    const { ms, p90Ratio } = this.#costs.runtimeInit;
    this.#at(this.#clock.now + this.#random.lognormalFromQuantiles(ms, p90Ratio), () => {
      this.#guarded(() => {
        this.#boot();
        this.#meter.refuel();
        this.#turn((api) => api.start(), true);
      });
      this.#proceed();
    });
  }

  invoke(request: InvocationRequest): void {
    if (this.#state !== 'idle') throw new Error(`A process in the state "${this.#state}" takes no event.`);
    this.#state = 'running';
    this.#frozen = false;
    this.#stopAt = request.deadline;
    this.#local = this.#clock.now;
    this.#meter.refuel();
    this.#invocations += 1;
    this.#request = request;
    this.#guarded(() => {
      this.#runDue();
      if (this.#state !== 'running') return;
      this.#local += this.#overhead();
      const { payload, ...metadata } = request;
      this.#turn((api) => api.invoke(payload, JSON.stringify(metadata)), true);
    });
    this.#proceed();
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
  }

  stopAt(time: number): void {
    this.#stopAt = time;
  }

  kill(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#next?.();
    this.#next = undefined;
    this.#rejections.dispose();
    // What a trap left is in no state to be taken apart.
    if (!this.#guest.disposed) this.#api?.dispose();
    this.#guest.dispose();
  }

  flush(): void {
    const message = this.#output.flush();
    if (message !== undefined) this.#events.log({ message });
  }

  /** Virtual time as the guest sees it. */
  #now(): number {
    return this.#local + this.#meter.turnTicks * this.#tick;
  }

  /** Reading the clock takes time, and more and more in a loop that does little else: so waiting in one ends. */
  #readClock(): number {
    this.#clockReads += 1;
    this.#meter.burn(fuelPerClockRead);
    this.#meter.charge(clockReadTicks(this.#clockReads));
    return this.#now();
  }

  get #tick(): number {
    return this.#initialised ? this.#costs.handlerTick : this.#costs.initTick;
  }

  #overhead(): number {
    const { cpuMs, ms } = this.#costs.invokeOverhead;
    const factor = this.#invocations === 1 ? this.#costs.firstInvokeFactor : 1;
    return this.#random.lognormal(((cpuMs / this.#costs.share) * factor + ms) / 2, 0.12);
  }

  #runOutOfMemory(): void {
    this.#memory.runOut();
    this.#meter.stop('memory');
  }

  /** Schedules one event of this process's own life; it is dropped when the process is killed first. */
  #at(time: number, action: () => void): Cancel {
    return this.#clock.schedule(time, () => {
      if (this.#state !== 'ended') action();
    });
  }

  /** Tells the environment something at the process-local moment it happened. */
  #tell(action: () => void): void {
    this.#at(this.#now(), action);
  }

  #log(event: { readonly message: string; readonly level?: LogLevel }): void {
    const { length } = event.message;
    this.#meter.charge(ticksPerLogEvent + length);
    this.#meter.burn(fuelPerHostCall + length / 8);
    this.#tell(() => this.#events.log(event));
  }

  /** Before anything else is told, a line that has not ended is. */
  #flushOutput(): void {
    const message = this.#output.flush();
    if (message !== undefined) this.#log({ message });
  }

  /** Tells the outcome, unless the process would have been killed for its memory before it came to that. */
  #answer(action: () => void): void {
    this.#flushOutput();
    if (this.#memory.isExceeded()) this.#meter.stop('memory');
    else this.#tell(action);
  }

  /** Runs engine code; a trap of WebAssembly ends the process as a crash. */
  #guarded(body: () => void): void {
    try {
      this.#guest.engine.guard(body);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
      this.#state = 'stuck';
      if (this.#meter.isExhausted) conclude(this.#ending(), this.#now());
      else {
        this.#at(this.#local, () => {
          this.flush();
          reportOverflow(this.#events, this.#request, this.#clock.now);
        });
      }
      this.#meter.endTurn();
      this.#guest.abandon();
    }
  }

  #boot(): void {
    this.#local = this.#clock.now;
    const sources: ModuleSources = new ModuleSources(this.#resolver, this.#files, (name) =>
      this.#api!.exportNames(name),
    );
    this.#guest.engine.enter({ now: () => this.#now() }, () => {
      this.#api = bootGuest(this.#guest, this.#configuration, this.#hostFunctions(sources), sources);
    });
    this.#memory.booted();
  }

  #hostFunctions(sources: ModuleSources): HostFunctions {
    const events = this.#events;
    return {
      ...createFileFunctions(this.#files, this.#resolver, sources, this.#meter),
      crossed: () => this.#meter.burn(fuelPerCrossing),
      log: (message, level) => {
        this.#flushOutput();
        this.#log({ message, level: level as LogLevel });
      },
      write: (text) => {
        for (const message of this.#output.write(text)) this.#log({ message });
      },
      exit: (code) => {
        this.#exit ??= { kind: 'exit', code };
        this.#meter.stop('exit');
      },
      exitBySignal: (signal) => {
        this.#exit ??= { kind: 'signal', signal: signal as 'killed', outOfMemory: false };
        this.#meter.stop('exit');
      },
      initialized: () => {
        this.#flushOutput();
        this.#state = 'idle';
      },
      initFailed: (payload) => this.#answer(() => events.initFailed(JSON.parse(payload) as FunctionErrorPayload)),
      responded: (payload) => this.#answer(() => events.responded(payload)),
      streamStarted: (contentType) => this.#tell(() => events.streamStarted(contentType)),
      streamed: (body) => this.#answer(() => events.streamed(body)),
      streamDelay: (sent, bytes) => this.#costs.streamDelay(sent, bytes),
      failed: (payload, errorType) => this.#answer(() => events.failed(payload, errorType)),
      completed: () => {
        this.#state = 'idle';
      },
      ticksQueued: () => {
        this.#ticksQueued = true;
      },
      timersChanged: () => {
        this.#timers = true;
      },
      immediatesAdded: () => {
        this.#immediates = true;
      },
      meter: (ticks) => this.#meter.charge(ticks),
      outOfMemory: () => this.#runOutOfMemory(),
      suspendMeter: (ticks) => {
        this.#meter.charge(ticks);
        this.#meter.suspend();
      },
      resumeMeter: () => this.#meter.resume(),
      now: () => this.#now(),
      elapsed: () => this.#readClock() - this.#startedAt,
      native: createNativeFunctions({
        spend: (nanoseconds) => this.#meter.afford(nanoseconds / nanosecondsPerFuel),
        affordableNanoseconds: () => this.#meter.fuelLeft * nanosecondsPerFuel,
        freeBytes: () => this.#memory.freeBytes,
        outOfMemory: () => this.#runOutOfMemory(),
        random: this.#random,
      }),
      memoryUsed: () => this.#guest.allocatedBytes,
      callApi: (id, call) => {
        this.#meter.burn(fuelPerHostCall);
        this.#outside.callApi(id, call);
      },
      answers: (url) => this.#outside.answers(url),
      request: (id, call) => {
        this.#meter.burn(fuelPerHostCall);
        this.#outside.request(id, call);
      },
      abandon: (id) => this.#outside.abandon(id),
      sdk: this.#costs.sdk,
      moduleThrew: () => this.#rejections.forgetModule(),
      stopped: () => this.#meter.stopped !== undefined,
      coreFailed: (message) => {
        this.#failure ??= message;
        this.#meter.stop('failure');
      },
    };
  }

  /** Ticks until the moment beyond which nothing may be computed. */
  #budget(): number {
    return (this.#stopAt - this.#local) / this.#tick;
  }

  /**
   * One callback of the event loop with the microtasks after it, metered, in local time. Lambda's runtime loads and calls
   * a function after an await, so `inMicrotask`: there other microtasks come before what waits for the next tick.
   */
  #turn(body: (api: GuestApi) => void, inMicrotask = false): void {
    const api = this.#api;
    if (api === undefined || this.#state === 'stuck' || this.#state === 'ended') return;
    this.#meter.beginTurn(this.#budget());
    this.#guest.watchMemory();
    this.#meter.burn(fuelPerTurn);
    this.#clockReads = 0;
    this.#guest.engine.enter({ now: () => this.#readClock() }, () => {
      body(api);
      if (inMicrotask && this.#meter.stopped === undefined) api.runMicrotasks();
      this.#drain(api);
    });
    const stopped = this.#meter.stopped ?? (this.#memory.isExceeded() ? 'memory' : undefined);
    if (stopped !== undefined) this.#stop(stopped);
    else if (this.#state === 'idle') {
      // A rejection at the end of the turn may still have ended the process: only now is init or invocation over.
      if (this.#initialised) this.#complete();
      else this.#tell(() => this.#events.initialized());
    }
    this.#local = this.#now();
    this.#meter.endTurn();
    if (this.#state === 'idle') this.#initialised = true;
  }

  /** nextTick jobs, then microtasks, until both are empty; then rejections that nobody handled. */
  #drain(api: GuestApi): void {
    while (this.#meter.stopped === undefined) {
      if (this.#ticksQueued) {
        this.#ticksQueued = false;
        api.runTicks();
        if (this.#meter.stopped !== undefined) return;
      }
      api.runMicrotasks();
      if (this.#meter.stopped !== undefined) return;
      if (this.#ticksQueued) continue;
      const rejected = this.#rejections.take();
      if (rejected === undefined) return;
      api.unhandledRejection(rejected.reason, rejected.promise);
      rejected.reason.dispose();
      rejected.promise.dispose();
    }
  }

  #complete(): void {
    const end = this.#now() + this.#overhead();
    this.#at(end, () => this.#events.completed());
  }

  #stop(reason: StopReason | 'memory'): void {
    this.#state = 'stuck';
    if (reason !== 'deadline' && reason !== 'fuel') this.#flushOutput();
    endStopped(this.#ending(), reason, this.#now());
  }

  #ending(): EndingProcess {
    const end = this.#now();
    return {
      events: this.#events,
      memory: this.#memory,
      stopAt: this.#stopAt,
      exit: this.#exit,
      failure: this.#failure,
      whenGrown: (bytes) => end + this.#meter.ticksUntilGrown(bytes) * this.#tick,
      at: (time, action) => void this.#at(time, action),
    };
  }

  /** Runs what is due now: timers, then answers that arrived, then the immediates queued before. */
  #runDue(): void {
    const api = this.#api;
    if (api === undefined) return;
    const loopTime = this.#local;
    while (this.#timers && this.#state === 'running') {
      const due = api.nextDue();
      this.#timers = due >= 0;
      if (due < 0 || due > loopTime) break;
      let ran = false;
      this.#turn((core) => {
        ran = core.runTimer(loopTime);
      });
      if (!ran) break;
    }
    while (this.#state === 'running') {
      const answer = this.#outside.take();
      if (answer === undefined) break;
      this.#turn((core) => core.received(answer.id, answer.text, answer.parts));
    }
    if (this.#state !== 'running' || !this.#immediates) return;
    this.#immediates = false;
    for (let left = api.takeImmediates(); left > 0; left -= 1) {
      this.#turn((core) => core.runImmediate());
      if (this.#state === 'running') continue;
      // What is left of the batch waits with the rest of the loop: the environment is frozen or gone.
      this.#immediates ||= left > 1;
      return;
    }
  }

  /** Decides when the event loop goes on. */
  #proceed(): void {
    this.#next?.();
    this.#next = undefined;
    if (this.#state !== 'running' || this.#frozen || this.#api === undefined) return;
    const api = this.#api;
    const step = (at: number, action: () => void): void => {
      this.#next = this.#at(at, () => {
        this.#next = undefined;
        // The clock rounds to microseconds; without `at` a timer could stay a nanosecond short of due for ever.
        this.#local = Math.max(this.#local, this.#clock.now, at);
        this.#guarded(action);
        this.#proceed();
      });
    };
    if (this.#immediates || this.#outside.haveAnswers) return step(this.#local, () => this.#runDue());
    const isWaiting = this.#outside.areWaiting;
    if (this.#timers && (isWaiting || api.alive())) {
      return step(Math.max(api.nextDue(), this.#local), () => this.#runDue());
    }
    if (isWaiting) return;
    step(this.#local, () => this.#loopEmpty());
  }

  #loopEmpty(): void {
    if (!this.#initialised) {
      this.#events.log({ message: 'Warning: Detected unsettled top-level await' });
      this.#exit = { kind: 'exit', code: 13 };
      this.#stop('exit');
      return;
    }
    this.#turn((api) => api.loopEmpty());
  }
}
