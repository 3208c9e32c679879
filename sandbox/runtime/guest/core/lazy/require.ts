/** require(): CommonJS modules of the function and of layers, and JSON files. */
import type { Host } from '../host.ts';
import { loaderError } from '../loader-error.ts';

/** What the host answers to `resolve`. */
export type Resolution =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly format: 'commonjs' | 'module' | 'json' }
  | { readonly kind: 'missing'; readonly code: string; readonly message: string; readonly requireStack?: string[] };

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

export function createFileModules(
  host: Host,
  importModule: (path: string) => unknown,
  library: (name: string) => unknown,
): FileModules {
  const cache: Record<string, Module> = Object.create(null) as Record<string, Module>;

  const load = (path: string, format: 'commonjs' | 'json'): unknown => {
    const cached = cache[path];
    if (cached !== undefined) return cached.exports;
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
        const error = new TypeError(
          specifier === ''
            ? "The argument 'id' must be a non-empty string. Received ''"
            : `The "id" argument must be of type string. Received ${specifier === null ? 'null' : typeof specifier}`,
        );
        throw Object.assign(error, { code: specifier === '' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE' });
      }
      const resolution = parse(host.resolve(specifier, parent, 'require')) as Resolution;
      if (resolution.kind === 'missing')
        throw loaderError(resolution.code, resolution.message, resolution.requireStack);
      return resolution;
    };
    const require = (specifier: string): unknown => {
      const found = find(specifier) as Exclude<Resolution, { kind: 'missing' }>;
      if (found.kind === 'library') return library(found.name);
      if (found.format === 'module') return importModule(found.path);
      return load(found.path, found.format);
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
