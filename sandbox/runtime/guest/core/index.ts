/** The guest core: everything of the Lambda Node.js runtime that runs inside the guest, set up in one call. */
import type { GuestInternals } from '../internals.ts';
import { RuntimeClient } from './client.ts';
import { LambdaConsole, type ConsoleState } from './console.ts';
import { EventLoop } from './event-loop.ts';
import type { Core, CoreConfiguration, Host, InvocationMetadata } from './host.ts';
import { createModules } from './modules.ts';
import { bridgeName } from './names.ts';
import { createProcessObject } from './process-object.ts';
import { installStackTraces } from './stack.ts';

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

/** A global that loads its library module when it is first read. */
function defineLazily(name: string, load: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    get() {
      const value = load();
      define(name, value);
      return value;
    },
    set(value: unknown) {
      define(name, value);
    },
    configurable: true,
    enumerable: false,
  });
}

/** Sets up the guest and returns what the host calls. `importFile` is a dynamic import by absolute path. */
export function createCore(
  host: Host,
  configurationJson: string,
  importFile: (path: string) => Promise<Record<string, unknown>>,
): Core {
  const configuration = JSON.parse(configurationJson) as CoreConfiguration;
  const state: ConsoleState = { requestId: undefined };
  const startedAt = Date.now() - host.elapsed();
  const loop = new EventLoop(
    host,
    () => startedAt + host.elapsed(),
    (error) => client.uncaughtException(error),
  );
  const lambdaConsole = new LambdaConsole(configuration, host, state, (name) => modules.library(name));
  const { process, emit, leave } = createProcessObject(configuration, host, loop, lambdaConsole);

  const queueMicrotask = (callback: unknown): void => {
    if (typeof callback !== 'function') {
      const error = new TypeError(`The "callback" argument must be of type function. Received ${String(callback)}`);
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    void Promise.resolve().then(() => {
      try {
        (callback as () => void)();
      } catch (error) {
        client.uncaughtException(error);
      }
    });
  };

  const internals: GuestInternals = {
    now: () => Date.now(),
    elapsed: () => host.elapsed(),
    randomBytes: (length) => new Uint8Array(host.randomBytes(length)),
    promiseState: (promise) => {
      const [kind, value] = host.promiseState(promise);
      return { state: kind as 'pending', value };
    },
    files: {
      read: (path) => {
        const bytes = host.fileRead(path);
        return bytes === undefined ? undefined : new Uint8Array(bytes);
      },
      write: (path, bytes) =>
        host.fileWrite(path, bytes.slice().buffer as ArrayBuffer) as ReturnType<GuestInternals['files']['write']>,
      remove: (path) => host.fileRemove(path) as ReturnType<GuestInternals['files']['remove']>,
      list: () => JSON.parse(host.fileList()) as string[],
    },
    meter: (units) => host.meter(units),
    writeRaw: (text) => lambdaConsole.writeRaw(text),
    log: (level, values) => lambdaConsole.write(level, values),
    process,
    timers: {
      setTimeout: loop.setTimeout as unknown as typeof setTimeout,
      clearTimeout: loop.clearTimeout as typeof clearTimeout,
      setInterval: loop.setInterval as unknown as typeof setInterval,
      clearInterval: loop.clearTimeout as typeof clearInterval,
      setImmediate: loop.setImmediate,
      clearImmediate: loop.clearImmediate,
      queueMicrotask,
      nextTick: loop.nextTick,
    },
    configuration: {
      runtime: configuration.runtime,
      architecture: configuration.architecture,
      memorySizeMB: configuration.memorySizeMB,
      visibleCores: configuration.visibleCores,
    },
    createRequire: (path) => modules.requireFrom(path),
  };
  const modules = createModules(host, importFile, internals);
  const client = new RuntimeClient({
    configuration,
    host,
    console: lambdaConsole,
    state,
    modules,
    importModule: importFile,
    process,
    emit,
    leave,
    setImmediate: loop.setImmediate,
  });

  installStackTraces(host, () => client.inInvocation);
  define('global', globalThis);
  define('process', process);
  define('console', lambdaConsole.object());
  define('queueMicrotask', queueMicrotask);
  define('setTimeout', loop.setTimeout);
  define('clearTimeout', loop.clearTimeout);
  define('setInterval', loop.setInterval);
  define('clearInterval', loop.clearTimeout);
  define('setImmediate', loop.setImmediate);
  define('clearImmediate', loop.clearImmediate);
  define('awslambda', client.streaming.awslambda);
  for (const [name, source] of Object.entries(configuration.libraryGlobals)) {
    defineLazily(name, () => (modules.library(source.module) as Record<string, unknown>)[source.export]);
  }
  define(bridgeName, {
    library: (name: string) => modules.library(name),
    load: (path: string, format: 'commonjs' | 'json') => modules.load(path, format),
    requireFrom: (path: string) => modules.requireFrom(path),
  });

  return {
    start: () => client.start(),
    invoke: (payload, metadata) => client.invoke(payload, JSON.parse(metadata) as InvocationMetadata),
    runTicks: () => loop.runTicks(),
    runTimer: (now) => loop.runTimer(now),
    takeImmediates: () => loop.takeImmediates(),
    immediatesQueued: () => loop.immediatesQueued(),
    runImmediate: () => loop.runImmediate(),
    nextDue: () => loop.nextDue(),
    alive: () => loop.alive(),
    loopEmpty: () => client.loopEmpty(),
    exportNames: (name) => JSON.stringify(Object.keys(Object(modules.library(name)) as object)),
    unhandledRejection: (reason, promise) => client.unhandledRejection(reason, promise),
  };
}
