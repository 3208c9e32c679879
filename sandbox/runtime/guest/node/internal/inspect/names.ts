/** What an object is called: its constructor, its tag, the prefix before its braces. */
import type { InspectContext } from './options.ts';

/** The name of the constructor an object was made by; null when nothing on its prototype chain tells. */
export function constructorName(
  value: object,
  context: InspectContext,
  inspect: (value: unknown) => string,
): string | null {
  let object: object | null = value;
  let firstPrototype: object | null | undefined;
  while (object !== null) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    const maker = descriptor?.value as unknown;
    if (typeof maker === 'function' && maker.name !== '' && isMadeBy(value, maker)) return maker.name;
    object = Object.getPrototypeOf(object) as object | null;
    firstPrototype ??= object;
    if (firstPrototype === null) return null;
  }
  const base = Object.prototype.toString.call(value).slice(8, -1);
  return `${base} <${context.currentDepth > 4 ? 'Complex prototype' : inspect(firstPrototype)}>`;
}

function isMadeBy(value: object, maker: Function): boolean {
  try {
    return value instanceof maker;
  } catch {
    return false;
  }
}

/** `Foo(2) [tag] `, with the space that separates it from a brace. */
export function prefix(constructor: string | null, tag: string, fallback: string, size = ''): string {
  if (constructor === null) {
    return tag !== '' && fallback !== tag
      ? `[${fallback}${size}: null prototype] [${tag}] `
      : `[${fallback}${size}: null prototype] `;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

/** The own keys that are printed. */
export function shownKeys(value: object, showHidden: boolean): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) {
    const names: PropertyKey[] = Object.getOwnPropertyNames(value);
    return symbols.length > 0 ? names.concat(symbols) : names;
  }
  let names: PropertyKey[];
  try {
    names = Object.keys(value);
  } catch {
    // A module namespace with a binding that is not initialised yet.
    names = Object.getOwnPropertyNames(value);
  }
  for (const symbol of symbols) if (Object.prototype.propertyIsEnumerable.call(value, symbol)) names.push(symbol);
  return names;
}

const indexKey = /^(0|[1-9]\d*)$/;

/** The same for arrays: without their elements. */
export function shownKeysOfArray(value: ArrayLike<unknown> & object, showHidden: boolean): PropertyKey[] {
  const keys = shownKeys(value, showHidden);
  const isIndex = (key: PropertyKey): boolean =>
    typeof key === 'string' && indexKey.test(key) && Number(key) < 2 ** 32 - 1;
  // Elements come first and in order: the first other key ends them.
  let first = 0;
  while (first < keys.length && isIndex(keys[first] as PropertyKey)) first++;
  return first === 0 ? keys : keys.slice(first);
}
