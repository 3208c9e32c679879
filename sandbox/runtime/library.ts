/** The guest's Node library as source texts, made from `guest/` by its build. */
import type { FileTree } from './contract.ts';
import { core, globals, modules, sdkNames as sdk } from './guest/library.generated.ts';

/** Names of the modules that `require` and `import` find without a file, without `node:`. */
export const libraryNames: ReadonlySet<string> = new Set(
  Object.keys(modules).filter((name) => !/^(internal|lambda)\//.test(name)),
);

/** Packages that Lambda's Node.js comes with; a package of the function's own goes before them. */
export const sdkNames: ReadonlySet<string> = new Set(sdk);

type Sources = Readonly<Record<string, string>>;

/** Parts of the library that few functions need, with what their code then mentions. */
const parts = [
  { mention: /\bIntl\b|toLocale|localeCompare/, load: () => import('./guest/intl.generated.ts') },
  { mention: /@aws-sdk\/|@smithy\//, load: () => import('./guest/aws-sdk.generated.ts') },
];
const loaded = new Map<(typeof parts)[number], Sources>();
/** Code that needs no part that is not there. */
const prepared = new WeakSet<FileTree>();

/** Loads the parts that a function's code may need. Returns undefined when there is nothing to wait for. */
export function prepareLibrary(code: FileTree): Promise<void> | undefined {
  if (loaded.size === parts.length || prepared.has(code)) return undefined;
  const texts = Object.values(code).filter((content): content is string => typeof content === 'string');
  const missing = parts.filter((part) => !loaded.has(part) && texts.some((text) => part.mention.test(text)));
  if (missing.length === 0) {
    prepared.add(code);
    return undefined;
  }
  return Promise.all(missing.map(async (part) => loaded.set(part, (await part.load()).modules))).then(() => undefined);
}

/** Source of a library module's function, or undefined. */
export function librarySource(name: string): string | undefined {
  if (Object.hasOwn(modules, name)) return modules[name];
  for (const sources of loaded.values()) if (Object.hasOwn(sources, name)) return sources[name];
  return undefined;
}

/** Globals that library modules provide. */
export const libraryGlobals = globals;

/** Source of an expression whose value is the guest core's exports. */
export const coreSource = core;
