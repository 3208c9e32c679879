/** Errors as V8 makes them: the text of `stack`, frames of the function's own files, and V8's messages. */
import type { Host } from '../host.ts';
import { commonJsWrapper, coreFileName } from '../names.ts';
import { translateMessage } from './v8-messages.ts';

/** A QuickJS call site. */
interface CallSite {
  getFunctionName(): string | null;
  getFileName(): string | null;
  getLineNumber(): number;
  getColumnNumber(): number;
  isNative(): boolean;
}

/** What the runtime's own frames look like at Lambda, by the function of the guest core that made the call. */
const runtimeFrames: Readonly<Record<string, readonly string[]>> = {
  invoke: ['Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)'],
  runTimer: ['listOnTimeout (node:internal/timers:581:17)', 'process.processTimers (node:internal/timers:519:7)'],
  runImmediate: ['process.processImmediate (node:internal/timers:485:21)'],
  runTicks: ['process.processTicksAndRejections (node:internal/process/task_queues:85:11)'],
  start: ['_loadUserApp (file:///var/runtime/index.mjs:1087:17)'],
};

function frameText(site: CallSite): string | undefined {
  const file = site.getFileName();
  const name = site.getFunctionName() ?? '';
  if (file === null || file === '' || site.isNative()) {
    return name === '' ? undefined : `${nativeReceivers[name] ?? ''}${name} (<anonymous>)`;
  }
  const line = site.getLineNumber();
  const isCommonJs = file.startsWith('/');
  const column = site.getColumnNumber() - (isCommonJs && line === 1 ? commonJsWrapper.length : 0);
  const place = `${file}:${line}:${Math.max(column, 1)}`;
  if (name === '' || name === '<anonymous>' || name === '<eval>') {
    return isCommonJs && name === '<anonymous>' ? `Object.<anonymous> (${place})` : place;
  }
  return `${name} (${place})`;
}

/** Built-in functions that V8 shows with their receiver, as QuickJS does not. */
const nativeReceivers: Readonly<Record<string, string>> = {
  parse: 'JSON.',
  stringify: 'JSON.',
  map: 'Array.',
  forEach: 'Array.',
  filter: 'Array.',
  reduce: 'Array.',
  some: 'Array.',
  every: 'Array.',
  find: 'Array.',
  sort: 'Array.',
  flatMap: 'Array.',
};

/** The hook that QuickJS calls for everything thrown. `userHook` is what the function set as Error.prepareStackTrace. */
export function createStackHook(
  host: Host,
  inInvocation: () => boolean,
  userHook: () => unknown,
): (error: Error, sites: CallSite[]) => unknown {
  const traces = new WeakMap<object, { frames: string[]; text: string | undefined }>();
  const { defineProperty } = Object;

  const header = (error: Error): string => {
    try {
      return Error.prototype.toString.call(error);
    } catch {
      return '<error>';
    }
  };
  function getStack(this: object): unknown {
    const trace = traces.get(this);
    if (trace === undefined) return undefined;
    trace.text ??= [header(this as Error), ...trace.frames.map((frame) => `    at ${frame}`)].join('\n');
    return trace.text;
  }
  function setStack(this: object, value: unknown): void {
    const trace = traces.get(this);
    if (trace !== undefined) trace.text = value as string;
  }

  const framesOf = (sites: CallSite[]): string[] => {
    const frames: string[] = [];
    let runtimeShown = false;
    for (const site of sites) {
      const file = site.getFileName() ?? '';
      if (file === coreFileName) {
        // Other functions of the core stand around built-ins, which V8 has without them.
        const shown = runtimeFrames[site.getFunctionName() ?? ''];
        if (shown !== undefined && !runtimeShown) frames.push(...shown);
        runtimeShown ||= shown !== undefined;
        continue;
      }
      if (file.startsWith('node:') || file === '<evalScript>') continue;
      if (site.isNative() && /^(call|apply|construct)$/.test(site.getFunctionName() ?? '')) continue;
      const text = frameText(site);
      if (text !== undefined) frames.push(text);
    }
    if (!runtimeShown && inInvocation()) {
      frames.push(
        'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
        'async Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)',
      );
    }
    return frames.slice(0, 10);
  };

  const prepare = (error: Error, sites: CallSite[]): unknown => {
    // QuickJS asks for whatever is thrown, and defines what this returns as its stack.
    if (!(error instanceof Error)) return Object.getOwnPropertyDescriptor(error, 'stack')?.value;
    // QuickJS may ask again in the frames that an exception leaves, with fewer call sites.
    if (traces.has(error)) return '';
    translateMessage(error, sites, host);
    const hook = userHook();
    if (typeof hook === 'function') {
      traces.set(error, { frames: [], text: undefined });
      return (hook as (error: Error, sites: CallSite[]) => unknown)(error, sites);
    }
    traces.set(error, { frames: framesOf(sites), text: undefined });
    // Not configurable, so that QuickJS's own definition after this call leaves it in place.
    defineProperty(error, 'stack', { get: getStack, set: setStack, enumerable: false, configurable: false });
    return '';
  };
  return prepare;
}
