/** The lock file holds the packages of every platform: `npm ci` refuses a lock file that leaves one out. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Where Node would find `name` from a package's place in the lock file, as npm looks for it. */
function placesOf(name: string, from: string): string[] {
  const parts = from === '' ? [] : from.split('/node_modules/');
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [...parts.slice(0, parts.length - up), name].join('/node_modules/'),
  ).map((place) => (place.startsWith('node_modules/') ? place : `node_modules/${place}`));
}

test('every optional dependency is locked, for this platform or another', async () => {
  const file = path.resolve(import.meta.dirname, '../package-lock.json');
  const { packages } = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, LockedPackage> };
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, wanted]) => {
        const found = placesOf(name, place)
          .map((one) => packages[one]?.version)
          .find((version) => version !== undefined);
        return found === undefined || (/^\d/.test(wanted) && found !== wanted);
      })
      .map(([name, wanted]) => `${name}@${wanted} of ${place}`),
  );
  expect(missing).toEqual([]);
});
