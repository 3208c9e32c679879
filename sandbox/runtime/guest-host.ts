/** Boots the guest core in a fresh guest: gives it the host's functions and returns what the host may call. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { ProcessConfiguration } from './contract.ts';
import { addRaisedBy } from './call-frames.ts';
import type { GuestHandle } from './guest-handle.ts';
import { coreFileName } from './guest/core/names.ts';
import type { HostFunctions } from './host-functions.ts';
import { createHostObject } from './host-object.ts';
import { coreSource, libraryGlobals } from './library.ts';
import { visibleCores } from './metering.ts';
import type { ModuleSources } from './module-sources.ts';
import { mayConstructUnicodeSets } from './unicode-sets.ts';

/** What the host calls in the guest. A call that was interrupted just returns: the meter knows why. */
export interface GuestApi {
  start(): void;
  invoke(payload: string | undefined, metadata: string): void;
  runTicks(): void;
  runTimer(now: number): boolean;
  takeImmediates(): number;
  runImmediate(): void;
  nextDue(): number;
  alive(): boolean;
  loopEmpty(): void;
  unhandledRejection(reason: QuickJSHandle, promise: QuickJSHandle): void;
  runMicrotasks(): void;
  /** Hands an answer of the network over: packed, see guest/core/wire.ts. */
  received(id: number, text: string, parts: readonly Uint8Array[]): void;
  /** The names that an ES module importing a library module may import. */
  exportNames(library: string): readonly string[];
  dispose(): void;
}

export function bootGuest(
  guest: GuestHandle,
  configuration: ProcessConfiguration,
  host: HostFunctions,
  sources: ModuleSources,
): GuestApi {
  const { context } = guest;
  const hostObject = createHostObject(guest, host);
  addRaisedBy(guest, hostObject);
  const core = context.unwrapResult(guest.evaluateBytecode(guest.engine.bytecode(coreFileName, coreSource)));
  const loaderError = context.getProp(core, 'loaderError');
  installModuleLoader(guest, host, sources, loaderError);
  const importFile = context.unwrapResult(context.evalCode('(path) => import(path)', coreFileName, { type: 'global' }));
  const importByPath = context.newFunction('importFile', (path) => {
    const text = context.getString(path);
    const argument = context.newString(`file://${encodeURI(text)}`);
    const result = context.callFunction(importFile, context.undefined, argument);
    argument.dispose();
    return result;
  });
  const configurationText = context.newString(JSON.stringify({ ...coreConfiguration(configuration), sdk: host.sdk }));
  const createCore = context.getProp(core, 'createCore');
  const api = context.unwrapResult(
    context.callFunction(createCore, context.undefined, hostObject, configurationText, importByPath),
  );
  for (const handle of [hostObject, core, importByPath, configurationText, createCore]) handle.dispose();

  const functions = new Map<string, QuickJSHandle>();
  for (const name of apiNames) functions.set(name, context.getProp(api, name));
  const kept = [api, importFile, loaderError, ...functions.values()];
  const call = (name: (typeof apiNames)[number], ...values: QuickJSHandle[]): QuickJSHandle | undefined => {
    const result = context.callFunction(functions.get(name)!, context.undefined, ...values);
    if (result.error === undefined) return result.value;
    failed(result.error);
    result.error.dispose();
    return undefined;
  };
  const failed = (error: QuickJSHandle): void => {
    if (!host.stopped()) host.coreFailed(describe(context, error));
  };
  /** Disposes of the values. */
  const numberOf = (name: (typeof apiNames)[number], ...values: QuickJSHandle[]): number => {
    const result = guest.calls.call(functions.get(name)!, values, failed);
    for (const value of values) if (value !== context.undefined) value.dispose();
    return result;
  };
  const run = (name: (typeof apiNames)[number], ...values: QuickJSHandle[]): void => void numberOf(name, ...values);
  return {
    start: () => run('start'),
    invoke: (payload, metadata) =>
      run('invoke', payload === undefined ? context.undefined : guest.newText(payload), context.newString(metadata)),
    runTicks: () => run('runTicks'),
    runTimer: (now) => numberOf('runTimer', context.newNumber(now)) === 1,
    takeImmediates: () => numberOf('takeImmediates') || 0,
    runImmediate: () => run('runImmediate'),
    nextDue: () => numberOf('nextDue') || 0,
    alive: () => numberOf('alive') === 1,
    loopEmpty: () => run('loopEmpty'),
    unhandledRejection: (reason, promise) => {
      call('unhandledRejection', reason, promise)?.dispose();
    },
    runMicrotasks: () => guest.calls.runJobs(),
    received: (id, text, parts) =>
      run(
        'received',
        context.newNumber(id),
        context.newString(text),
        ...parts.map((part) => context.newArrayBuffer(part.slice().buffer)),
      ),
    exportNames: (library) => {
      const name = context.newString(library);
      const result = call('exportNames', name);
      name.dispose();
      if (result === undefined) return [];
      const names = JSON.parse(context.getString(result)) as string[];
      result.dispose();
      return names;
    },
    dispose: () => {
      for (const handle of kept) handle.dispose();
    },
  };
}

function describe(context: QuickJSContext, error: QuickJSHandle): string {
  const message = context.getProp(error, 'message');
  const text = context.typeof(message) === 'string' ? context.getString(message) : 'unknown error';
  message.dispose();
  return text.slice(0, 300);
}

const apiNames = [
  'start',
  'invoke',
  'runTicks',
  'runTimer',
  'takeImmediates',
  'runImmediate',
  'nextDue',
  'alive',
  'loopEmpty',
  'unhandledRejection',
  'received',
  'exportNames',
] as const;

function coreConfiguration(configuration: ProcessConfiguration): Record<string, unknown> {
  const generation = configuration.runtime === 'nodejs24.x' ? 4 : 3;
  return {
    runtime: configuration.runtime,
    generation,
    handler: configuration.handler,
    environment: configuration.environment,
    architecture: configuration.architecture === 'arm64' ? 'arm64' : 'x64',
    memorySizeMB: configuration.memorySizeMB,
    visibleCores: visibleCores(configuration.memorySizeMB),
    functionName: configuration.functionName,
    functionVersion: configuration.functionVersion,
    logGroupName: configuration.logGroupName,
    logStreamName: configuration.logStreamName,
    logFormat: configuration.logging.format,
    logLevel: configuration.logging.applicationLogLevel,
    libraryGlobals,
    constructsUnicodeSets: [configuration.code, configuration.layers]
      .flatMap((files) => Object.values(files))
      .some((content) => typeof content === 'string' && mayConstructUnicodeSets(content)),
    nodeVersion: generation === 4 ? 'v24.11.0' : 'v22.21.0',
  };
}

/** `loaderError` is the guest core's function that makes the errors of Node's loader. */
function installModuleLoader(
  guest: GuestHandle,
  host: HostFunctions,
  sources: ModuleSources,
  loaderError: QuickJSHandle,
): void {
  const { context, runtime } = guest;
  runtime.setModuleLoader(
    (name) => {
      const loaded = sources.load(name);
      if ('source' in loaded) {
        host.parsed(loaded.source.length);
        return loaded.source;
      }
      const values = [context.newString(loaded.error.code), context.newString(loaded.error.message)];
      const made = context.callFunction(loaderError, context.undefined, ...values);
      for (const value of values) value.dispose();
      return { error: made.error ?? made.value };
    },
    (base, specifier) => sources.normalize(base, specifier),
  );
}
