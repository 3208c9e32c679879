/**
 * What the Lambda service may ask of one language process, and what the process tells it.
 *
 * The process runs on the kernel's clock: every callback in `ProcessEvents` is made by a clock event, and the time of
 * the fact is the clock's `now` at that moment. A process computes nothing beyond `stopAt`; whoever set it must
 * `kill()` or `stopAt()` again when that time comes (Lambda ends a timeout, the process never does).
 */
import type { LogLevel } from '../trace.ts';

export type NodeRuntime = 'nodejs20.x' | 'nodejs22.x' | 'nodejs24.x';

/** Files by path, relative to their root, with `/` separators: `index.mjs`, `lib/db.js`. */
export type FileTree = Readonly<Record<string, string | Uint8Array>>;

export interface LoggingConfiguration {
  readonly format: 'Text' | 'JSON';
  /** Only in JSON format; INFO by default. */
  readonly applicationLogLevel: LogLevel;
  readonly systemLogLevel: 'DEBUG' | 'INFO' | 'WARN';
}

/** The `/tmp` of one environment: it outlives the process, not the environment. Absolute path -> bytes. */
export type TemporaryFiles = Map<string, Uint8Array>;

export interface ProcessConfiguration {
  readonly runtime: NodeRuntime;
  /** `index.handler` */
  readonly handler: string;
  /** What is unpacked at `/var/task`. */
  readonly code: FileTree;
  /** What is unpacked at `/opt` (layers, already merged). */
  readonly layers: FileTree;
  /** All of process.env at start, reserved variables included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memorySizeMB: number;
  readonly ephemeralStorageMB: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly logging: LoggingConfiguration;
  readonly temporaryFiles: TemporaryFiles;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** What the runtime's `next` call hands to the function. */
export interface InvocationRequest {
  readonly requestId: string;
  /** The request body, JSON text; `undefined` when the body was empty. */
  readonly payload: string | undefined;
  /** Virtual ms since the epoch: start plus timeout. */
  readonly deadline: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** Decoded client context JSON text, when the caller sent one. */
  readonly clientContext?: string;
}

/** What a function error looks like to the caller: the keys that are present, in order. */
export interface FunctionErrorPayload {
  readonly errorType?: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type ProcessExit =
  | { readonly kind: 'exit'; readonly code: number }
  | {
      readonly kind: 'signal';
      readonly signal: 'killed' | 'aborted' | 'terminated' | 'segmentation fault';
      readonly outOfMemory: boolean;
    };

export interface ProcessEvents {
  /** One complete log event, as the runtime writes it (R90-R106). `requestId` is that of the line, if any. */
  log(event: { readonly message: string; readonly level?: LogLevel }): void;
  /** The runtime polled for its first event: init is over. */
  initialized(): void;
  /** Init failed with this error; `exited` follows. A process that just ends in init only tells `exited`. */
  initFailed(payload: FunctionErrorPayload): void;
  /** The response was posted: the text that the Invoke API returns (already checked for serialisability). */
  responded(payload: string): void;
  /** The first byte of a streamed response left; `contentType` as the stream has it then. */
  streamStarted(contentType: string): void;
  /** The same of a streamed response, whose size has another limit. */
  streamed(body: string): void;
  /** An error was posted for the current invocation. JSON text as the Invoke API returns it. */
  failed(payload: string, errorType: string): void;
  /** The runtime polled for the next event: the invocation is over and the environment may be frozen. */
  completed(): void;
  /** The process ended by itself. It never comes back; make another. */
  exited(exit: ProcessExit): void;
  /** The simulator concluded that the code would not end; nothing more comes from this process. */
  concluded(explanation: string): void;
}

/** One Node.js process in one execution environment. */
export interface RuntimeProcess {
  /** Starts the runtime and loads the function; ends in `initialized`, `initFailed` or `exited`. Call once. */
  start(options: { readonly stopAt: number }): void;
  /** Delivers one event. Only after `initialized` or `completed`, and not while frozen. */
  invoke(request: InvocationRequest): void;
  /** Stops the process's timers and work until `thaw`; virtual time passes without it. */
  freeze(): void;
  thaw(): void;
  /** Logs what was written to standard output without the end of a line: before the process is ended from outside. */
  flush(): void;
  /** Virtual time beyond which the process computes nothing. */
  stopAt(time: number): void;
  /** Ends the process and frees its guest. Idempotent. */
  kill(): void;
  /** High-water mark of memory in MB (integer), the runtime's own footprint included. */
  readonly maxMemoryUsedMB: number;
}

/** The way out of a process: AWS's APIs and addresses, as the account around it has them. */
export interface ProcessNetwork {
  /** Calls an API under the environment's role. `done` is called once, by a clock event. */
  callApi(call: ApiCall, done: (answer: ApiAnswer) => void): void;
  /** Whether something answers at that address. */
  answers(url: string): boolean;
  /** Only where something answers. `done` is called once, by a clock event. */
  request(call: HttpCall, done: (answer: HttpAnswer) => void): void;
}

/** One call of an SDK client. Bytes are `Uint8Array`, times are `Date`. */
export interface ApiCall {
  /** As SDK packages name it: `s3`. */
  readonly service: string;
  /** `PutObject` */
  readonly operation: string;
  readonly input: unknown;
  /** The client had no open connection left. */
  readonly newConnection: boolean;
  /** ms after which the client gives up a connection that nobody accepts; the operating system's time when absent. */
  readonly connectionTimeoutMs?: number;
}

export type ApiAnswer = { readonly requestId: string; readonly extendedRequestId?: string } & (
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: ApiFailure }
);

export interface ApiFailure {
  readonly name: string;
  readonly message: string;
  /** The HTTP status; absent for what is no answer of an API: something that is not simulated. */
  readonly statusCode?: number;
  /** Further members of the error's shape. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A request that code makes with `fetch`. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpAnswer {
  /** 0 when nothing answered at all. */
  readonly status: number;
  /** Where nothing answered, and how long that was waited for, in ms. */
  readonly unanswered?: { readonly address: string; readonly timeoutMs: number };
  /** A list for a header that is sent several times. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}
