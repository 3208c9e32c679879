/** The guest core: everything of the Lambda Node.js runtime that runs inside the guest, set up in one call. */
import type { GuestInternals } from '../internals.ts';
import { removeAbsentFeatures } from './absent-features.ts';
import { AsyncContext } from './async-context.ts';
import { chargeForBuiltins } from './builtin-costs.ts';
import { RuntimeClient } from './client.ts';
import { requireCallback } from './callbacks.ts';
import { ClosingLoop } from './closing-loop.ts';
import { LambdaConsole, type ConsoleState } from './console.ts';
import { packText } from './crossing.ts';
import { repairEngine } from './engine-repairs.ts';
import type { Core, CoreConfiguration, Host, InvocationMetadata } from './host.ts';
import type { createNetwork, Network } from './lazy/network.ts';
import type { createFileModules, FileModules } from './lazy/require.ts';
import type { carryThroughThen } from './lazy/promise-context.ts';
import type { createStackHook } from './lazy/stack.ts';
import type { createStreaming, Streaming } from './lazy/streaming.ts';
import type { Timers } from './lazy/timers.ts';
import type { installUnicodeSets, UnicodeSets } from './lazy/unicode-sets.ts';
import { createLibrary } from './library.ts';
export { loaderError } from './loader-error.ts';
import { installLocaleMethods } from './locale-methods.ts';
import { bridgeName } from './names.ts';
import { createNative, wholeBuffer } from './native.ts';
import { rememberProxies } from './proxies.ts';
import { createProcessObject } from './process-object.ts';
import { installStackHook } from './stack-hook.ts';
import { TickQueue } from './ticks.ts';

/** Not the function's: what the core reads costs nobody anything. */
const { parse } = JSON;
const { isError } = Error as unknown as { isError(value: unknown): boolean };

function define(name: string, value: unknown, target: object = globalThis): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

/** A global, or another object's property, that loads its library module when it is first read. */
function defineLazily(name: string, load: () => unknown, target: object = globalThis): void {
  Object.defineProperty(target, name, {
    get() {
      const value = load();
      define(name, value, target);
      return value;
    },
    set(value: unknown) {
      define(name, value, target);
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
  const uncaught = (error: unknown): void => client.failures.uncaughtException(error);
  const ticks = new TickQueue(host, uncaught);
  const library = createLibrary(host, configuration.sdk.ticks, () => internals);
  const lambdaConsole = new LambdaConsole(configuration, host, state, library);
  const asyncContext: AsyncContext = new AsyncContext(() => {
    (library('lambda/promise-context') as { carryThroughThen: typeof carryThroughThen }).carryThroughThen(asyncContext);
  });
  const bound = (callback: unknown): unknown =>
    typeof callback === 'function' ? asyncContext.bind(callback as () => unknown) : callback;
  const nextTick = (callback: unknown, ...values: unknown[]): void => ticks.nextTick(bound(callback), ...values);

  const control = createProcessObject(configuration, host, nextTick, lambdaConsole, library);
  const { process } = control;

  let timersInUse: Timers | undefined;
  const timers = (): Timers => {
    if (timersInUse !== undefined) return timersInUse;
    const lazy = library('lambda/timers') as { Timers: typeof Timers };
    timersInUse = new lazy.Timers(host, () => host.now(), uncaught);
    return timersInUse;
  };
  const setTimeout = (callback: unknown, ...values: unknown[]): unknown =>
    timers().setTimeout(bound(callback), ...values);
  const clearTimeout = (timer: unknown): void => timersInUse?.clearTimeout(timer);
  const setInterval = (callback: unknown, ...values: unknown[]): unknown =>
    timers().setInterval(bound(callback), ...values);
  const clearInterval = (timer: unknown): void => timersInUse?.clearTimeout(timer);
  const setImmediate = (callback: unknown, ...values: unknown[]): unknown =>
    timers().setImmediate(bound(callback), ...values);
  const clearImmediate = (immediate: unknown): void => timersInUse?.clearImmediate(immediate);

  let fileModules: FileModules | undefined;
  const files = (): FileModules => {
    const lazy = (): { createFileModules: typeof createFileModules } =>
      library('lambda/require') as { createFileModules: typeof createFileModules };
    fileModules ??= lazy().createFileModules(host, configuration.generation, library);
    return fileModules;
  };

  let streaming: Streaming | undefined;
  const createStreamingNow = (): Streaming => {
    const lazy = library('lambda/streaming') as { createStreaming: typeof createStreaming };
    streaming = lazy.createStreaming(
      library,
      internals.timers,
      (text) => host.utf8Length(packText(text)),
      (sent, bytes) => host.streamDelay(sent, bytes),
      (contentType) => host.streamStarted(contentType),
    );
    return streaming;
  };

  let networkInUse: Network | undefined;
  const network = (): Network => {
    const lazy = library('lambda/network') as { createNetwork: typeof createNetwork };
    networkInUse ??= lazy.createNetwork(host);
    return networkInUse;
  };

  const queueMicrotask = (callback: unknown): void => {
    requireCallback(callback);
    void Promise.resolve().then(() => {
      try {
        callback();
      } catch (error) {
        uncaught(error);
      }
    });
  };

  let sets: UnicodeSets | undefined;
  const unicodeSets = (): UnicodeSets => {
    const lazy = (): { installUnicodeSets: typeof installUnicodeSets } =>
      library('lambda/unicode-sets') as { installUnicodeSets: typeof installUnicodeSets };
    sets ??= lazy().installUnicodeSets(native);
    return sets;
  };

  const proxyDetails = rememberProxies();
  const native = createNative(host);
  const internals: GuestInternals = {
    now: () => Date.now(),
    elapsed: () => host.elapsed(),
    native,
    randomBytes: (length) => native('randomBytes', length),
    proxyDetails,
    promiseState: (promise) => {
      const [kind, value] = host.promiseState(promise);
      return { state: kind as 'pending', value };
    },
    files: {
      read: (path) => {
        const bytes = host.fileRead(path);
        return bytes === undefined ? undefined : new Uint8Array(bytes);
      },
      size: (path) => host.fileSize(path),
      write: (path, bytes) => host.fileWrite(path, wholeBuffer(bytes)) as ReturnType<GuestInternals['files']['write']>,
      remove: (path) => host.fileRemove(path) as ReturnType<GuestInternals['files']['remove']>,
      list: () => JSON.parse(host.fileList()) as string[],
    },
    meter: (units) => host.meter(units),
    unmetered: (work, units = 0) => {
      host.suspendMeter(units);
      try {
        return work();
      } finally {
        host.resumeMeter();
      }
    },
    asyncContext: { get: () => asyncContext.get(), set: (context) => asyncContext.set(context) },
    isError,
    writeRaw: (text) => lambdaConsole.writeRaw(text),
    log: (level, values) => lambdaConsole.write(level, values),
    process,
    timers: {
      setTimeout: setTimeout as unknown as GuestInternals['timers']['setTimeout'],
      clearTimeout,
      setInterval: setInterval as unknown as GuestInternals['timers']['setInterval'],
      clearInterval,
      setImmediate,
      clearImmediate,
      queueMicrotask,
      nextTick,
    },
    network: {
      callApi: (call, signal) => network().network.callApi(call, signal),
      answers: (url) => host.answers(url),
      request: (call, signal) => network().network.request(call, signal),
    },
    configuration: {
      runtime: configuration.runtime,
      architecture: configuration.architecture,
      memorySizeMB: configuration.memorySizeMB,
      visibleCores: configuration.visibleCores,
      sdk: configuration.sdk,
    },
    createRequire: (path) => files().requireFrom(path),
  };
  const client = new RuntimeClient({
    configuration,
    host,
    console: lambdaConsole,
    state,
    library,
    files,
    streaming: () => streaming,
    importModule: importFile,
    control,
    setImmediate,
  });

  repairEngine();
  removeAbsentFeatures(configuration.generation);
  installStackHook(host, (userHook) =>
    (library('lambda/stack') as { createStackHook: typeof createStackHook }).createStackHook(
      host,
      () => client.inInvocation,
      userHook,
    ),
  );
  chargeForBuiltins(host);
  installLocaleMethods(library);
  define('global', globalThis);
  define('process', process);
  const console = lambdaConsole.object();
  define('console', console);
  defineLazily('Console', () => (library('console') as { Console: unknown }).Console, console);
  const functions = {
    queueMicrotask,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    setImmediate,
    clearImmediate,
  };
  for (const [name, value] of Object.entries(functions)) define(name, value);
  defineLazily('any', () => (library('lambda/promise-any') as typeof import('./lazy/promise-any.ts')).any, Promise);
  defineLazily('awslambda', () => createStreamingNow().awslambda);
  for (const [name, source] of Object.entries(configuration.libraryGlobals)) {
    defineLazily(name, () => (library(source.module) as Record<string, unknown>)[source.export]);
  }
  define(bridgeName, {
    library,
    context: {
      get: () => asyncContext.get(),
      set: (context: unknown) => asyncContext.set(context),
      after: (context: unknown, value: unknown) => {
        asyncContext.set(context);
        return value;
      },
    },
    unicodeSets,
    closingLoop: () => new ClosingLoop(),
    load: (path: string, format: 'commonjs' | 'json') => files().load(path, format),
    requireFrom: (path: string) => files().requireFrom(path),
  });

  if (configuration.constructsUnicodeSets) unicodeSets();

  return {
    start: () => client.start(),
    invoke: (payload, metadata) => client.invoke(payload, parse(metadata) as InvocationMetadata),
    runTicks: () => ticks.runTicks(),
    runTimer: (now) => timers().runTimer(now),
    takeImmediates: () => timers().takeImmediates(),
    runImmediate: () => timers().runImmediate(),
    nextDue: () => timers().nextDue(),
    alive: () => timers().alive(),
    loopEmpty: () => client.loopEmpty(),
    exportNames: (name) => JSON.stringify(Object.keys(Object(library(name)) as object)),
    received: (id, text, ...parts) => networkInUse?.received(id, text, parts),
    unhandledRejection: (reason, promise) => client.failures.unhandledRejection(reason, promise),
  };
}
