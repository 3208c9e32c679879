/** Node's module resolution over the files of an environment: handler files, require() and import. */
import type { EnvironmentFiles } from './files.ts';

export type ModuleFormat = 'commonjs' | 'module' | 'json';

export type Resolution =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly format: ModuleFormat }
  | { readonly kind: 'missing'; readonly code: string; readonly message: string; readonly requireStack?: string[] };

interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** Joins and normalises an absolute path. */
export function joinPath(directory: string, relative: string): string {
  const parts: string[] = [];
  for (const part of (relative.startsWith('/') ? relative : `${directory}/${relative}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export class ModuleResolver {
  readonly #files: EnvironmentFiles;
  readonly #library: ReadonlySet<string>;
  readonly #layerPaths: readonly string[];
  readonly #packages = new Map<string, PackageJson | undefined>();
  /** Paths of package.json files that are not valid JSON: Node's runtime warns and goes on. */
  readonly invalidPackages: string[] = [];

  constructor(files: EnvironmentFiles, library: ReadonlySet<string>, nodeMajor: number) {
    this.#files = files;
    this.#library = library;
    this.#layerPaths = [
      `/opt/nodejs/node${nodeMajor}/node_modules`,
      '/opt/nodejs/node_modules',
      '/var/runtime/node_modules',
    ];
  }

  /** The handler's file: exact path, `.js`, `.mjs`, `.cjs`, then as a bare name. */
  handlerFile(module: string): Resolution {
    const base = joinPath('/var/task', module);
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const path = base + extension;
      if (this.#files.has(path)) return { kind: 'file', path, format: this.format(path) };
    }
    const bare = this.#fromNodeModules(module, '/var/task', 'require');
    return (
      bare ?? {
        kind: 'missing',
        code: 'MODULE_NOT_FOUND',
        message: `Error: Cannot find module '${module}'\nRequire stack:\n- /var/runtime/index.mjs`,
      }
    );
  }

  resolve(specifier: string, parent: string, kind: 'require' | 'import'): Resolution {
    const directory = directoryOf(parent);
    if (specifier.startsWith('node:')) {
      const name = specifier.slice(5);
      return this.#library.has(name)
        ? { kind: 'library', name }
        : { kind: 'missing', code: 'ERR_UNKNOWN_BUILTIN_MODULE', message: `No such built-in module: ${specifier}` };
    }
    if (this.#library.has(specifier) && !specifier.startsWith('internal/')) return { kind: 'library', name: specifier };
    const wanted = specifier.startsWith('file://') ? decodeURIComponent(specifier.slice(7)) : specifier;
    if (/^(\.{1,2}(\/|$)|\/)/.test(wanted)) {
      const path = joinPath(directory, wanted);
      const found = kind === 'require' ? this.#asFileOrDirectory(path) : this.#asFile(path);
      return found ?? this.#missing(specifier, parent, kind, path);
    }
    if (wanted.startsWith('#')) {
      const imported = this.#privateImport(wanted, directory, kind);
      return imported ?? this.#missing(specifier, parent, kind);
    }
    return this.#fromNodeModules(wanted, directory, kind) ?? this.#missing(specifier, parent, kind);
  }

  /** Whether a file is an ES module, by extension and the nearest package.json. */
  format(path: string): ModuleFormat {
    if (path.endsWith('.json')) return 'json';
    if (path.endsWith('.mjs')) return 'module';
    if (!path.endsWith('.js')) return 'commonjs';
    return this.#nearestPackage(directoryOf(path))?.type === 'module' ? 'module' : 'commonjs';
  }

  #missing(specifier: string, parent: string, kind: 'require' | 'import', path?: string): Resolution {
    if (kind === 'require') {
      return {
        kind: 'missing',
        code: 'MODULE_NOT_FOUND',
        message: `Cannot find module '${specifier}'\nRequire stack:\n- ${parent}`,
        requireStack: [parent],
      };
    }
    if (path !== undefined && this.#files.isDirectory(path)) {
      return {
        kind: 'missing',
        code: 'ERR_UNSUPPORTED_DIR_IMPORT',
        message: `Directory import '${path}' is not supported resolving ES modules imported from ${parent}`,
      };
    }
    const message =
      path === undefined
        ? `Cannot find package '${packageName(specifier)}' imported from ${parent}`
        : `Cannot find module '${path}' imported from ${parent}`;
    return { kind: 'missing', code: 'ERR_MODULE_NOT_FOUND', message };
  }

  #asFile(path: string): Resolution | undefined {
    return this.#files.has(path) ? { kind: 'file', path, format: this.format(path) } : undefined;
  }

  #asFileOrDirectory(path: string): Resolution | undefined {
    for (const extension of ['', '.js', '.json', '.cjs']) {
      const found = this.#asFile(path + extension);
      if (found !== undefined) return found;
    }
    const main = this.#packageAt(path)?.main;
    if (typeof main === 'string') {
      const target = joinPath(path, main);
      if (target !== path) {
        const found = this.#asFileOrDirectory(target);
        if (found !== undefined) return found;
      }
    }
    return this.#asFile(`${path}/index.js`) ?? this.#asFile(`${path}/index.json`);
  }

  #fromNodeModules(specifier: string, from: string, kind: 'require' | 'import'): Resolution | undefined {
    const roots: string[] = [];
    for (let directory = from; ; directory = directoryOf(directory)) {
      if (!directory.endsWith('/node_modules')) roots.push(joinPath(directory, 'node_modules'));
      if (directory === '/') break;
    }
    if (kind === 'require') roots.push(...this.#layerPaths);
    const name = packageName(specifier);
    const rest = specifier.slice(name.length + 1);
    for (const root of roots) {
      const base = `${root}/${name}`;
      const description = this.#packageAt(base);
      if (description?.exports !== undefined && description.exports !== null) {
        const target = matchExports(description.exports, rest === '' ? '.' : `./${rest}`, kind);
        const found = target === undefined ? undefined : this.#asFile(joinPath(base, target));
        if (found !== undefined) return found;
        continue;
      }
      const path = rest === '' ? base : `${base}/${rest}`;
      const found =
        kind === 'require' || rest === '' ? this.#asFileOrDirectory(path) : (this.#asFile(path) ?? undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #privateImport(specifier: string, directory: string, kind: 'require' | 'import'): Resolution | undefined {
    for (let at = directory; ; at = directoryOf(at)) {
      const description = this.#packageAt(at);
      if (description !== undefined) {
        const target = matchExports(description.imports, specifier, kind);
        return target === undefined ? undefined : this.#asFile(joinPath(at, target));
      }
      if (at === '/') return undefined;
    }
  }

  #nearestPackage(directory: string): PackageJson | undefined {
    for (let at = directory; at !== '/' && !at.endsWith('/node_modules'); at = directoryOf(at)) {
      const found = this.#packageAt(at);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #packageAt(directory: string): PackageJson | undefined {
    const path = `${directory}/package.json`;
    if (this.#packages.has(path)) return this.#packages.get(path);
    let description: PackageJson | undefined;
    const text = this.#files.text(path);
    if (text !== undefined) {
      try {
        const parsed: unknown = JSON.parse(text);
        description = typeof parsed === 'object' && parsed !== null ? (parsed as PackageJson) : {};
      } catch {
        this.invalidPackages.push(path);
        description = {};
      }
    }
    this.#packages.set(path, description);
    return description;
  }
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Node's `exports` and `imports` maps: conditions, subpaths and patterns. */
function matchExports(map: unknown, subpath: string, kind: 'require' | 'import'): string | undefined {
  const conditions = new Set(['node', 'default', 'node-addons', kind, 'module-sync']);
  const pick = (target: unknown): string | undefined => {
    if (typeof target === 'string') return target;
    if (Array.isArray(target)) {
      for (const option of target) {
        const found = pick(option);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (target === null || typeof target !== 'object') return undefined;
    for (const [condition, value] of Object.entries(target)) {
      if (!conditions.has(condition)) continue;
      const found = pick(value);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  if (map === null || map === undefined) return undefined;
  const isSubpathMap =
    typeof map === 'object' && !Array.isArray(map) && Object.keys(map).some((key) => /^[.#]/.test(key));
  if (!isSubpathMap) return subpath === '.' ? pick(map) : undefined;
  const entries = map as Record<string, unknown>;
  if (subpath in entries) return pick(entries[subpath]);
  for (const [pattern, target] of Object.entries(entries)) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (!subpath.startsWith(before) || !subpath.endsWith(after) || subpath.length < pattern.length - 1) continue;
    return pick(target)?.replaceAll('*', subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}
