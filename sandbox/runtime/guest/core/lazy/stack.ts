/** Errors as V8 makes them: the text of `stack`, frames of the function's own files, and V8's messages. */
import type { Host } from '../host.ts';
import { builtInName } from '../messages/describe-value.ts';
import { coreFileName } from '../names.ts';
import { columnOf, sourceOf, translateMessage, type CallSite, type Position } from './v8-messages.ts';

/** What the runtime's own frames look like at Lambda, by the function of the guest core that made the call. */
const runtimeFrames: Readonly<Record<string, readonly string[] | undefined>> = Object.setPrototypeOf(
  {
    invoke: ['Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)'],
    runTimer: ['listOnTimeout (node:internal/timers:581:17)', 'process.processTimers (node:internal/timers:519:7)'],
    runImmediate: ['process.processImmediate (node:internal/timers:485:21)'],
    runTicks: ['process.processTicksAndRejections (node:internal/process/task_queues:85:11)'],
    start: ['_loadUserApp (file:///var/runtime/index.mjs:1087:17)'],
  },
  // Functions of the core may be named as methods of all objects are.
  null,
);

/** What an error's stack is made of; the text is written when it is first read. */
interface Trace {
  /** Call sites of the function's files and of built-ins; texts for the runtime's own. */
  frames: (CallSite | string)[];
  position: Position | undefined;
  /** The most frames that the text has: Error.stackTraceLimit when the error was made. */
  limit: number;
}

/** A frame's text, and whether its place is a `new` expression. */
interface Frame {
  readonly text: string | undefined;
  readonly makes: boolean;
}

/** Built-ins that the core has put another function around; see builtin-costs.ts. */
const charged: Readonly<Record<string, string>> = {
  parse: 'JSON',
  stringify: 'JSON',
  sort: 'Array',
  toSorted: 'Array',
  join: 'Array',
  split: 'String',
};

function nativeFrame(site: CallSite, made: boolean): string | undefined {
  const name = site.getFunctionName() ?? '';
  if (name === '') return undefined;
  if (made) return `new ${name} (<anonymous>)`;
  const owner = builtInName(site.getFunction(), name)?.[0] ?? charged[name];
  return `${owner === undefined ? '' : `${owner}.`}${name} (<anonymous>)`;
}

/** A frame as V8 writes it. `made` when the frame above it in the text is of a constructor called with `new`. */
function frameText(site: CallSite, position: Position | undefined, host: Host, made: boolean): Frame {
  const file = site.getFileName();
  if (file === null || file === '' || site.isNative()) return { text: nativeFrame(site, made), makes: false };
  const isCommonJs = file.startsWith('/');
  let line = site.getLineNumber();
  let column = columnOf(site);
  let name = (site.getFunctionName() ?? '').replace(/^<(anonymous|eval)>$/, '');
  if (file.startsWith('<')) {
    return {
      text: `${name === '' ? 'eval' : name} (eval at <anonymous>, <anonymous>:${line}:${column})`,
      makes: false,
    };
  }
  const described = /^(\d+):(\d+):([^\u0001]*)(\u0001?)$/s.exec(
    host.explain(`frame:${name}\u0001[]\u0001${sourceOf(site.getFunction())}`, file, line, column),
  );
  if (described !== null) {
    [line, column, name] = [Number(described[1]), Number(described[2]), described[3]!];
  }
  if (position?.site === site) ({ line, column } = position);
  const place = `${file}:${line}:${column}`;
  const shown = made && name !== '' && !name.includes(' ') && !name.includes('.') ? `new ${name}` : name;
  const isTop = isCommonJs && site.getFunctionName() === '<anonymous>';
  const text = shown !== '' ? `${shown} (${place})` : isTop ? `Object.<anonymous> (${place})` : place;
  return { text, makes: described?.[4] === '\u0001' };
}

/** The hook that QuickJS calls for everything thrown. `userHook` is what the function set as Error.prepareStackTrace. */
export function createStackHook(
  host: Host,
  inInvocation: () => boolean,
  userHook: () => unknown,
): ((error: Error, sites: CallSite[]) => unknown) & { capture(target: object, sites: CallSite[]): void } {
  const traces = new WeakMap<object, Trace>();
  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const errorToString = Error.prototype.toString;
  const { apply } = Reflect;

  const header = (error: Error): string => {
    try {
      return apply(errorToString, error, []) as string;
    } catch {
      return '<error>';
    }
  };
  const write = (trace: Trace): string[] => {
    const texts: string[] = [];
    let makes = false;
    // From the outermost in: whether a frame is of a constructor shows at the place that called it.
    for (const frame of trace.frames.toReversed()) {
      if (typeof frame === 'string') texts.push(frame);
      else {
        const described = frameText(frame, trace.position, host, makes);
        makes = described.makes;
        if (described.text !== undefined) texts.push(described.text);
      }
    }
    return texts.reverse().slice(0, trace.limit);
  };
  /** The first line is what the error is when its stack is first read, as in Node: names are set after the message. */
  const textOf = (error: Error, trace: Trace): string => {
    let lines: string[] = [];
    try {
      lines = write(trace);
    } catch {
      // What the function did to built-ins must not hide its error.
    }
    trace.frames = [];
    return [header(error), ...lines.map((frame) => `    at ${frame}`)].join('\n');
  };

  const framesOf = (sites: CallSite[]): (CallSite | string)[] => {
    const frames: (CallSite | string)[] = [];
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
      // Where a text could not be parsed: V8 shows no frame for it.
      if (typeof site.getFunction() !== 'function') continue;
      if (site.isNative() && /^\[Symbol\./.test(site.getFunctionName() ?? '')) continue;
      frames.push(site);
    }
    if (!runtimeShown && inInvocation()) {
      frames.push(
        'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
        'async Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)',
      );
    }
    return frames;
  };

  /** The call sites that a function may see: with the others it could call what only the core should. */
  const ownSites = (sites: CallSite[]): CallSite[] => {
    const own: CallSite[] = [];
    for (let index = 0; index < sites.length; index += 1) {
      const file = sites[index]!.getFileName() ?? '';
      const isOurs = file === coreFileName || file.startsWith('node:') || file === '<evalScript>';
      if (!isOurs) own[own.length] = sites[index]!;
    }
    return own;
  };

  const limitNow = (): number => {
    const limit: unknown = Error.stackTraceLimit;
    return typeof limit === 'number' && limit >= 0 ? limit : 0;
  };

  /** Defines `stack`, to be written when it is first read. */
  const define = (target: Error, sites: CallSite[], position: Position | undefined): void => {
    const trace: Trace = { frames: framesOf(sites), position, limit: limitNow() };
    traces.set(target, trace);
    let text: unknown;
    let written = false;
    const get = (): unknown => {
      if (!written) {
        text = textOf(target, trace);
        written = true;
      }
      return text;
    };
    const set = (value: unknown): void => {
      text = value;
      written = true;
    };
    defineProperty(target, 'stack', { get, set, enumerable: false, configurable: true });
  };

  /** Error.captureStackTrace, for errors and for anything else. */
  const capture = (target: object, sites: CallSite[]): void => {
    const hook = userHook();
    if (typeof hook !== 'function') return define(target as Error, sites, undefined);
    const value = (hook as (error: unknown, sites: CallSite[]) => unknown)(target, ownSites(sites));
    defineProperty(target, 'stack', { value, writable: true, enumerable: false, configurable: true });
  };

  function prepare(this: unknown, error: Error, sites: CallSite[]): unknown {
    // QuickJS asks for whatever is thrown, and defines what this returns as its stack.
    if (!(error instanceof Error)) return getOwnPropertyDescriptor(error, 'stack')?.value;
    // QuickJS may ask again in the frames that an exception leaves, with fewer call sites.
    if (traces.has(error)) return undefined;
    let position: Position | undefined;
    try {
      position = translateMessage(error, sites, host, this);
    } catch {
      // A proxy, or built-ins that the function replaced: the message stays.
    }
    const hook = userHook();
    if (typeof hook === 'function') {
      traces.set(error, { frames: [], position, limit: 0 });
      return (hook as (error: Error, sites: CallSite[]) => unknown)(error, ownSites(sites));
    }
    define(error, sites, position);
    return undefined;
  }
  return Object.assign(prepare, { capture });
}
