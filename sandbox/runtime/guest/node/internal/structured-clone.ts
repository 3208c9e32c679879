/** structuredClone: the algorithm of the HTML standard for what exists in a function. */
import { codedError } from './errors.ts';
import * as types from '../util/types.ts';

const errorTypes: Record<string, ErrorConstructor> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function cannotClone(value: unknown): Error {
  let text: string;
  if (typeof value === 'symbol') text = String(value);
  else if (typeof value === 'function') text = Function.prototype.toString.call(value);
  else text = value instanceof Promise ? '#<Promise>' : `#<${(value as object).constructor.name}>`;
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

export function structuredClone(value: unknown, options?: { transfer?: unknown[] } | null): unknown {
  if (arguments.length === 0)
    throw codedError(
      TypeError,
      'ERR_MISSING_ARGS',
      'The "The value argument must be specified" argument must be specified',
    );
  const seen = new Map<unknown, unknown>();
  for (const item of options?.transfer ?? []) {
    if (!types.isArrayBuffer(item)) throw new DOMException('Value not transferable', 'DataCloneError');
    seen.set(item, (item as ArrayBuffer).transfer());
  }
  return clone(value, seen);
}

function clone(value: any, seen: Map<unknown, unknown>): unknown {
  if (typeof value === 'symbol' || typeof value === 'function') throw cannotClone(value);
  if (typeof value !== 'object' || value === null) return value;
  const existing = seen.get(value);
  if (existing !== undefined) return existing;
  const remember = <T>(copy: T): T => {
    seen.set(value, copy);
    return copy;
  };
  if (Array.isArray(value)) return copyProperties(value, remember(new Array(value.length)), seen);
  if (types.isDate(value)) return remember(new Date(Date.prototype.getTime.call(value)));
  if (types.isRegExp(value)) return remember(new RegExp(value.source, value.flags));
  if (types.isBoxedPrimitive(value)) {
    if (types.isSymbolObject(value)) throw cannotClone(value);
    return remember(Object(value.valueOf()));
  }
  if (types.isMap(value)) {
    const copy = remember(new Map());
    for (const [key, item] of [...(value as Map<unknown, unknown>)]) copy.set(clone(key, seen), clone(item, seen));
    return copy;
  }
  if (types.isSet(value)) {
    const copy = remember(new Set());
    for (const item of [...(value as Set<unknown>)]) copy.add(clone(item, seen));
    return copy;
  }
  if (types.isArrayBuffer(value)) return remember((value as ArrayBuffer).slice(0));
  if (types.isSharedArrayBuffer(value)) return value;
  if (ArrayBuffer.isView(value)) return remember(cloneView(value, seen));
  if (types.isNativeError(value)) return cloneError(value, remember, seen);
  if (
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    value instanceof WeakRef ||
    types.isGeneratorObject(value)
  ) {
    throw cannotClone(value);
  }
  return copyProperties(value, remember({}), seen);
}

function copyProperties(source: any, target: any, seen: Map<unknown, unknown>): unknown {
  for (const key of Object.keys(source as object)) {
    Object.defineProperty(target, key, {
      value: clone(source[key], seen),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return target;
}

function cloneView(value: any, seen: Map<unknown, unknown>): unknown {
  const buffer = clone(value.buffer, seen) as ArrayBuffer;
  const name = types.typedArrayName(value) ?? 'DataView';
  const View = (globalThis as any)[name] as new (buffer: ArrayBuffer, offset: number, length: number) => unknown;
  return new View(
    buffer,
    value.byteOffset as number,
    (name === 'DataView' ? value.byteLength : value.length) as number,
  );
}

function cloneError(value: any, remember: <T>(copy: T) => T, seen: Map<unknown, unknown>): unknown {
  const Type = errorTypes[String(value.name)] ?? Error;
  const error = remember(new Type());
  const define = (name: string, item: unknown): void => {
    Object.defineProperty(error, name, { value: item, writable: true, enumerable: false, configurable: true });
  };
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  if (message !== undefined && 'value' in message) define('message', String(message.value));
  error.stack = String(value.stack);
  if (Object.hasOwn(value, 'cause')) define('cause', clone(value.cause, seen));
  return error;
}
