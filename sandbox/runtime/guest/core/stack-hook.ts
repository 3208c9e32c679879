/** Error.prepareStackTrace as V8 has it, in front of the hook by which QuickJS lets stacks be written. */
import type { Host } from './host.ts';

/** The call sites are QuickJS's. */
type Hook = (this: unknown, error: Error, sites: any[]) => unknown;

/** The real hook, and what Error.captureStackTrace does with the call sites. */
type LazyHook = Hook & { capture(target: object, sites: any[]): void };

/** QuickJS's own kind of error, which Node does not have: out of memory, strings too long. */
const { InternalError } = globalThis as unknown as { InternalError: new () => Error };

/** Thrown to QuickJS, never seen by the function. */
const keepStack = 'keep the stack';

/** As many call sites as QuickJS ever gives. */
const mostSites = 64;

const overflow = 'Maximum call stack size exceeded';

/** `create` makes the real hook, when the first error is thrown. */
export function installStackHook(host: Host, create: (userHook: () => unknown) => LazyHook): void {
  const { getOwnPropertyDescriptor, defineProperty, setPrototypeOf } = Object;
  const rangeError = RangeError.prototype;
  let userHook: unknown;
  let hook: LazyHook | undefined;
  let captured: any[] | undefined;
  let capturing = false;
  let loading = false;

  const messageOf = (error: Error): unknown => getOwnPropertyDescriptor(error, 'message')?.value;

  /** At the end of the stack nothing can be loaded: the stack is one line. */
  const plainStack = (error: Error): void => {
    let text: unknown = `RangeError: ${overflow}`;
    defineProperty(error, 'stack', {
      get: () => text,
      set: (value: unknown) => {
        text = value;
      },
      enumerable: false,
      configurable: true,
    });
  };

  const decide: Hook = (error, sites) => {
    if (capturing) {
      captured = sites;
      return undefined;
    }
    if (error instanceof InternalError) {
      const message = messageOf(error);
      if (message === 'out of memory') host.outOfMemory();
      if (message === 'out of memory' || message === 'interrupted') return undefined;
      setPrototypeOf(error, rangeError);
      if (message === 'string too long') {
        defineProperty(error, 'message', { value: 'Invalid string length', writable: true, configurable: true });
      }
    }
    if (hook === undefined && error instanceof RangeError && messageOf(error) === overflow) {
      if (getOwnPropertyDescriptor(error, 'stack') === undefined) plainStack(error);
      return undefined;
    }
    if (hook === undefined) {
      if (loading) return undefined;
      loading = true;
      try {
        hook = create(() => userHook);
      } finally {
        loading = false;
      }
    }
    // As `this` the hook gets what QuickJS called: by it the host finds the frame that raised the error.
    return hook.call(prepare, error, sites);
  };

  /** QuickJS defines what this returns as the stack; when it throws, the stack that `decide` defined stays. */
  const prepare: Hook = (error, sites) => {
    const stack = decide(error, sites);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- an Error would want a stack of its own
    if (stack === undefined) throw keepStack;
    return stack;
  };
  /** In place of QuickJS's own, which would define what the hook returns. `above` and what it called are left out. */
  const { captureStackTrace } = {
    captureStackTrace(target: unknown, above?: unknown): void {
      if (target === null || (typeof target !== 'object' && typeof target !== 'function')) {
        throw new TypeError('Invalid argument');
      }
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = mostSites;
      capturing = true;
      captured = [];
      new Error();
      capturing = false;
      Error.stackTraceLimit = limit;
      const sites = captured as { getFunction(): unknown }[];
      const skipped = sites.findIndex((site) => site.getFunction() === above);
      const shown = typeof above !== 'function' ? sites : skipped < 0 ? [] : sites.slice(skipped + 1);
      hook ??= create(() => userHook);
      hook.capture(target, shown);
    },
  };
  defineProperty(Error, 'captureStackTrace', {
    value: captureStackTrace,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  (Error as unknown as { prepareStackTrace: unknown }).prepareStackTrace = prepare;
  defineProperty(Error, 'prepareStackTrace', {
    get: () => userHook,
    set: (value: unknown) => {
      userHook = value;
    },
    configurable: true,
    enumerable: false,
  });
  delete (globalThis as { InternalError?: unknown }).InternalError;
}
