/** The door between the guest core and its host: functions the host gives, and what the host may call. */

/** A timer or queue changed; the host asks `EventLoop` what to do next. */
export interface Host {
  /** One log event: the whole text as it is stored. */
  log(message: string, level: string): void;
  /** Standard output or error; a line that has not ended waits for its end. */
  write(text: string): void;
  /** Ends the process once the caller spins: see `leave` in process-object.ts. */
  exit(code: number): void;
  /** Likewise, by a signal: killed, terminated or aborted. */
  exitBySignal(signal: string): void;
  initialized(): void;
  /** JSON of the error payload. */
  initFailed(payload: string): void;
  responded(payload: string): void;
  /** A streamed response is written to for the first time. */
  streamStarted(contentType: string): void;
  /** The whole body of a streamed response. */
  streamed(body: string): void;
  /** Bytes of a text in UTF-8. */
  utf8Length(text: string): number;
  /** How long `bytes` more of a stream take after those that were sent, in ms. */
  streamDelay(sent: number, bytes: number): number;
  failed(payload: string, errorType: string): void;
  completed(): void;
  /** The nextTick queue is no longer empty. */
  ticksQueued(): void;
  /** A timer was set, or refs changed. */
  timersChanged(): void;
  /** An immediate was queued. */
  immediatesAdded(): void;
  /** Charges CPU work that the interrupt counter does not see, in ticks. */
  meter(ticks: number): void;
  /** Charges `ticks`; what follows takes no virtual time, until `resumeMeter`. Nested calls count once. */
  suspendMeter(ticks: number): void;
  resumeMeter(): void;
  /** The engine could not allocate: the process is killed. */
  outOfMemory(): void;
  /** Virtual ms since the epoch, with fractions, as the event loop sees it. */
  now(): number;
  /** Virtual ms since the process started. */
  elapsed(): number;
  /** One of native/native-functions.ts: texts, numbers, bytes as array buffers and `false` for no bytes, both ways. */
  native(name: string, ...values: unknown[]): unknown;
  /** `[state, value]`; state is pending, fulfilled or rejected. */
  promiseState(promise: unknown): [string, unknown];
  memoryUsed(): number;
  /** JSON of a `Resolution`. */
  resolve(specifier: string, parent: string, kind: 'require' | 'import'): string;
  /** JSON of a `HandlerFile`. */
  resolveHandlerFile(path: string): string;
  readText(path: string): string | undefined;
  /** The wrapper function of a CommonJS module: `(exports, require, module, __filename, __dirname)`. Throws SyntaxError. */
  compile(path: string): (...values: unknown[]) => unknown;
  /** Evaluates an ES module at once: an object with its `namespace`, or a promise when it has top-level await. */
  importNow(path: string): { namespace: unknown } | Promise<unknown>;
  /** The module function of a library module; undefined when there is none. */
  compileLibrary(name: string): ((...values: unknown[]) => void) | undefined;
  /** What the source says at a place: V8's words for an error that QuickJS describes less exactly. */
  explain(message: string, file: string, line: number, column: number): string;
  /**
   * For the hook that QuickJS calls for an error: `arguments` gives `[function, ...arguments]` of the frame that raised
   * it (the Error constructor, when the function made the error itself), `receiver` what a built-in method was called on.
   */
  raisedBy(hook: unknown, what: 'arguments' | 'receiver'): unknown;
  /** Calls an API: `id` comes back with the answer. `text` and `parts` are the packed input; see wire.ts. */
  callApi(
    id: number,
    service: string,
    operation: string,
    newConnection: boolean,
    /** 0 for none. */
    connectionTimeoutMs: number,
    text: string,
    ...parts: ArrayBuffer[]
  ): void;
  /** Whether something answers at that address. */
  answers(url: string): boolean;
  /** Makes an HTTP request, packed likewise, where something answers. */
  request(id: number, text: string, ...parts: ArrayBuffer[]): void;
  /** Nobody waits for that answer any more. */
  abandon(id: number): void;
  fileRead(path: string): ArrayBuffer | undefined;
  fileSize(path: string): number | undefined;
  fileWrite(path: string, bytes: ArrayBuffer): string;
  fileRemove(path: string): string;
  /** JSON list of absolute paths. */
  fileList(): string;
}

/** What a process is told about itself at start, as JSON. */
export interface CoreConfiguration {
  readonly runtime: string;
  readonly generation: 3 | 4;
  readonly handler: string;
  readonly environment: Record<string, string>;
  readonly architecture: 'x64' | 'arm64';
  readonly memorySizeMB: number;
  readonly visibleCores: number;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: string;
  readonly libraryGlobals: Record<string, { module: string; export: string }>;
  readonly nodeVersion: string;
  /** The function's code may make regular expressions of the v flag out of texts. */
  readonly constructsUnicodeSets: boolean;
  readonly sdk: SdkModel;
}

/** What the AWS SDK takes and does, where that is a matter of facts. */
export interface SdkModel {
  /** CPU in ticks: loading a client, preparing a call, opening a connection. */
  readonly ticks: {
    readonly firstClient: number;
    readonly furtherClient: number;
    readonly call: number;
    readonly connection: number;
  };
  /** Attempts and waits, and in what a service's client differs. Waits in ms. */
  readonly retries: SdkRetries & { readonly services: Readonly<Record<string, Partial<SdkRetries>>> };
}

export interface SdkRetries {
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly throttledBaseMs: number;
  readonly maximumMs: number;
}

/** What comes with an invocation, as JSON. */
export interface InvocationMetadata {
  readonly requestId: string;
  readonly deadline: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  readonly clientContext?: string;
}

/** What the host calls. Each call is one callback from the event loop; microtasks are drained by the host after it. */
export interface Core {
  start(): void;
  invoke(payload: string | undefined, metadata: string): void;
  runTicks(): void;
  /** Runs one timer that is due at loop time `now`; false when none was. */
  runTimer(now: number): boolean;
  /** Takes the immediates queued so far as the batch to run; returns their number. */
  takeImmediates(): number;
  runImmediate(): void;
  /** Earliest due time among timers, or -1. */
  nextDue(): number;
  /** True while something keeps the event loop alive. */
  alive(): boolean;
  /** The loop is empty: what Node calls beforeExit. */
  loopEmpty(): void;
  unhandledRejection(reason: unknown, promise: unknown): void;
  /** An answer arrived, packed; see wire.ts. */
  received(id: number, text: string, ...parts: ArrayBuffer[]): void;
  /** JSON list of what a library module exports. */
  exportNames(library: string): string;
}
