/** The guest's Node library as source texts, made from `guest/` by its build. */
import type { FileTree } from './contract.ts';
import { core, globals, modules } from './guest/library.generated.ts';

/** Names of the modules that `require` and `import` find without a file, without `node:`. */
export const libraryNames: ReadonlySet<string> = new Set(
  Object.keys(modules).filter((name) => !/^(internal|lambda)\//.test(name)),
);

let intl: Readonly<Record<string, string>> = {};

/**
 * Loads Intl when a function's code may need it: it is larger than all the rest, and few functions do. Returns
 * undefined when there is nothing to wait for.
 */
export function prepareLibrary(code: FileTree): Promise<void> | undefined {
  if (Object.keys(intl).length > 0) return undefined;
  const mentions = Object.values(code).some(
    (content) => typeof content === 'string' && /\bIntl\b|toLocale|localeCompare/.test(content),
  );
  if (!mentions) return undefined;
  return import('./guest/intl.generated.ts').then((loaded) => {
    intl = loaded.modules;
  });
}

/** Source of a library module's function, or undefined. */
export function librarySource(name: string): string | undefined {
  if (Object.hasOwn(modules, name)) return modules[name];
  return Object.hasOwn(intl, name) ? intl[name] : undefined;
}

/** Globals that library modules provide. */
export const libraryGlobals = globals;

/** Source of an expression whose value is the guest core's exports. */
export const coreSource = core;
