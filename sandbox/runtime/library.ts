/** The guest's Node library as source texts, made from `guest/` by its build. */
import { core, globals, modules } from './guest/library.generated.ts';

/** Names of the modules that `require` and `import` find without a file, without `node:`. */
export const libraryNames: ReadonlySet<string> = new Set(
  Object.keys(modules).filter((name) => !/^(internal|lambda)\//.test(name)),
);

/** Source of a library module's function, or undefined. */
export function librarySource(name: string): string | undefined {
  return Object.hasOwn(modules, name) ? modules[name] : undefined;
}

/** Globals that library modules provide. */
export const libraryGlobals = globals;

/** Source of an expression whose value is the guest core's exports. */
export const coreSource = core;
