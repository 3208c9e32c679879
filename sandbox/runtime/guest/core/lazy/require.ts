/** require(): CommonJS modules of the function and of layers, and JSON files. */
import type { Host } from '../host.ts';
import { received } from '../callbacks.ts';
import { loaderError } from '../loader-error.ts';

/** What the host answers to `resolve`. */
export type Resolution =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly format: 'commonjs' | 'module' | 'json' }
  | { readonly kind: 'missing'; readonly code: string; readonly message: string };

interface Module {
  exports: unknown;
  id: string;
  path: string;
  filename: string;
  loaded: boolean;
  children: Module[];
  paths: string[];
}

export interface FileModules {
  requireFrom(parent: string): NodeJS.Require;
  /** Loads a CommonJS or JSON file and returns its exports. */
  load(path: string, format: 'commonjs' | 'json'): unknown;
}

const { parse } = JSON;

export function createFileModules(host: Host, generation: 3 | 4, library: (name: string) => unknown): FileModules {
  const cache: Record<string, Module> = Object.create(null) as Record<string, Module>;

  /** Which module required a module first: path -> path. */
  const parents = new Map<string, string>();
  const requireStack = (from: string): string[] => {
    const stack: string[] = [];
    for (let at: string | undefined = from; at !== undefined && !stack.includes(at); at = parents.get(at))
      stack.push(at);
    return stack;
  };

  /** ES modules can be required on generation 4 only, when nothing in them waits. */
  const requireModule = (path: string, parent: string): unknown => {
    const place = `\nRequire stack:\n- ${requireStack(parent).join('\n- ')}`;
    if (generation === 3) {
      const advice = `Instead change the require of ${path} in ${parent} to a dynamic import() which is available in all CommonJS modules.`;
      throw loaderError('ERR_REQUIRE_ESM', `require() of ES Module ${path} from ${parent} not supported.\n${advice}`);
    }
    const evaluated = host.importNow(path);
    if (!('namespace' in evaluated)) {
      const reason = 'require() cannot be used on an ESM graph with top-level await. Use import() instead.';
      throw loaderError('ERR_REQUIRE_ASYNC_MODULE', `${reason}\nRequired module: ${path}${place}`);
    }
    const namespace = evaluated.namespace as Record<string, unknown>;
    return 'module.exports' in namespace ? namespace['module.exports'] : namespace;
  };

  const load = (path: string, format: 'commonjs' | 'json', parent?: string): unknown => {
    const cached = cache[path];
    if (cached !== undefined) return cached.exports;
    if (parent !== undefined && !parents.has(path)) parents.set(path, parent);
    const directory = path.slice(0, path.lastIndexOf('/')) || '/';
    const module: Module = {
      exports: {},
      id: path,
      path: directory,
      filename: path,
      loaded: false,
      children: [],
      paths: [],
    };
    cache[path] = module;
    try {
      if (format === 'json') module.exports = parseJson(path);
      else {
        const wrapper = host.compile(path);
        wrapper.call(module.exports, module.exports, requireFrom(path), module, path, directory);
      }
      module.loaded = true;
    } catch (error) {
      delete cache[path];
      throw error;
    }
    return module.exports;
  };

  const parseJson = (path: string): unknown => {
    try {
      return parse((host.readText(path) ?? '').replace(/^\uFEFF/, ''));
    } catch (error) {
      (error as Error).message = `${path}: ${(error as Error).message}`;
      throw error;
    }
  };

  const requireFrom = (parent: string): NodeJS.Require => {
    const find = (specifier: unknown): Resolution => {
      if (typeof specifier !== 'string' || specifier === '') {
        if (specifier === '') {
          throw loaderError('ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
        }
        throw loaderError('ERR_INVALID_ARG_TYPE', `The "id" argument must be of type string. ${received(specifier)}`);
      }
      const resolution = parse(host.resolve(specifier, parent, 'require')) as Resolution;
      if (resolution.kind !== 'missing') return resolution;
      if (resolution.code !== 'MODULE_NOT_FOUND') throw loaderError(resolution.code, resolution.message);
      const stack = requireStack(parent);
      const message = `${resolution.message}\nRequire stack:\n- ${stack.join('\n- ')}`;
      throw loaderError(resolution.code, message, stack);
    };
    const require = (specifier: string): unknown => {
      const found = find(specifier) as Exclude<Resolution, { kind: 'missing' }>;
      if (found.kind === 'library') return library(found.name);
      if (found.format === 'module') return requireModule(found.path, parent);
      return load(found.path, found.format, parent);
    };
    const resolve = (specifier: string): string => {
      const found = find(specifier) as Exclude<Resolution, { kind: 'missing' }>;
      return found.kind === 'library' ? specifier : found.path;
    };
    return Object.assign(require, {
      resolve: Object.assign(resolve, { paths: () => null }),
      cache,
      extensions: {},
      main: undefined,
    }) as unknown as NodeJS.Require;
  };

  return { requireFrom, load };
}
