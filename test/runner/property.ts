/** Properties that must hold for generated values, written as tests: `test.prop([arbitraries])(name, check)`. */
import * as fc from 'fast-check';
import { it } from 'vitest';

/** A test whose check runs for many generated values; a failure prints the seed that repeats it. */
export const test = {
  prop:
    <T extends [unknown, ...unknown[]]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    (name: string, check: (...values: T) => void): void => {
      it(name, () => fc.assert(fc.property(...arbitraries, (...values) => check(...values))));
    },
};

export { fc };
