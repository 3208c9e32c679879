/** V8's messages for what built-in functions refuse, from their arguments. */
import { describeCircle } from './circular.ts';
import { builtInName, printValue, printWithKind } from './describe-value.ts';
import { describeJson } from './json-syntax.ts';
import { describePattern } from './regular-expression.ts';

/** A call of a built-in function that threw. */
export interface BuiltInCall {
  readonly function: unknown;
  readonly name: string;
  readonly values: readonly unknown[];
  /** What a method was called on, where the engine still knows. */
  receiver(): unknown;
}

type Describe = (call: BuiltInCall, path: Path, match: RegExpExecArray) => string | undefined;

interface Path {
  readonly owner: string;
  /** `Array.prototype.map` */
  readonly full: string;
}

const notIterable = (value: unknown): string =>
  `${printWithKind(value)} is not iterable (cannot read property Symbol(Symbol.iterator))`;

const callbackOf = ({ name, values }: BuiltInCall, { owner }: Path): unknown =>
  (owner === 'Array' && name === 'from') || name === 'groupBy' ? values[1] : values[0];

const iterated = ({ values }: BuiltInCall): string => notIterable(values[0]);

const requiresThis =
  (kind: string): Describe =>
  (_call, { full }) =>
    `${full} requires that 'this' be a ${kind}`;

const incompatible: Describe = (call, { full }) =>
  `Method ${full} called on incompatible receiver ${printValue(call.receiver())}`;

const nonObject: Describe = ({ name, values }, { owner, full }) => {
  if (owner === 'Reflect' && name === 'setPrototypeOf' && Object(values[0]) === values[0]) {
    return `Object prototype may only be an Object or null: ${printValue(values[1])}`;
  }
  if (owner === 'Reflect') return `${full} called on non-object`;
  if (full === 'Object.setPrototypeOf') {
    return values[0] === undefined || values[0] === null
      ? 'Object.setPrototypeOf called on null or undefined'
      : `Object prototype may only be an Object or null: ${printValue(values[1])}`;
  }
  if (full === 'Object.getPrototypeOf') return 'Cannot convert undefined or null to object';
  if (/^Object\.define/.test(full)) return `${full} called on non-object`;
  if (name === 'Proxy') return 'Cannot create proxy with a non-object as target or handler';
  if (owner === 'Promise')
    return name === 'resolve' ? 'PromiseResolve called on non-object' : `${full} called on non-object`;
  if (/^(Map|WeakMap|fromEntries)$/.test(name)) return entryMessage(values[0]);
  if (name === 'union' || /^(is\w+Of|isDisjointFrom|intersection|difference|symmetricDifference)$/.test(name)) {
    return `${full} argument must be an object`;
  }
  return undefined;
};

function entryMessage(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const wrong: unknown = list.find((item: unknown) => Object(item) !== item);
  return `Iterator value ${printValue(wrong)} is not an entry object`;
}

const rules: readonly (readonly [RegExp, Describe])[] = [
  [
    /^not a function$/,
    (call, path) => {
      const { name, values } = call;
      if (name === 'Promise') return `Promise resolver ${printValue(values[0])} is not a function`;
      if (/^(sort|toSorted)$/.test(name)) {
        return `The comparison function must be either a function or undefined: ${printValue(values[0])}`;
      }
      if (name === 'groupBy') return `${printValue(values[1])} is not a function`;
      if (path.full === 'Reflect.apply') {
        const given = values[0];
        return `Function.prototype.apply was called on ${printValue(given)}, which is ${/^[aeiou]/.test(typeof given) && given !== undefined ? 'an' : given === undefined ? '' : 'a'} ${typeof given} and not a function`.replace(
          'is  ',
          'is ',
        );
      }
      if (path.full === 'Reflect.construct') return `${printValue(values[0])} is not a constructor`;
      if (path.full === 'Function.prototype.bind') return 'Bind must be called on a function';
      if (path.full === 'Function.prototype.toString')
        return "Function.prototype.toString requires that 'this' be a Function";
      if (path.owner === 'Function') return undefined;
      return `${printWithKind(callbackOf(call, path))} is not a function`;
    },
  ],
  [
    /^not a constructor$/,
    ({ name, values }, { full }) =>
      full === 'Reflect.construct'
        ? `${printValue(values[0])} is not a constructor`
        : /^(Symbol|BigInt)$/.test(name)
          ? `${name} is not a constructor`
          : undefined,
  ],
  [
    /^not a object$/,
    ({ name, values }) =>
      name === 'construct' && typeof values[0] !== 'function'
        ? `${printValue(values[0])} is not a constructor`
        : 'CreateListFromArrayLike called on non-object',
  ],
  [
    /^(value is not iterable|cannot read property 'Symbol\.iterator' of (undefined|null))$/,
    (call, { full }) =>
      full === 'Object.groupBy' && (call.values[0] === null || call.values[0] === undefined)
        ? 'Object.groupBy called on null or undefined'
        : full === 'Object.fromEntries' && call.values[0] === undefined
          ? 'undefined is not iterable'
          : iterated(call),
  ],
  [
    /^Cannot convert undefined or null to object$/,
    ({ name }, { full, owner }) =>
      owner === 'Array' && full.includes('prototype') && !/^(push|copyWithin)$/.test(name)
        ? `${full} called on null or undefined`
        : undefined,
  ],
  [/^null or undefined are forbidden$/, (_call, { full }) => `${full} called on null or undefined`],
  [/^not an object$/, nonObject],
  [
    /^must be called with new$/,
    ({ name }) =>
      name === 'Promise' ? "Promise constructor cannot be invoked without 'new'" : `Constructor ${name} requires 'new'`,
  ],
  [/^abstract class not constructable$/, ({ name }) => `Abstract class ${name} not directly constructable`],
  [
    /^ArrayBuffer object expected$/,
    ({ name }) => (name === 'DataView' ? 'First argument to DataView constructor must be an ArrayBuffer' : undefined),
  ],
  [/^(?:Map|Set|WeakMap|WeakSet|Promise|WeakRef|RegExp|ArrayBuffer|DataView) object expected$/, incompatible],
  [
    /^(.+ Iterator) object expected$/,
    (call, _path, [, kind]) =>
      `Method ${kind!}.prototype.next called on incompatible receiver ${printValue(call.receiver())}`,
  ],
  [
    /^not a generator$/,
    (call) =>
      `Method [Generator].prototype.${call.name} called on incompatible receiver ${printValue(call.receiver())}`,
  ],
  [/^cannot invoke a running generator$/, () => 'Generator is already running'],
  [/^not a number$/, requiresThis('Number')],
  [/^not a string$/, requiresThis('String')],
  [/^not a boolean$/, requiresThis('Boolean')],
  [/^not a BigInt$/, requiresThis('BigInt')],
  [
    /^not a symbol$/,
    (call, { full }) =>
      call.name === 'keyFor'
        ? `${printValue(call.values[0])} is not a symbol`
        : `${full} requires that 'this' be a Symbol`,
  ],
  [
    /^not a Date object$/,
    (call, path, match) =>
      call.name === 'toISOString' ? incompatible(call, path, match) : 'this is not a Date object.',
  ],
  [
    /^invalid value used as (Weak\w+) key$/,
    (_call, _path, [, kind]) =>
      kind === 'WeakSet' ? 'Invalid value used in weak set' : 'Invalid value used as weak map key',
  ],
  [/^invalid target$/, ({ name }) => (name === 'WeakRef' ? 'WeakRef: invalid target' : undefined)],
  [
    /^invalid repeat count$/,
    ({ values }) =>
      typeof values[0] === 'number' && values[0] > 0 && values[0] < Infinity
        ? 'Invalid string length'
        : `Invalid count value: ${printValue(values[0])}`,
  ],
  [/^bad normalization form$/, () => 'The normalization form should be one of NFC, NFD, NFKC, NFKD.'],
  [
    /^invalid code point$/,
    ({ values }) =>
      `Invalid code point ${printValue(values.find((value) => !(Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0x10ffff)))}`,
  ],
  [/^regexp must have the 'g' flag$/, (_call, { full }) => `${full} called with a non-global RegExp argument`],
  [/^regexp not supported$/, (_call, { full }) => `First argument to ${full} must not be a regular expression`],
  [
    /^invalid number of digits$/,
    ({ name }) =>
      name === 'toPrecision'
        ? 'toPrecision() argument must be between 1 and 100'
        : `${name}() ${name === 'toFixed' ? 'digits ' : ''}argument must be between 0 and 100`,
  ],
  [/^invalid array index: (-?\d+)$/, (_call, _path, [, index]) => `Invalid index : ${index!}`],
  [
    /^(invalid array index|invalid length|invalid offset)$/,
    ({ name, values }, _path, [message]) => {
      if (name === 'ArrayBuffer') return 'Invalid array buffer length';
      if (name === 'asIntN' || name === 'asUintN') return 'Invalid value: not (convertible to) a safe integer';
      if (!/Array$/.test(name)) return undefined;
      const size = { 16: 2, 32: 4, 64: 8 }[Number(/\d+/.exec(name)?.[0])] ?? 1;
      if (message === 'invalid offset') return `start offset of ${name} should be a multiple of ${size}`;
      const length = typeof values[0] === 'number' ? values[0] : values[2];
      return length === undefined
        ? `byte length of ${name} should be a multiple of ${size}`
        : `Invalid typed array length: ${printValue(length)}`;
    },
  ],
  [/^invalid byteOffset$/, ({ values }) => `Start offset ${printValue(values[1])} is outside the bounds of the buffer`],
  [/^out of bound$/, () => 'Offset is outside the bounds of the DataView'],
  [/^invalid hint$/, ({ values }) => `Invalid hint: ${printValue(values[0])}`],
  [
    /^object prototype may only be an Object or null$/,
    ({ values }) => `Object prototype may only be an Object or null: ${printValue(values[0])}`,
  ],
  [/^circular prototype chain$/, () => 'Cyclic __proto__ value'],
  [
    /^Property description must be an object$/,
    ({ name, values }) =>
      `Property description must be an object: ${printValue(name === 'defineProperties' ? firstValue(values[1]) : values[2])}`,
  ],
  [
    /^(Getter|Setter) must be a function$/,
    ({ values }, _path, [, kind]) =>
      `${kind!} must be a function: ${printValue((values[2] as Record<string, unknown> | undefined)?.[kind === 'Getter' ? 'get' : 'set'])}`,
  ],
  [/^(Invalid property descriptor\. Cannot both .*)$/, (_call, _path, [, text]) => `${text!}, #<Object>`],
  [/^property is not configurable$/, ({ values }) => `Cannot redefine property: ${printValue(values[1])}`],
  [
    /^object is not extensible$/,
    (call, { full }) => {
      if (/^(Object|Reflect)\.defineProperty$/.test(full))
        return `Cannot define property ${printValue(call.values[1])}, object is not extensible`;
      if (full === 'Object.setPrototypeOf') return `${printValue(call.values[0])} is not extensible`;
      const receiver = call.receiver();
      const added = call.name === 'unshift' ? call.values.length - 1 : 0;
      if (Array.isArray(receiver)) return `Cannot add property ${receiver.length + added}, object is not extensible`;
      return undefined;
    },
  ],
  [
    /^'(.*)' is read-only$/s,
    (call, { full }, [, key]) => {
      const receiver = /^Object\.assign$|^Reflect\./.test(full) ? call.values[0] : call.receiver();
      const text =
        receiver === undefined && !/^(Object|Reflect)/.test(full) ? '[object Array]' : printValue(receiver ?? {});
      return `Cannot assign to read only property '${key!}' of object '${text}'`;
    },
  ],
  [
    /^could not delete property$/,
    (call, { full }) => {
      if (!full.startsWith('Array.')) return undefined;
      const receiver = call.receiver();
      const length = Array.isArray(receiver) ? receiver.length : 1;
      return `Cannot delete property '${length - 1}' of [object Array]`;
    },
  ],
  [/^cannot convert BigInt to number$/, () => 'Cannot convert a BigInt value to a number'],
  [
    /^cannot convert (?:to BigInt: not an integer|NaN or Infinity to BigInt)$/,
    ({ values }) => `The number ${printValue(values[0])} cannot be converted to a BigInt because it is not an integer`,
  ],
  [
    /^invalid BigInt literal$/,
    ({ values }) =>
      `Cannot convert ${typeof values[0] === 'object' ? '[object Object]' : printValue(values[0])} to a BigInt`,
  ],
  [/^cannot convert to BigInt$/, ({ values }) => `Cannot convert ${printValue(values[0])} to a BigInt`],
  [/^circular reference$/, ({ values }) => describeCircle(values[0]) ?? 'Converting circular structure to JSON'],
  [
    /^proxy: defineProperty exception$/,
    ({ values }) => `'defineProperty' on proxy: trap returned falsish for property '${printValue(values[1])}'`,
  ],
  [/^proxy: inconsistent prototype$/, () => "'getPrototypeOf' on proxy: trap returned neither object nor null"],
  [
    /^\.size is undefined$/,
    ({ values }, { full }) =>
      Object(values[0]) === values[0] ? 'The .size property is NaN' : `${full} argument must be an object`,
  ],
];

function firstValue(descriptors: unknown): unknown {
  return Object.values((descriptors ?? {}) as Record<string, unknown>)[0];
}

/** V8's message, or undefined when the built-in's own words stay. */
export function describeBuiltIn(message: string, call: BuiltInCall): string | undefined {
  const found = builtInName(call.function, call.name);
  const path: Path = { owner: found?.[0] ?? '', full: found === undefined ? call.name : `${found[0]}.${found[1]}` };
  for (const [pattern, describe] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return describe(call, path, match);
  }
  return undefined;
}

/** The same for SyntaxErrors: JSON.parse, RegExp, BigInt. */
export function describeBuiltInSyntax(message: string, call: BuiltInCall): string | undefined {
  if (call.name === 'parse') return describeJson(call.values[0]);
  if (call.name === 'BigInt') return describeBuiltIn(message, call);
  if (call.name === 'RegExp' || call.name === 'compile')
    return describePattern(message, call.values[0], call.values[1]);
  return undefined;
}
