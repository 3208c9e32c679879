/** util.format: `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O`, `%c`, `%%`, and the rest of the arguments. */
import { noStyle, type InspectOptions } from './options.ts';
import { formatBigInt, formatNumber } from './primitives.ts';

type Inspect = (value: unknown, options?: InspectOptions) => string;

export function formatWith(inspect: Inspect, options: InspectOptions | undefined, args: readonly unknown[]): string {
  const first = args[0];
  if (typeof first === 'string' && args.length === 1) return first;
  let used = 0;
  let text = '';
  let join = '';
  if (typeof first === 'string') {
    let last = 0;
    for (let at = first.indexOf('%'); at !== -1 && at < first.length - 1; at = first.indexOf('%', at)) {
      const letter = first[at + 1] as string;
      if (letter === '%') {
        text += `${first.slice(last, at)}%`;
        last = at + 2;
      } else if (used + 1 < args.length && 'sdifjoOc'.includes(letter)) {
        text += first.slice(last, at) + placeholder(letter, args[++used], inspect, options);
        last = at + 2;
      } else {
        at += 1;
        continue;
      }
      at += 2;
    }
    if (last !== 0) {
      used += 1;
      join = ' ';
      text += first.slice(last);
    }
  }
  for (; used < args.length; used++) {
    const value = args[used];
    text += join + (typeof value === 'string' ? value : inspect(value, options));
    join = ' ';
  }
  return text;
}

function placeholder(letter: string, value: unknown, inspect: Inspect, options: InspectOptions | undefined): string {
  const separator = options?.numericSeparator ?? false;
  switch (letter) {
    case 's':
      if (typeof value === 'number') return formatNumber(noStyle, value, separator);
      if (typeof value === 'bigint') return formatBigInt(noStyle, value, separator);
      if (typeof value !== 'object' || value === null || hasOwnToString(value)) return String(value);
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'd':
      if (typeof value === 'bigint') return formatBigInt(noStyle, value, separator);
      return formatNumber(noStyle, typeof value === 'symbol' ? NaN : Number(value), separator);
    case 'i':
      if (typeof value === 'bigint') return formatBigInt(noStyle, value, separator);
      return formatNumber(noStyle, typeof value === 'symbol' ? NaN : Number.parseInt(value as string), separator);
    case 'f':
      return formatNumber(noStyle, typeof value === 'symbol' ? NaN : Number.parseFloat(value as string), separator);
    case 'j':
      return stringify(value);
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O':
      return inspect(value, options);
    default:
      return '';
  }
}

function stringify(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

const builtInConstructors = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)),
);

/** Whether the user, not the language, says how this object becomes a string. */
function hasOwnToString(value: object): boolean {
  if (internals.proxyDetails(value) !== undefined) return false;
  if (typeof (value as { toString?: unknown }).toString !== 'function') return false;
  if (Object.hasOwn(value, 'toString')) return true;
  if (Symbol.toPrimitive in value && !(value instanceof Date)) return true;
  // The prototype that has the method decides: a built-in's means that the user has none.
  let pointer: any = value;
  do pointer = Object.getPrototypeOf(pointer);
  while (!Object.hasOwn(pointer, 'toString'));
  const descriptor = Object.getOwnPropertyDescriptor(pointer, 'constructor');
  return !(typeof descriptor?.value === 'function' && builtInConstructors.has(descriptor.value.name));
}
