/** The ladder from older versions of the file to the present one. A step is never changed once published. */
import { draftFromOld } from '../old-drafts.ts';

/** A parsed file of some version: nothing in it has been checked. */
export type UncheckedFile = Readonly<Record<string, unknown>>;

/** `steps[n]` makes version n + 1 out of version n. */
const steps: readonly ((file: UncheckedFile) => UncheckedFile)[] = [
  // Version 0 had no facts, only drafts as local storage kept them: `"<editor>@<edition>": value`.
  ({ drafts, ...file }) => {
    const entries = Object.entries(isObject(drafts) ? drafts : {}).map(([key, value]) => {
      const at = key.lastIndexOf('@');
      return draftFromOld(key.slice(0, Math.max(0, at)), key.slice(at + 1), value);
    });
    return { ...file, entries };
  },
];

/** The same content as a file of the present version. `version` is 0 or more, and not newer than the present one. */
export function migrateFile(file: UncheckedFile, version: number): UncheckedFile {
  return steps.slice(version).reduce((older, step) => step(older), file);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
