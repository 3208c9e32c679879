/** Node's module resolution over the files of an environment: handler files, require() and import. */
import type { EnvironmentFiles } from './files.ts';
import { matchExports } from './package-exports.ts';

export type ModuleFormat = 'commonjs' | 'module' | 'json';

export type Resolution =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly format: ModuleFormat }
  | { readonly kind: 'missing'; readonly code: string; readonly message: string };

/** The handler's file, and the package.json that was ignored since it is not JSON. */
export type HandlerResolution = Resolution & { readonly invalidPackage?: string };

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
  readonly #provided: ReadonlySet<string>;
  readonly #layerPaths: readonly string[];
  readonly #packages = new Map<string, PackageJson | undefined>();
  /** Paths of package.json files that are not valid JSON. */
  readonly #invalidPackages: string[] = [];

  /** `provided`: packages that are there when the function brings none of that name. */
  constructor(
    files: EnvironmentFiles,
    library: ReadonlySet<string>,
    nodeMajor: number,
    provided: ReadonlySet<string> = new Set(),
  ) {
    this.#files = files;
    this.#library = library;
    this.#provided = provided;
    this.#layerPaths = [
      `/opt/nodejs/node${nodeMajor}/node_modules`,
      '/opt/nodejs/node_modules',
      '/var/runtime/node_modules',
    ];
  }

  /** The handler's file: exact path, `.js`, `.mjs`, `.cjs`, then as a bare name. */
  handlerFile(module: string): HandlerResolution {
    const base = joinPath('/var/task', module);
    this.#nearestPackage(directoryOf(base));
    const [invalidPackage] = this.#invalidPackages;
    const warning = invalidPackage === undefined ? {} : { invalidPackage };
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const path = base + extension;
      if (this.#files.has(path)) return { kind: 'file', path, format: this.format(path), ...warning };
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
      if (imported !== undefined || kind === 'require') return imported ?? this.#missing(specifier, parent, kind);
      const message = `Package import specifier "${specifier}" is not defined imported from ${parent}`;
      return { kind: 'missing', code: 'ERR_PACKAGE_IMPORT_NOT_DEFINED', message };
    }
    if (kind === 'import' && /^[a-z][a-z\d+.-]+:/i.test(wanted)) {
      const scheme = wanted.slice(0, wanted.indexOf(':') + 1);
      const message = `Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. Received protocol '${scheme}'`;
      return { kind: 'missing', code: 'ERR_UNSUPPORTED_ESM_URL_SCHEME', message };
    }
    const own =
      this.#selfReference(wanted, directory, kind, parent) ?? this.#fromNodeModules(wanted, directory, kind, parent);
    if (own === undefined && this.#provided.has(wanted)) return { kind: 'library', name: wanted };
    return own ?? this.#missing(specifier, parent, kind);
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
        message: `Cannot find module '${specifier}'${this.#missingNote(specifier)}`,
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
        ? `Cannot find package '${packageName(specifier)}' imported from ${parent}${this.#missingNote(specifier)}`
        : `Cannot find module '${path}' imported from ${parent}`;
    return { kind: 'missing', code: 'ERR_MODULE_NOT_FOUND', message };
  }

  /** What Lambda has and the simulator has not. */
  #missingNote(specifier: string): string {
    if (!/^@(aws-sdk|smithy)\//.test(specifier)) return '';
    return ` (Lambda comes with the AWS SDK; of its packages this simulator has ${[...this.#provided].sort().join(', ')})`;
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

  /** `parent` is named in the message when a package does not export what is asked for. */
  #fromNodeModules(
    specifier: string,
    from: string,
    kind: 'require' | 'import',
    parent?: string,
  ): Resolution | undefined {
    const roots: string[] = [];
    for (let directory = from; ; directory = directoryOf(directory)) {
      if (!directory.endsWith('/node_modules')) roots.push(joinPath(directory, 'node_modules'));
      if (directory === '/') break;
    }
    // Lambda's Node.js runtimes look there for ES modules too, which Node.js itself does not.
    roots.push(...this.#layerPaths);
    const name = packageName(specifier);
    const rest = specifier.slice(name.length + 1);
    for (const root of roots) {
      const base = `${root}/${name}`;
      const { exports } = this.#packageAt(base) ?? {};
      if (exports !== undefined && exports !== null) return this.#exported(base, exports, rest, kind, parent);
      const path = rest === '' ? base : `${base}/${rest}`;
      const found = kind === 'require' || rest === '' ? this.#asFileOrDirectory(path) : this.#asFile(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A package that imports itself by its own name. */
  #selfReference(
    specifier: string,
    directory: string,
    kind: 'require' | 'import',
    parent: string,
  ): Resolution | undefined {
    const base = this.#nearestPackageFolder(directory);
    const { name, exports } = base === undefined ? {} : (this.#packageAt(base) ?? {});
    if (base === undefined || name === undefined || exports === undefined || exports === null) return undefined;
    if (packageName(specifier) !== name) return undefined;
    return this.#exported(base, exports, specifier.slice(name.length + 1), kind, parent);
  }

  /** What the `exports` of the package at `base` give for the rest of a specifier. */
  #exported(
    base: string,
    exports: unknown,
    rest: string,
    kind: 'require' | 'import',
    parent: string | undefined,
  ): Resolution {
    const target = matchExports(exports, rest === '' ? '.' : `./${rest}`, kind);
    const importer = kind === 'import' && parent !== undefined ? ` imported from ${parent}` : '';
    if (target === undefined) {
      const what =
        rest === '' ? 'No "exports" main defined' : `Package subpath './${rest}' is not defined by "exports"`;
      const message = `${what} in ${base}/package.json${importer}`;
      return { kind: 'missing', code: 'ERR_PACKAGE_PATH_NOT_EXPORTED', message };
    }
    const path = joinPath(base, target);
    const found = this.#asFile(path);
    if (found !== undefined) return found;
    return kind === 'require'
      ? { kind: 'missing', code: 'MODULE_NOT_FOUND', message: `Cannot find module '${path}'` }
      : { kind: 'missing', code: 'ERR_MODULE_NOT_FOUND', message: `Cannot find module '${path}'${importer}` };
  }

  #privateImport(specifier: string, directory: string, kind: 'require' | 'import'): Resolution | undefined {
    for (let at = directory; ; at = directoryOf(at)) {
      const description = this.#packageAt(at);
      if (description !== undefined) {
        const target = matchExports(description.imports, specifier, kind);
        if (target === undefined) return undefined;
        return target.startsWith('.')
          ? this.#asFile(joinPath(at, target))
          : this.resolve(target, `${at}/index.js`, kind);
      }
      if (at === '/') return undefined;
    }
  }

  #nearestPackage(directory: string): PackageJson | undefined {
    const folder = this.#nearestPackageFolder(directory);
    return folder === undefined ? undefined : this.#packageAt(folder);
  }

  #nearestPackageFolder(directory: string): string | undefined {
    for (let at = directory; at !== '/' && !at.endsWith('/node_modules'); at = directoryOf(at)) {
      if (this.#packageAt(at) !== undefined) return at;
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
        description = typeof parsed === 'object' && parsed !== null ? parsed : {};
      } catch {
        this.#invalidPackages.push(path);
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
