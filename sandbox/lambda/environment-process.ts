/** The language process of one environment: started, frozen, ended and started again, while the environment stays. */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Facts } from '../facts.ts';
import type {
  FunctionErrorPayload,
  InvocationRequest,
  ProcessConfiguration,
  ProcessEvents,
  ProcessExit,
  ProcessNetwork,
  RuntimeProcess,
} from '../runtime/contract.ts';
import type { ProcessHost } from '../runtime/process.ts';
import type { EnvironmentCreated } from '../trace.ts';
import type { Caller } from '../services/service.ts';
import { environmentVariables } from './environment-variables.ts';
import type { StoredFunction } from './function-record.ts';
import type { Surroundings } from './surroundings.ts';

export type CreateProcess = (configuration: ProcessConfiguration, host: ProcessHost) => RuntimeProcess;

export interface EnvironmentProcessHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly createProcess: CreateProcess;
  readonly surroundings?: Surroundings;
}

/** What the environment hears of its process. A process that was ended is not heard any more. */
export interface ProcessListener extends Omit<ProcessEvents, 'initFailed' | 'exited'> {
  /** The process ended by itself; `initFailure` is the error that it posted when that was during init. */
  ended(exit: ProcessExit, initFailure: FunctionErrorPayload | undefined): void;
}

export class EnvironmentProcess {
  readonly #host: EnvironmentProcessHost;
  readonly #configuration: ProcessConfiguration;
  readonly #random: Random;
  readonly #listener: ProcessListener;
  /** Who its code is when it calls a service, but for the invocation. */
  readonly #identity: Extract<Caller, { kind: 'role' }>;
  #request: InvocationRequest | undefined;
  #process: RuntimeProcess | undefined;
  #count = 0;
  #maxMemoryUsedMB = 0;

  constructor(
    created: EnvironmentCreated,
    stored: StoredFunction,
    region: string,
    random: Random,
    host: EnvironmentProcessHost,
    listener: ProcessListener,
  ) {
    this.#host = host;
    this.#random = random;
    this.#listener = listener;
    this.#identity = identityOf(created, stored);
    this.#configuration = processConfiguration(created, stored, region, random.stream('credentials'));
  }

  /** False before the first start, and after the process ended or was ended. */
  get isAlive(): boolean {
    return this.#process !== undefined;
  }

  /** The high-water mark of the environment, all its processes together; never above the memory it has. */
  get maxMemoryUsedMB(): number {
    return this.#maxMemoryUsedMB;
  }

  /** Starts another process; it loads the function and computes nothing beyond `stopAt`. */
  start(stopAt: number): void {
    const { clock, facts, createProcess, surroundings } = this.#host;
    this.#count += 1;
    const random = this.#random.stream(`process ${this.#count}`);
    const events = this.#eventsOf(this.#count);
    const network = surroundings === undefined ? {} : { network: this.#networkOf(surroundings) };
    this.#process = createProcess(this.#configuration, { clock, facts, random, events, ...network });
    this.#process.start({ stopAt });
  }

  invoke(request: InvocationRequest): void {
    this.#request = request;
    this.#process?.stopAt(request.deadline);
    this.#process?.invoke(request);
  }

  freeze(): void {
    this.noteMemory();
    this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.thaw();
  }

  /** What stands in the log pipe without the end of a line becomes a log event. */
  flush(): void {
    this.#process?.flush();
  }

  kill(): void {
    this.noteMemory();
    const process = this.#process;
    this.#process = undefined;
    process?.kill();
  }

  /** Reads the memory that the process has used up to now. */
  noteMemory(isOutOfMemory = false): void {
    const { memorySizeMB } = this.#configuration;
    const used = isOutOfMemory ? memorySizeMB : Math.min(this.#process?.maxMemoryUsedMB ?? 0, memorySizeMB);
    this.#maxMemoryUsedMB = Math.max(this.#maxMemoryUsedMB, used);
  }

  #networkOf(surroundings: Surroundings): ProcessNetwork {
    return {
      callApi: (call, done) => surroundings.callApi(call, this.#caller(), done),
      answers: (url) => surroundings.answers(url),
      request: (call, done) => surroundings.request(call, this.#caller(), done),
    };
  }

  #caller(): Caller {
    if (this.#request === undefined) return this.#identity;
    const { requestId, traceId } = this.#request;
    return { ...this.#identity, requestId, traceId };
  }

  #eventsOf(processNumber: number): ProcessEvents {
    const listener = this.#listener;
    const isHeard = (): boolean => this.#process !== undefined && this.#count === processNumber;
    let initFailure: FunctionErrorPayload | undefined;
    return {
      log: (event) => isHeard() && listener.log(event),
      initialized: () => isHeard() && listener.initialized(),
      initFailed: (payload) => (initFailure = payload),
      responded: (payload) => isHeard() && listener.responded(payload),
      streamStarted: (contentType) => isHeard() && listener.streamStarted(contentType),
      streamed: (body) => isHeard() && listener.streamed(body),
      failed: (payload, errorType) => isHeard() && listener.failed(payload, errorType),
      completed: () => isHeard() && listener.completed(),
      exited: (exit) => {
        if (!isHeard()) return;
        this.noteMemory(exit.kind === 'signal' && exit.outOfMemory);
        listener.ended(exit, initFailure);
      },
      concluded: (explanation) => isHeard() && listener.concluded(explanation),
    };
  }
}

/** The session that Lambda's credentials stand for: the role, under the function's name. */
function identityOf(
  { environmentId }: EnvironmentCreated,
  { configuration }: StoredFunction,
): Extract<Caller, { kind: 'role' }> {
  const { Role: roleArn, FunctionName: name, FunctionArn: arn, VpcConfig: vpc } = configuration;
  const functionArn = arn.split(':').slice(0, 7).join(':');
  const [, accountId = ''] = /^arn:aws:iam::(\d+):role\//.exec(roleArn) ?? [];
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${name}`;
  return { kind: 'role', roleArn, sessionArn, environmentId, functionArn, ...(vpc === undefined ? {} : { vpc }) };
}

function processConfiguration(
  created: EnvironmentCreated,
  { configuration, code, layers }: StoredFunction,
  region: string,
  random: Random,
): ProcessConfiguration {
  const { LoggingConfig: logging } = configuration;
  const { logStreamName, logGroupName, initializationType } = created;
  return {
    runtime: configuration.Runtime,
    handler: configuration.Handler,
    code: code.files,
    layers,
    environment: environmentVariables(configuration, { region, logStreamName, initializationType, random }),
    memorySizeMB: configuration.MemorySize,
    ephemeralStorageMB: configuration.EphemeralStorage.Size,
    architecture: configuration.Architectures[0],
    logging: {
      format: logging.LogFormat,
      applicationLogLevel: logging.ApplicationLogLevel ?? 'INFO',
      systemLogLevel: logging.SystemLogLevel ?? 'INFO',
    },
    // One map for all processes of the environment: /tmp outlives a reset.
    temporaryFiles: new Map(),
    functionName: configuration.FunctionName,
    functionVersion: configuration.Version,
    logGroupName,
    logStreamName,
  };
}
