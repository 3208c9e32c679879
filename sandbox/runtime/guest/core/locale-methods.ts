/** The language's own methods that depend on a locale, given to Intl when they are first called. */

type Method = (subject: unknown, ...values: unknown[]) => unknown;

const methods: Readonly<Record<string, readonly string[]>> = {
  Date: ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
  Number: ['toLocaleString'],
  BigInt: ['toLocaleString'],
  String: ['localeCompare'],
};

/** Replaces them on their prototypes. */
export function installLocaleMethods(library: (name: string) => unknown): void {
  for (const [type, names] of Object.entries(methods)) {
    const { prototype } = (globalThis as unknown as Record<string, { prototype: object }>)[type]!;
    for (const name of names) {
      const replaced = {
        [name](this: unknown, ...values: unknown[]): unknown {
          if (this === undefined || this === null) {
            throw new TypeError(`${type}.prototype.${name} called on null or undefined`);
          }
          const { localeMethods } = library('internal/intl') as {
            localeMethods: Readonly<Record<string, Readonly<Record<string, Method>>>>;
          };
          return localeMethods[type]![name]!(this, ...values);
        },
      }[name];
      Object.defineProperty(replaced, 'length', { value: name === 'localeCompare' ? 1 : 0, configurable: true });
      Object.defineProperty(prototype, name, {
        value: replaced,
        writable: true,
        configurable: true,
        enumerable: false,
      });
    }
  }
}
