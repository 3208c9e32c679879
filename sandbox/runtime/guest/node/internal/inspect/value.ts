/** One value: custom inspection, cycles, what kind of object it is, and its properties. */
import * as types from '../../util/types.ts';
import {
  arrayContents,
  bytesContents,
  type Contents,
  hiddenContents,
  mapContents,
  promiseContents,
  setContents,
  typedArrayContents,
} from './collections.ts';
import { formatError } from './errors.ts';
import { describeFunction } from './functions.ts';
import { layOut } from './layout.ts';
import { constructorName, prefix, shownKeys, shownKeysOfArray } from './names.ts';
import { customInspect, defaultOptions, type InspectContext } from './options.ts';
import { formatNumber, formatPrimitive } from './primitives.ts';
import { escapeText, quote } from './strings.ts';

/** What a property belongs to: decides whether its name is printed. */
export const entryKind = { property: 0, arrayElement: 1, arrayExtra: 2 } as const;
type EntryKind = (typeof entryKind)[keyof typeof entryKind];

/** Printed characters at one level of indentation after which depth is cut, so that output cannot explode. */
const outputBudget = 2 ** 27;

/** Node 24 keeps square brackets for properties that are not enumerable; before, symbols had them too. */
const bracketsMeanHidden = internals.configuration.runtime === 'nodejs24.x';

const inspectModule = (): typeof import('../inspect.ts') => load('internal/inspect');

export function formatValue(context: InspectContext, value: any, depth: number, typedArray?: boolean): string {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    return formatPrimitive(context.stylize, value, context);
  }
  const original = value;
  const proxy = internals.proxyDetails(value);
  if (proxy !== undefined) {
    if (context.showProxy) return formatProxy(context, proxy, depth);
    let target: any = proxy.target;
    for (let inner = internals.proxyDetails(target); inner !== undefined;) {
      target = inner.target;
      inner = internals.proxyDetails(target);
    }
    if (target === null) return context.stylize('<Revoked Proxy>', 'special');
    value = target;
  }
  if (context.customInspect) {
    const custom = value[customInspect];
    if (typeof custom === 'function' && custom !== inspectModule().inspect && !isPrototypeObject(value)) {
      const remaining = context.depth === null ? null : context.depth - depth;
      const result = custom.call(original, remaining, optionsForUser(context), inspectModule().inspect);
      if (result !== original) {
        const text = typeof result === 'object' ? formatValue(context, result, depth) : String(result);
        return text.replaceAll('\n', `\n${' '.repeat(context.indentationLevel)}`);
      }
    }
  }
  if (context.seen.includes(value)) {
    context.circular ??= new Map();
    let index = context.circular.get(value);
    if (index === undefined) {
      index = context.circular.size + 1;
      context.circular.set(value, index);
    }
    return context.stylize(`[Circular *${index}]`, 'special');
  }
  return formatObject(context, value, depth, typedArray);
}

function isPrototypeObject(value: any): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(value, 'constructor');
  return typeof descriptor?.value === 'function' && descriptor.value.prototype === value;
}

function optionsForUser(context: InspectContext): object {
  const options: Record<string, unknown> = { ...context.userOptions, stylize: context.stylize };
  for (const key of Object.keys(defaultOptions)) options[key] = (context as any)[key];
  return options;
}

function formatProxy(context: InspectContext, proxy: { target: any; handler: any }, depth: number): string {
  if (context.depth !== null && depth > context.depth) return context.stylize('Proxy [Array]', 'special');
  depth += 1;
  context.indentationLevel += 2;
  const parts = [formatValue(context, proxy.target, depth), formatValue(context, proxy.handler, depth)];
  context.indentationLevel -= 2;
  return layOut(context, parts, '', ['Proxy [', ']'], true, depth, undefined);
}

/** How one kind of object is printed. Text alone means there is nothing more to say. */
interface Shape {
  base: string;
  braces: [string, string];
  keys: PropertyKey[];
  contents?: Contents;
  isArray?: boolean;
}

function formatObject(context: InspectContext, value: any, depth: number, typedArray?: boolean): string {
  const constructor = constructorName(value, context, (inner) => inspectModule().inspect(inner, { depth: -1 }));
  let tag: unknown = value[Symbol.toStringTag];
  const tagIsListed = context.showHidden
    ? Object.hasOwn
    : (object: object, key: symbol) => Object.prototype.propertyIsEnumerable.call(object, key);
  if (typeof tag !== 'string' || (tag !== '' && tagIsListed(value, Symbol.toStringTag))) tag = '';
  const shape =
    (Symbol.iterator in value || constructor === null
      ? iterableShape(context, value, constructor, tag as string)
      : undefined) ?? otherShape(context, value, constructor, tag as string, depth, typedArray);
  if (typeof shape === 'string') return shape;
  const { keys, braces, contents, isArray = false } = shape;
  let { base } = shape;
  if (context.depth !== null && depth > context.depth) {
    const name = prefix(constructor, tag as string, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    return context.stylize(constructor === null ? name : `[${name}]`, 'special');
  }
  depth += 1;
  context.seen.push(value);
  context.currentDepth = depth;
  const entries = contents === undefined ? [] : contents(context, value, depth);
  for (const key of keys) {
    entries.push(formatProperty(context, value, depth, key, isArray ? entryKind.arrayExtra : entryKind.property));
  }
  const reference = context.circular?.get(value);
  if (reference !== undefined) {
    const text = context.stylize(`<ref *${reference}>`, 'special');
    if (context.compact === true) braces[0] = `${text} ${braces[0]}`;
    else base = base === '' ? text : `${text} ${base}`;
  }
  context.seen.pop();
  if (context.sorted) {
    const comparator = context.sorted === true ? undefined : context.sorted;
    if (isArray) {
      const sorted = entries.splice(entries.length - keys.length).sort(comparator);
      entries.push(...sorted);
    } else {
      entries.sort(comparator);
    }
  }
  const result = layOut(context, entries, base, braces, isArray, depth, value);
  const spent = (context.budget[context.indentationLevel] ?? 0) + result.length;
  context.budget[context.indentationLevel] = spent;
  if (spent > outputBudget) context.depth = -1;
  return result;
}

function iterableShape(
  context: InspectContext,
  value: any,
  constructor: string | null,
  tag: string,
): Shape | string | undefined {
  const { showHidden } = context;
  if (Array.isArray(value)) {
    const name = constructor !== 'Array' || tag !== '' ? prefix(constructor, tag, 'Array', `(${value.length})`) : '';
    const keys = shownKeysOfArray(value, showHidden);
    if (value.length === 0 && keys.length === 0) return `${name}[]`;
    return { base: '', braces: [`${name}[`, ']'], keys, contents: arrayContents, isArray: true };
  }
  if (types.isSet(value) || types.isMap(value)) {
    const isSet = types.isSet(value);
    const name = prefix(constructor, tag, isSet ? 'Set' : 'Map', `(${value.size})`);
    const keys = shownKeys(value, showHidden);
    if (value.size === 0 && keys.length === 0) return `${name}{}`;
    return { base: '', braces: [`${name}{`, '}'], keys, contents: isSet ? setContents : mapContents };
  }
  const arrayName = types.typedArrayName(value);
  if (arrayName !== undefined) {
    const keys = shownKeysOfArray(value, showHidden);
    const name = prefix(constructor, tag, arrayName, `(${value.length})`);
    if (value.length === 0 && keys.length === 0 && !showHidden) return `${name}[]`;
    return { base: '', braces: [`${name}[`, ']'], keys, contents: typedArrayContents, isArray: true };
  }
  if (tag === 'Map Iterator' || tag === 'Set Iterator') {
    return { base: '', braces: [`[${tag}] {`, '}'], keys: shownKeys(value, showHidden), contents: hiddenContents };
  }
  return undefined;
}

function otherShape(
  context: InspectContext,
  value: any,
  constructor: string | null,
  tag: string,
  depth: number,
  typedArray: boolean | undefined,
): Shape | string {
  const keys = shownKeys(value, context.showHidden);
  const shape = (name: string, contents?: Contents): Shape => ({
    base: '',
    braces: [
      `${prefix(constructor, tag, constructor === null ? Object.prototype.toString.call(value).slice(8, -1) : name)}{`,
      '}',
    ],
    keys,
    ...(contents && { contents }),
  });
  const withBase = (base: string, style?: string): Shape | string =>
    keys.length === 0
      ? style === undefined
        ? base
        : context.stylize(base, style)
      : { base, braces: ['{', '}'], keys };
  if (typeof value === 'function') return withBase(describeFunction(value, constructor, tag), 'special');
  if (types.isArgumentsObject(value)) {
    const elements = Array.from(value);
    return elements.length === 0 ? '[Arguments] {}' : { base: '', braces: ['[Arguments] {', '}'], keys };
  }
  if (constructor === 'Object' && !types.isNativeError(value)) {
    const braces: [string, string] = [tag === '' ? '{' : `${prefix(constructor, tag, 'Object')}{`, '}'];
    return keys.length === 0 ? `${braces[0]}}` : { base: '', braces, keys };
  }
  if (types.isRegExp(value) || types.isDate(value)) {
    const isDate = types.isDate(value);
    const name = isDate ? 'Date' : 'RegExp';
    const text = isDate
      ? Number.isNaN(Date.prototype.getTime.call(value))
        ? 'Invalid Date'
        : Date.prototype.toISOString.call(value)
      : RegExp.prototype.toString.call(value);
    const lead = prefix(constructor, tag, name);
    const base = lead === `${name} ` ? text : `${lead}${text}`;
    if (keys.length === 0 || (context.depth !== null && depth > context.depth)) {
      return context.stylize(base, isDate ? 'date' : 'regexp');
    }
    return { base, braces: ['{', '}'], keys };
  }
  if (types.isNativeError(value) || value instanceof Error) {
    const base = formatError(value, constructor, tag, context, keys);
    return keys.length === 0 ? base : { base, braces: ['{', '}'], keys };
  }
  if (types.isAnyArrayBuffer(value)) {
    const name = types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
    if (typedArray && keys.length === 0) {
      return `${prefix(constructor, tag, name)}{ byteLength: ${formatNumber(context.stylize, value.byteLength, false)} }`;
    }
    keys.unshift('byteLength');
    return shape(name, typedArray ? undefined : bytesContents);
  }
  if (types.isDataView(value)) {
    keys.unshift('byteLength', 'byteOffset', 'buffer');
    return shape('DataView');
  }
  if (types.isPromise(value)) return shape('Promise', promiseContents);
  if (types.isWeakSet(value)) return shape('WeakSet', hiddenContents);
  if (types.isWeakMap(value)) return shape('WeakMap', hiddenContents);
  if (types.isModuleNamespaceObject(value)) return shape('Module');
  if (types.isBoxedPrimitive(value))
    return withBase(boxedBase(context, value, keys, constructor, tag), typeof value.valueOf());
  if (keys.length === 0) return `${prefix(constructor, tag, 'Object')}{}`;
  return shape('Object');
}

function boxedBase(
  context: InspectContext,
  value: any,
  keys: PropertyKey[],
  constructor: string | null,
  tag: string,
): string {
  const type = types.isNumberObject(value)
    ? 'Number'
    : types.isStringObject(value)
      ? 'String'
      : types.isBooleanObject(value)
        ? 'Boolean'
        : types.isBigIntObject(value)
          ? 'BigInt'
          : 'Symbol';
  const primitive: unknown = (globalThis as any)[type].prototype.valueOf.call(value);
  if (type === 'String') keys.splice(0, (primitive as string).length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive((text) => text, primitive, context)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return base;
}

export function formatProperty(
  context: InspectContext,
  value: any,
  depth: number,
  key: PropertyKey,
  kind: EntryKind,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? {
    value: value[key],
    enumerable: !bracketsMeanHidden,
  };
  let text: string;
  let separator = ' ';
  if (descriptor.value !== undefined) {
    const indent = context.compact !== true || kind !== entryKind.property ? 2 : 3;
    context.indentationLevel += indent;
    text = formatValue(context, descriptor.value, depth);
    if (indent === 3 && context.breakLength < text.length) separator = `\n${' '.repeat(context.indentationLevel)}`;
    context.indentationLevel -= indent;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(context, value, descriptor, depth);
  } else if (descriptor.set !== undefined) {
    text = context.stylize('[Setter]', 'special');
  } else {
    text = context.stylize('undefined', 'undefined');
  }
  if (kind === entryKind.arrayElement) return text;
  return `${propertyName(context, key, descriptor.enumerable !== false)}:${separator}${text}`;
}

function propertyName(context: InspectContext, key: PropertyKey, enumerable: boolean): string {
  if (typeof key === 'symbol') {
    const text = context.stylize(escapeText(String(key), false), 'symbol');
    return bracketsMeanHidden && enumerable ? text : `[${text}]`;
  }
  const name = String(key);
  if (name === '__proto__') return "['__proto__']";
  if (!enumerable) return `[${escapeText(name, false)}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(name) ? context.stylize(name, 'name') : context.stylize(quote(name), 'string');
}

function formatGetter(context: InspectContext, value: any, descriptor: PropertyDescriptor, depth: number): string {
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  const special = (text: string): string => context.stylize(text, 'special');
  const wanted =
    context.getters === true ||
    (context.getters === 'get' && descriptor.set === undefined) ||
    (context.getters === 'set' && descriptor.set !== undefined);
  if (!wanted) return special(`[${label}]`);
  try {
    const result: unknown = descriptor.get?.call(value);
    if (typeof result === 'object' && result !== null) {
      context.indentationLevel += 2;
      const text = `${special(`[${label}]`)} ${formatValue(context, result, depth)}`;
      context.indentationLevel -= 2;
      return text;
    }
    return `${special(`[${label}:`)} ${formatPrimitive(context.stylize, result, context)}${special(']')}`;
  } catch (error) {
    return `${special(`[${label}:`)} <Inspection threw (${(error as Error).message})>${special(']')}`;
  }
}
