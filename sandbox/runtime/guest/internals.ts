/** What the guest core gives to library modules. */
import type { ApiAnswer, ApiCall, HttpAnswer, HttpCall } from '../contract.ts';
import type { SdkModel } from './core/host.ts';
import type { NativeFunctions } from '../native/native-functions.ts';

/** Calls a native function by name. Its result is there, or the guest is being stopped. */
export type CallNative = <Name extends keyof NativeFunctions>(
  name: Name,
  ...values: Parameters<NativeFunctions[Name]>
) => Exclude<ReturnType<NativeFunctions[Name]>, undefined>;

/**
 * What the process core gives to the guest's Node library. Guest code never sees this object: library modules receive
 * it as the `internals` parameter of their module function.
 */
export interface GuestInternals {
  /** Virtual ms since the epoch. */
  now(): number;
  /** Virtual ms since the process started. */
  elapsed(): number;
  /** What Node does in native code: one of native/native-functions.ts, done by the host. Bytes are copied both ways. */
  native: CallNative;
  /** Seeded bytes. */
  randomBytes(length: number): Uint8Array;
  promiseState(promise: Promise<unknown>): { state: 'pending' | 'fulfilled' | 'rejected'; value?: unknown };
  /** The files of the environment by absolute path; directories are implied by paths. */
  files: {
    read(path: string): Uint8Array | undefined;
    /** In bytes; nothing where there is no file. */
    size(path: string): number | undefined;
    /** `EROFS` outside /tmp, `ENOSPC` when the ephemeral storage is full. */
    write(path: string, bytes: Uint8Array): 'ok' | 'EROFS' | 'ENOSPC';
    remove(path: string): 'ok' | 'EROFS' | 'ENOENT';
    /** All absolute file paths, sorted. */
    list(): string[];
  };
  /** Charges CPU work that the interrupt counter cannot see; 1 unit = one tick of the counter (about one loop turn). */
  meter(units: number): void;
  /** Runs work that Node does natively: it takes no virtual time but `units`, charged before it begins. */
  unmetered<T>(work: () => T, units?: number): T;
  /** What AsyncLocalStorage carries; the core brings it along timers, ticks, reactions and awaits. */
  asyncContext: { get(): unknown; set(context: unknown): void };
  /** Error.isError, which Node.js 22 does not have. */
  isError(value: unknown): boolean;
  /** One raw line to stdout or stderr, without the prefix of console. */
  writeRaw(text: string): void;
  /** One log event through the runtime's console patch. */
  log(level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL', args: unknown[]): void;
  /** The process object (also `globalThis.process`). */
  process: Record<string, unknown>;
  /** Timers of the core, as on globalThis. */
  timers: {
    setTimeout: typeof setTimeout;
    clearTimeout: typeof clearTimeout;
    setInterval: typeof setInterval;
    clearInterval: typeof clearInterval;
    setImmediate: (callback: (...args: unknown[]) => void, ...args: unknown[]) => unknown;
    clearImmediate: (immediate: unknown) => void;
    queueMicrotask: (callback: () => void) => void;
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => void;
  };
  /** AWS's APIs and simulated addresses. */
  network: {
    /** Rejects with the reason of `signal` when that is aborted first. */
    callApi(call: ApiCall, signal?: AbortSignal): Promise<ApiAnswer>;
    /** Whether something answers at that address. */
    answers(url: string): boolean;
    /** Only where something answers. */
    request(call: HttpCall, signal?: AbortSignal): Promise<HttpAnswer>;
  };
  /** Facts of this process. */
  configuration: {
    runtime: string;
    architecture: 'x64' | 'arm64';
    memorySizeMB: number;
    /** vCPUs that os.cpus() shows. */
    visibleCores: number;
    sdk: SdkModel;
  };
  /** Target and handler of a proxy (null once revoked), undefined for anything else. */
  proxyDetails(value: unknown): { target: unknown; handler: unknown } | undefined;
  /** A require function that resolves as from the file at this absolute path. */
  createRequire(path: string): unknown;
}

/** A library module: CommonJS, with `require` resolving other library modules only. */
export type GuestModule = (
  exports: Record<string, unknown>,
  require: (name: string) => unknown,
  module: { exports: unknown },
  internals: GuestInternals,
) => void;
