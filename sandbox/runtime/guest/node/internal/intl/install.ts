/** Puts the locale-dependent methods of the language in place; the Intl module is loaded when one is first called. */

const methods: Record<string, readonly [name: string, length: number][]> = {
  Date: [
    ['toLocaleString', 0],
    ['toLocaleDateString', 0],
    ['toLocaleTimeString', 0],
  ],
  Number: [['toLocaleString', 0]],
  BigInt: [['toLocaleString', 0]],
  String: [['localeCompare', 1]],
};

const slotChecks: Record<string, (value: unknown) => unknown> = {
  Date: (value) => Date.prototype.getTime.call(value),
  Number: (value) => Number.prototype.valueOf.call(value),
  BigInt: (value) => BigInt.prototype.valueOf.call(value),
  String,
};

type LocaleMethods = Record<string, Record<string, (receiver: unknown, ...args: unknown[]) => unknown>>;

/** Plain words compare the same in every locale known here, and need no Intl. */
const plainWord = /^[a-z]+$/;

/** `library` is the core's require for library modules. */
export function installLocaleMethods(library: (name: string) => unknown): void {
  const intl = (): LocaleMethods => (library('internal/intl') as { localeMethods: LocaleMethods }).localeMethods;
  for (const [type, names] of Object.entries(methods)) {
    const { prototype } = (globalThis as unknown as Record<string, { prototype: object }>)[type] as {
      prototype: object;
    };
    for (const [name, length] of names) {
      // A method, so that it is no constructor.
      const holder = {
        [name](this: unknown, ...args: unknown[]): unknown {
          slotChecks[type]?.(this);
          if (
            name === 'localeCompare' &&
            args.length < 2 &&
            plainWord.test(String(this)) &&
            plainWord.test(String(args[0]))
          ) {
            const [a, b] = [String(this), String(args[0])];
            return a < b ? -1 : a > b ? 1 : 0;
          }
          return intl()[type]?.[name]?.(this, ...args);
        },
      };
      const method = holder[name] as object;
      Object.defineProperty(method, 'length', { value: length, configurable: true });
      Object.defineProperty(prototype, name, { value: method, writable: true, enumerable: false, configurable: true });
    }
  }
}
