/** Built-ins that do much work in one call, made to charge for it by the size of the work. */
import type { Host } from './host.ts';

/** Ticks per unit of work, chosen by running the same programs in Node; see `npm run bench`. */
const ticksPer = { parsedCharacter: 2, writtenCharacter: 2, joinedCharacter: 2, comparison: 14, call: 4 } as const;

/** Work below this many ticks is not worth telling the host. */
const smallest = 200;

type AnyFunction = (this: unknown, ...values: unknown[]) => unknown;

/** Replaces the built-ins on their objects; names and lengths stay. */
export function chargeForBuiltins(host: Host): void {
  const charge = (ticks: number): void => {
    if (ticks > smallest) host.meter(ticks);
  };
  const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
  const replace = (owner: object, name: string, make: (native: AnyFunction) => AnyFunction): void => {
    const native = (owner as Record<string, AnyFunction>)[name]!;
    const replaced = { [name]: make(native) }[name]!;
    Object.defineProperty(replaced, 'length', { value: native.length, configurable: true });
    Object.defineProperty(replaced, 'name', { value: name, configurable: true });
    Object.defineProperty(owner, name, { value: replaced, writable: true, configurable: true, enumerable: false });
  };
  const { apply } = Reflect;
  replace(
    JSON,
    'parse',
    (native) =>
      // Methods without a prototype of their own, as built-ins are.
      ({
        parse(this: unknown, ...values: unknown[]) {
          charge(lengthOf(values[0]) * ticksPer.parsedCharacter);
          return apply(native, this, values);
        },
      }).parse,
  );
  replace(
    JSON,
    'stringify',
    (native) =>
      ({
        stringify(this: unknown, ...values: unknown[]) {
          const text = apply(native, this, values);
          charge(lengthOf(text) * ticksPer.writtenCharacter);
          return text;
        },
      }).stringify,
  );
  for (const name of ['sort', 'toSorted']) {
    replace(
      Array.prototype,
      name,
      (native) =>
        ({
          method(this: unknown, ...values: unknown[]) {
            const count = (this as { length?: unknown } | null | undefined)?.length;
            if (typeof count === 'number' && count > 8) {
              const comparisons = count * Math.log2(count);
              charge(comparisons * (values[0] === undefined ? ticksPer.comparison : ticksPer.call));
            }
            return apply(native, this, values);
          },
        }).method,
    );
  }
  replace(
    Array.prototype,
    'join',
    (native) =>
      ({
        join(this: unknown, ...values: unknown[]) {
          const text = apply(native, this, values);
          charge(lengthOf(text) * ticksPer.joinedCharacter);
          return text;
        },
      }).join,
  );
  replace(
    String.prototype,
    'split',
    (native) =>
      ({
        split(this: unknown, ...values: unknown[]) {
          charge(lengthOf(this) * ticksPer.joinedCharacter);
          return apply(native, this, values);
        },
      }).split,
  );
}
