/** node:util. */
import { format, formatWithOptions, inspect, stripVTControlCharacters } from './internal/inspect.ts';
import { codedError, invalidArgType, invalidArgValue } from './internal/errors.ts';
import { validateFunction, validateString } from './internal/validate.ts';
const types = load<typeof import('./util/types.ts')>('util/types');

type AnyFunction = (...args: any[]) => any;

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original: any): AnyFunction {
  validateFunction(original, 'original');
  const { setTimeout, setImmediate } = internals.timers;
  // The module gives these two their promise forms.
  if (original === setTimeout || original === setImmediate) load('timers');
  const custom = (original as any)[customPromisify];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, customPromisify, { value: custom, configurable: true }) as AnyFunction;
  }
  function promisified(this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const callback = (error: unknown, ...values: unknown[]): void => {
        if (error) reject(error);
        else resolve(values[0]);
      };
      original.call(this, ...args, callback);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original) as object);
  Object.defineProperty(promisified, customPromisify, { value: promisified, configurable: true });
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original)) as AnyFunction;
}
promisify.custom = customPromisify;

export function callbackify(original: any): AnyFunction {
  validateFunction(original, 'original');
  function callbackified(this: unknown, ...args: any[]): void {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    original.apply(this, args).then(
      (value: unknown) => internals.timers.nextTick(callback, null, value),
      (reason: unknown) => internals.timers.nextTick(callback, reason || falsyRejection(reason)),
    );
  }
  return Object.defineProperties(callbackified, {
    ...Object.getOwnPropertyDescriptors(original),
    name: { value: `${original.name}Callbackified`, configurable: true },
    length: { value: original.length + 1, configurable: true },
  }) as AnyFunction;
}

function falsyRejection(reason: unknown): Error {
  return Object.assign(codedError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), {
    reason,
  });
}

export function inherits(constructor: any, parent: any): void {
  if (constructor == null) throw invalidArgType('ctor', 'Function', constructor);
  if (parent == null) throw invalidArgType('superCtor', 'Function', parent);
  if (parent.prototype === undefined) throw invalidArgType('superCtor.prototype', 'Object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

const warnedCodes = new Set<string>();

export function deprecate(original: any, message: string, code?: string): AnyFunction {
  let warned = false;
  function deprecated(this: unknown, ...args: unknown[]): unknown {
    if (!warned) {
      warned = true;
      if (code === undefined || !warnedCodes.has(code)) {
        if (code !== undefined) warnedCodes.add(code);
        const emit = internals.process['emitWarning'] as AnyFunction;
        emit(message, 'DeprecationWarning', code);
      }
    }
    return new.target ? Reflect.construct(original, args, new.target) : original.apply(this, args);
  }
  Object.setPrototypeOf(deprecated, original);
  if (original.prototype) deprecated.prototype = original.prototype;
  return deprecated;
}

export function debuglog(section: string, callback?: (log: AnyFunction) => void): AnyFunction & { enabled: boolean } {
  const wanted = String(
    (internals.process['env'] as Record<string, string | undefined>)['NODE_DEBUG'] ?? '',
  ).toUpperCase();
  const names = wanted.split(',').map((name) => name.trim());
  const enabled = names.some(
    (name) => name !== '' && new RegExp(`^${name.replaceAll('*', '.*')}$`).test(section.toUpperCase()),
  );
  const log = (...args: unknown[]): void => {
    if (enabled)
      internals.writeRaw(`${section.toUpperCase()} ${String(internals.process['pid'])}: ${format(...args)}\n`);
  };
  callback?.(log);
  return Object.assign(log, { enabled });
}

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return load('internal/comparisons').deepEqual(a, b, true) as boolean;
}

export function styleText(style: string | string[], text: string, options?: { validateStream?: boolean }): string {
  validateString(text, 'text');
  // Colours are for terminals, and the output of a function is none.
  const { FORCE_COLOR } = internals.process['env'] as Record<string, string | undefined>;
  if (options?.validateStream !== false && FORCE_COLOR === undefined) return text;
  let before = '';
  let after = '';
  for (const name of Array.isArray(style) ? style : [style]) {
    if (name === 'none') continue;
    const codes = inspect.colors[name];
    if (codes === undefined) {
      const allowed = Object.keys(inspect.colors).map((item) => `'${item}'`);
      throw invalidArgValue('format', name, `must be one of: ${allowed.join(', ')}`);
    }
    before += `\u001b[${codes[0]}m`;
    after = `\u001b[${codes[1]}m${after}`;
  }
  return `${before}${text}${after}`;
}

export function toUSVString(text: unknown): string {
  return String(text).toWellFormed();
}

/** Resolves with undefined when the signal aborts; the resource keeps the promise from outliving it. */
export function aborted(signal: AbortSignal, resource: object): Promise<void> {
  if (typeof resource !== 'object') throw invalidArgType('resource', 'object', resource);
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

const errorNames: Record<number, [string, string]> = {
  [-1]: ['EPERM', 'operation not permitted'],
  [-2]: ['ENOENT', 'no such file or directory'],
  [-13]: ['EACCES', 'permission denied'],
  [-17]: ['EEXIST', 'file already exists'],
  [-20]: ['ENOTDIR', 'not a directory'],
  [-21]: ['EISDIR', 'illegal operation on a directory'],
  [-22]: ['EINVAL', 'invalid argument'],
  [-28]: ['ENOSPC', 'no space left on device'],
  [-30]: ['EROFS', 'read-only file system'],
  [-39]: ['ENOTEMPTY', 'directory not empty'],
  [-104]: ['ECONNRESET', 'connection reset by peer'],
  [-110]: ['ETIMEDOUT', 'connection timed out'],
  [-111]: ['ECONNREFUSED', 'connection refused'],
  [-3008]: ['ENOTFOUND', 'unknown node or service'],
};

export const getSystemErrorName = (errno: number): string | undefined => errorNames[errno]?.[0];
export const getSystemErrorMap = (): Map<number, [string, string]> =>
  new Map(Object.entries(errorNames).map(([errno, entry]) => [Number(errno), entry]));

/** The names of the call sites above the caller; the simulator keeps no such list. */
export function getCallSites(): never {
  throw load('internal/errors').notSimulated('util.getCallSites()');
}

const moduleExports: Record<string, unknown> = {
  _extend: (target: object, source: object): object => Object.assign(target, source),
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  inherits,
  inspect,
  isArray: Array.isArray,
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  types,
};
const lazily = (name: string, module: string): void => {
  Object.defineProperty(moduleExports, name, {
    get: () => load(module)[name],
    enumerable: true,
    configurable: true,
  });
};
lazily('TextEncoder', 'internal/encoding');
lazily('TextDecoder', 'internal/encoding');
lazily('parseArgs', 'internal/parse-args');
lazily('parseEnv', 'internal/parse-env');
export default moduleExports;
