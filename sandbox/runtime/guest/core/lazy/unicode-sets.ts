/** Regular expressions with the v flag: the engine runs them with u, and here they show what they were written as. */
import type { CallNative } from '../../internals.ts';

/** What a regular expression of the v flag was made from. */
interface Written {
  readonly source: string;
  /** The same without a memory: for the methods that look at `flags` to see whether they count in code points. */
  readonly plain: RegExp;
}

export interface UnicodeSets {
  /** A literal: `regex` is what the engine runs, `source` and `flags` are what was written. */
  literal(regex: RegExp, source: string): RegExp;
}

/** As `source` shows a pattern: a slash outside of a class and the ends of lines are escaped. */
function shownPattern(pattern: string): string {
  if (pattern === '') return '(?:)';
  return pattern
    .replace(/\\.|\[(?:\\.|[^\]\\])*\]|\//gs, (part) => (part === '/' ? '\\/' : part))
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** Replaces the global RegExp by one that knows the v flag, and the accessors that tell of it. */
export function installUnicodeSets(native: CallNative): UnicodeSets {
  const Native = RegExp;
  const { prototype } = Native;
  const { construct, apply } = Reflect;
  const written = new WeakMap<object, Written>();
  const remember = (regex: RegExp, source: string): RegExp => {
    written.set(regex, { source, plain: new Native(regex) });
    return regex;
  };

  const make = (pattern: unknown, flags: string, target: Function): RegExp => {
    const source = isRegExp(pattern) ? pattern.source : pattern === undefined ? '' : String(pattern);
    const [verdict, translated] = native('unicodeSets', source).split(/:(.*)/s) as [string, string];
    const fail = (reason: string): never => {
      throw new SyntaxError(`Invalid regular expression: /${source}/${flags}: ${reason}`);
    };
    if (verdict === 'refused') fail(translated);
    const plainFlags = flags.replace('v', 'u');
    try {
      const regex = construct(Native, [translated, plainFlags], target) as RegExp;
      return remember(regex, shownPattern(source));
    } catch (error) {
      const reason = /^Invalid regular expression: .*\/[a-z]*: (.*)$/s.exec((error as Error).message)?.[1];
      return reason === undefined ? (construct(Native, [source, flags], target) as RegExp) : fail(reason);
    }
  };

  const isRegExp = (value: unknown): value is RegExp => value instanceof Native;
  const named = {
    RegExp: function (this: unknown, pattern?: unknown, flags?: unknown): unknown {
      if (new.target === undefined && flags === undefined && isRegExp(pattern) && pattern.constructor === named.RegExp)
        return pattern;
      const target = new.target ?? named.RegExp;
      const text = flags === undefined && isRegExp(pattern) ? pattern.flags : typeof flags === 'string' ? flags : '';
      // With u as well, or twice, the engine refuses it.
      if (!/^[^uv]*v[^uv]*$/.test(text)) return construct(Native, [pattern, flags], target);
      return make(pattern, text, target);
    },
  };
  for (const key of Reflect.ownKeys(Native)) {
    const descriptor = Object.getOwnPropertyDescriptor(Native, key)!;
    Object.defineProperty(named.RegExp, key, descriptor);
  }
  Object.defineProperty(prototype, 'constructor', { value: named.RegExp, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'RegExp', { value: named.RegExp, writable: true, configurable: true });

  const accessor = (
    name: 'source' | 'flags' | 'unicodeSets',
    shown: (of: Written, original: unknown) => unknown,
  ): void => {
    const original = Object.getOwnPropertyDescriptor(prototype, name)!;
    const get = {
      get [name](): unknown {
        const of = written.get(this);
        const value: unknown = apply(original.get!, this, []);
        return of === undefined ? value : shown(of, value);
      },
    };
    const replaced = Object.getOwnPropertyDescriptor(get, name)!;
    Object.defineProperty(prototype, name, { ...replaced, enumerable: false });
  };
  accessor('source', ({ source }) => source);
  // The engine puts the flags together from the properties: v comes from `unicodeSets`.
  accessor('flags', (_of, flags) => (flags as string).replace('u', ''));
  accessor('unicodeSets', () => true);

  for (const symbol of [Symbol.split, Symbol.matchAll] as const) {
    const original = prototype[symbol] as (...values: unknown[]) => unknown;
    const method = {
      [symbol](this: RegExp, ...values: unknown[]): unknown {
        const plain = written.get(this)?.plain;
        if (plain === undefined) return apply(original, this, values);
        plain.lastIndex = this.lastIndex;
        return apply(original, plain, values);
      },
    };
    Object.defineProperty(prototype, symbol, { value: method[symbol], writable: true, configurable: true });
  }
  return { literal: remember };
}
