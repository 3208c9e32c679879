/** Values as V8's messages print them, without running the function's code. */

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const objectToString = Object.prototype.toString;
const functionToString = Function.prototype.toString;
const { apply } = Reflect;
const { isArray } = Array;

/** A field found without calling getters; undefined when there is none, or a proxy stands in between. */
export function plainField(object: object, key: PropertyKey): unknown {
  for (let owner: object | null = object; owner !== null; owner = getPrototypeOf(owner) as object | null) {
    const found = getOwnPropertyDescriptor(owner, key);
    if (found !== undefined) return found.value as unknown;
  }
  return undefined;
}

/** The name of what made the object: `Object` when nobody can tell. */
export function constructorName(object: object): string {
  const made = plainField(object, 'constructor');
  const name = typeof made === 'function' ? plainField(made, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

/** `text`, `5`, `#<Foo>`, `[object Array]`, or a function's source. */
export function printValue(value: unknown): string {
  if (typeof value === 'symbol') return `Symbol(${value.description ?? ''})`;
  if (typeof value === 'function') return apply(functionToString, value, []) as string;
  if (value === null || typeof value !== 'object') return String(value);
  try {
    if (isArray(value)) return '[object Array]';
    if (value instanceof Error) return `${String(plainField(value, 'name'))}: ${String(plainField(value, 'message'))}`;
    if (plainField(value, 'toString') === objectToString) return `#<${constructorName(value)}>`;
    const tag = plainField(value, Symbol.toStringTag);
    if (typeof tag === 'string') return `[object ${tag}]`;
    return `[object ${/^(Date|RegExp|Number|String|Boolean)$/.test(constructorName(value)) ? constructorName(value) : 'Object'}]`;
  } catch {
    return '#<Object>';
  }
}

/** With the kind in front, where V8 has no expression to name: `number 5`, `string "x"`, `object null`, `object`. */
export function printWithKind(value: unknown): string {
  if (typeof value === 'string') return `string "${value}"`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return `${typeof value} ${String(value)}`;
  return typeof value;
}

const owners = [
  ...['Array', 'String', 'Map', 'Set', 'Number', 'Object', 'Promise', 'Date', 'RegExp', 'Function', 'BigInt', 'Symbol'],
  ...['WeakMap', 'WeakSet', 'Boolean', 'ArrayBuffer', 'DataView', 'Iterator', 'WeakRef', 'Error'],
].map((name) => [name, (globalThis as Record<string, unknown>)[name] as { prototype?: object } | undefined] as const);
const spaces = ['JSON', 'Reflect', 'Math'].map(
  (name) => [name, (globalThis as Record<string, unknown>)[name] as object] as const,
);
const typedArray = getPrototypeOf(Uint8Array) as { prototype: object };

/** A built-in function's owner and name: `['Array', 'prototype.map']`, `['JSON', 'parse']`; undefined for others. */
export function builtInName(value: unknown, name: string): readonly [owner: string, path: string] | undefined {
  const holds = (object: object | undefined): boolean =>
    object !== undefined && getOwnPropertyDescriptor(object, name)?.value === value;
  for (const [owner, made] of owners) {
    if (made === undefined) continue;
    if (holds(made.prototype)) return [owner, `prototype.${name}`];
    if (holds(made)) return [owner, name];
  }
  for (const [owner, space] of spaces) if (holds(space)) return [owner, name];
  if (holds(typedArray.prototype)) return ['TypedArray', `prototype.${name}`];
  return undefined;
}
