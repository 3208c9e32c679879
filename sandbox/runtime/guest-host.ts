/** Boots the guest core in a fresh guest: gives it the host's functions and returns what the host may call. */
import type { QuickJSContext, QuickJSHandle, VmCallResult } from 'quickjs-emscripten-core';
import type { ApiCall, HttpCall, ProcessConfiguration } from './contract.ts';
import { addRaisedBy } from './call-frames.ts';
import type { CallValues } from './guest-calls.ts';
import type { GuestHandle } from './guest-handle.ts';
import { unpackText } from './guest/core/crossing.ts';
import { unpack } from './guest/core/wire.ts';
import { commonJsWrapper, coreFileName } from './guest/core/names.ts';
import { coreSource, libraryGlobals, librarySource } from './library.ts';
import { visibleCores, type CostModel } from './metering.ts';
import type { ModuleSources } from './module-sources.ts';
import type { NativeFunctions } from './native/native-functions.ts';
import { mayConstructUnicodeSets, replaceUnicodeSets } from './unicode-sets.ts';
import type { HandlerResolution, Resolution } from './module-resolution.ts';

/** What the process does for its guest; the guest's side is guest/core/host.ts. */
export interface HostFunctions {
  /** Called at each call of any other. */
  crossed(): void;
  /** The host has read code of so many characters for the guest. */
  parsed(characters: number): void;
  log(message: string, level: string): void;
  write(text: string): void;
  exit(code: number): void;
  exitBySignal(signal: string): void;
  initialized(): void;
  initFailed(payload: string): void;
  responded(payload: string): void;
  streamStarted(contentType: string): void;
  streamed(body: string): void;
  streamDelay(sent: number, bytes: number): number;
  failed(payload: string, errorType: string): void;
  completed(): void;
  ticksQueued(): void;
  timersChanged(): void;
  immediatesAdded(): void;
  meter(ticks: number): void;
  outOfMemory(): void;
  suspendMeter(ticks: number): void;
  resumeMeter(): void;
  now(): number;
  elapsed(): number;
  /** What the guest calls by name; see native/native-functions.ts. */
  readonly native: NativeFunctions;
  memoryUsed(): number;
  resolve(specifier: string, parent: string, kind: 'require' | 'import'): Resolution;
  resolveHandlerFile(path: string): HandlerResolution;
  readText(path: string): string | undefined;
  /** The source of a CommonJS file as it is to be compiled. */
  commonJsSource(path: string): string;
  callApi(id: number, call: ApiCall): void;
  answers(url: string): boolean;
  request(id: number, call: HttpCall): void;
  abandon(id: number): void;
  fileRead(path: string): Uint8Array | undefined;
  fileSize(path: string): number | undefined;
  fileWrite(path: string, bytes: Uint8Array): string;
  fileRemove(path: string): string;
  fileList(): string[];
  explain(message: string, file: string, line: number, column: number): string;
  /** A module that was required threw: its promise is nobody's. */
  moduleThrew(): void;
  /** Whether the guest is being stopped: then calls end without a result. */
  stopped(): boolean;
  /** The guest core threw: the function tampered with something the core needs. */
  coreFailed(message: string): void;
  readonly sdk: CostModel['sdk'];
}

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

/** The object of host functions. Everything crosses as text, numbers, byte buffers or guest handles. */
function createHostObject(guest: GuestHandle, host: HostFunctions): QuickJSHandle {
  const { context } = guest;
  const object = context.newObject();
  const { getString, getNumber } = {
    getString: (handle: QuickJSHandle | undefined) => (handle === undefined ? '' : context.getString(handle)),
    getNumber: (handle: QuickJSHandle | undefined) => (handle === undefined ? 0 : context.getNumber(handle)),
  };
  type Implementation = (...values: QuickJSHandle[]) => QuickJSHandle | VmCallResult<QuickJSHandle> | undefined;
  const add = (name: string, implementation: Implementation): void => {
    const handle = context.newFunction(name, (...values) => {
      host.crossed();
      return implementation(...values);
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  const act = (name: string, action: (...values: QuickJSHandle[]) => void): void =>
    add(name, (...values) => {
      action(...values);
      return undefined;
    });
  const text = (value: string | undefined): QuickJSHandle | undefined =>
    value === undefined ? undefined : context.newString(value);
  const buffer = (bytes: Uint8Array | undefined): QuickJSHandle | undefined =>
    bytes === undefined ? undefined : context.newArrayBuffer(wholeBuffer(bytes));

  act('log', (message, level) => host.log(unpackText(getString(message)), getString(level)));
  act('write', (written) => host.write(unpackText(getString(written))));
  act('exit', (code) => host.exit(getNumber(code)));
  act('exitBySignal', (signal) => host.exitBySignal(getString(signal)));
  const often = (name: string, action: (values: CallValues) => void): void => {
    const handle = guest.calls.newAction(name, (values) => {
      host.crossed();
      action(values);
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  act('initialized', () => host.initialized());
  act('initFailed', (payload) => host.initFailed(getString(payload)));
  often('responded', (values) => host.responded(values.text(0)));
  act('streamStarted', (contentType) => host.streamStarted(getString(contentType)));
  act('streamed', (body) => host.streamed(unpackText(getString(body))));
  add('utf8Length', (body) => context.newNumber(new TextEncoder().encode(getString(body)).length));
  add('streamDelay', (sent, bytes) => context.newNumber(host.streamDelay(getNumber(sent), getNumber(bytes))));
  act('failed', (payload, errorType) => host.failed(getString(payload), getString(errorType)));
  often('completed', () => host.completed());
  often('ticksQueued', () => host.ticksQueued());
  often('timersChanged', () => host.timersChanged());
  often('immediatesAdded', () => host.immediatesAdded());
  often('meter', (values) => host.meter(values.number(0)));
  act('outOfMemory', () => host.outOfMemory());
  act('suspendMeter', (ticks) => host.suspendMeter(getNumber(ticks)));
  act('resumeMeter', () => host.resumeMeter());
  add('now', () => context.newNumber(host.now()));
  add('elapsed', () => context.newNumber(host.elapsed()));
  add('memoryUsed', () => context.newNumber(host.memoryUsed()));
  add('native', (name, ...values) => callNative(guest, host.native, getString(name), values));
  add('promiseState', (promise) => {
    const state = context.getPromiseState(promise);
    const result = context.newArray();
    const name = context.newString(state.type);
    context.setProp(result, 0, name);
    name.dispose();
    const value = state.type === 'fulfilled' ? state.value : state.type === 'rejected' ? state.error : undefined;
    if (value !== undefined) {
      context.setProp(result, 1, value);
      if (value !== promise) value.dispose();
    }
    return result;
  });
  add('resolve', (specifier, parent, kind) =>
    text(JSON.stringify(host.resolve(getString(specifier), getString(parent), getString(kind) as 'require'))),
  );
  add('resolveHandlerFile', (path) => text(JSON.stringify(host.resolveHandlerFile(getString(path)))));
  add('readText', (path) => text(host.readText(getString(path))));
  add('compile', (path) => {
    const file = getString(path);
    const source = replaceUnicodeSets(host.commonJsSource(file).replace(/^#!.*/, ''), 'script');
    host.parsed(source.length);
    return context.evalCode(`${commonJsWrapper}${source}\n})`, file, { type: 'global' });
  });
  add('importNow', (path) => {
    const file = getString(path);
    const source = `import * as namespace from ${JSON.stringify(`file://${encodeURI(file)}`)}; export { namespace };`;
    const result = context.evalCode(source, `node:require(${file})`, { type: 'module' });
    if (result.error !== undefined) host.moduleThrew();
    return result;
  });
  add('compileLibrary', (name) => {
    const source = librarySource(getString(name));
    if (source === undefined) return undefined;
    return guest.evaluateBytecode(guest.engine.bytecode(`node:${getString(name)}`, source));
  });
  add('explain', (message, file, line, column) =>
    text(host.explain(getString(message), getString(file), getNumber(line), getNumber(column))),
  );
  const bytesOf = (handle: QuickJSHandle): Uint8Array => {
    const view = context.getArrayBuffer(handle);
    const copy = view.value.slice();
    view.dispose();
    return copy;
  };
  act('callApi', (id, service, operation, newConnection, timeout, packed, ...parts) =>
    host.callApi(getNumber(id), {
      service: getString(service),
      operation: getString(operation),
      newConnection: newConnection !== undefined && context.dump(newConnection) === true,
      ...(getNumber(timeout) > 0 ? { connectionTimeoutMs: getNumber(timeout) } : {}),
      input: unpack({ text: getString(packed), parts: parts.map(bytesOf) }),
    }),
  );
  add('answers', (url) => (host.answers(getString(url)) ? context.true : context.false));
  act('request', (id, packed, ...parts) =>
    host.request(getNumber(id), unpack({ text: getString(packed), parts: parts.map(bytesOf) }) as HttpCall),
  );
  act('abandon', (id) => host.abandon(getNumber(id)));
  add('fileRead', (path) => buffer(host.fileRead(getString(path))));
  add('fileSize', (path) => {
    const size = host.fileSize(getString(path));
    return size === undefined ? undefined : context.newNumber(size);
  });
  add('fileWrite', (path, bytes) => {
    return text(host.fileWrite(getString(path), bytesOf(bytes)));
  });
  add('fileRemove', (path) => text(host.fileRemove(getString(path))));
  add('fileList', () => text(JSON.stringify(host.fileList())));
  return object;
}

/**
 * Calls a native function with copies of the values: texts, numbers, bytes as array buffers, and `false` for no bytes at
 * all. What it gives crosses likewise.
 */
export function callNative(
  guest: Pick<GuestHandle, 'context' | 'newText'>,
  functions: NativeFunctions,
  name: string,
  values: readonly QuickJSHandle[],
): QuickJSHandle | undefined {
  const { context } = guest;
  const borrowed: { dispose(): void }[] = [];
  const given = values.map((value) => {
    switch (context.typeof(value)) {
      case 'number':
        return context.getNumber(value);
      case 'string':
        return unpackText(context.getString(value));
      case 'boolean':
        return new Uint8Array(0);
      case 'undefined':
        return undefined;
      default: {
        const bytes = context.getArrayBuffer(value);
        borrowed.push(bytes);
        return bytes.value;
      }
    }
  });
  const byName = functions as unknown as Record<string, (...all: unknown[]) => unknown>;
  const result = byName[name]!(...given);
  for (const bytes of borrowed) bytes.dispose();
  if (typeof result === 'number') return context.newNumber(result);
  if (typeof result === 'string') return guest.newText(result);
  if (result === null) return context.null;
  if (!(result instanceof Uint8Array)) return undefined;
  if (result.length === 0) return context.false;
  return context.newArrayBuffer(wholeBuffer(result));
}

/** A buffer of exactly these bytes; their own where they are all of it. */
const wholeBuffer = (bytes: Uint8Array): ArrayBufferLike =>
  bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
