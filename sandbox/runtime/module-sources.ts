/** The ES module sources that QuickJS asks for: files, and generated wrappers around CommonJS, JSON and the library. */
import { parse, type Node } from 'acorn';
import { initSync, parse as parseCommonJs } from 'cjs-module-lexer';
import { carryContextThroughAwait } from './await-context.ts';
import { joinPath, type ModuleFormat, type ModuleResolver } from './module-resolution.ts';
import type { EnvironmentFiles } from './files.ts';
import { childNodes } from './syntax-tree.ts';
import { waitForClosing } from './for-await.ts';
import { replaceUnicodeSets } from './unicode-sets.ts';

/** What `load` gives: the source, or an error for the guest with Node's `code`. */
export type ModuleSource = { readonly source: string } | { readonly error: { code: string; message: string } };

const bridge = 'globalThis.__nodeModuleBridge';
const metaName = '$importMeta';

/** Reserved words that a CommonJS export may be called but a binding may not. */
const isBindable = (name: string): boolean =>
  /^[A-Za-z_$][\w$]*$/.test(name) &&
  !/^(default|await|break|case|catch|class|const|continue|debugger|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|eval|arguments)$/.test(
    name,
  );

export class ModuleSources {
  readonly #resolver: ModuleResolver;
  readonly #files: EnvironmentFiles;
  readonly #exportNames: (library: string) => readonly string[];
  readonly #failures = new Map<string, { code: string; message: string }>();
  /** The specifier by which a module was last asked for, for messages. */
  readonly specifiers = new Map<string, string>();

  constructor(resolver: ModuleResolver, files: EnvironmentFiles, exportNames: (library: string) => readonly string[]) {
    this.#resolver = resolver;
    this.#files = files;
    this.#exportNames = exportNames;
  }

  /** QuickJS's name for the module that `specifier` means in the module called `base`. */
  normalize(base: string, specifier: string): string {
    const name = this.#normalize(base, specifier);
    this.specifiers.set(name, specifier);
    return name;
  }

  #normalize(base: string, specifier: string): string {
    if (/^(meta|data):/.test(specifier)) return specifier;
    const parent = base.startsWith('file://') ? base.slice(7) : base.startsWith('/') ? base : '/var/task/index.mjs';
    const resolution = this.#resolver.resolve(specifier, parent, 'import');
    if (resolution.kind === 'library') return `node:${resolution.name}`;
    if (resolution.kind === 'file') return moduleName(resolution.path, resolution.format);
    const name = `missing:${this.#failures.size}`;
    this.#failures.set(name, resolution);
    return name;
  }

  load(name: string): ModuleSource {
    const [scheme = '', rest = ''] = splitOnce(name, ':');
    switch (scheme) {
      case 'node':
        return { source: this.#wrapper(`${bridge}.library(${JSON.stringify(rest)})`, this.#exportNames(rest)) };
      case 'commonjs':
        return {
          source: this.#wrapper(
            `${bridge}.load(${JSON.stringify(rest)}, 'commonjs')`,
            this.#commonJsNames(rest, new Set()),
          ),
        };
      case 'json':
        return { source: this.#wrapper(`${bridge}.load(${JSON.stringify(rest)}, 'json')`, []) };
      case 'meta':
        return { source: metaSource(rest) };
      case 'data':
        return dataUrlSource(name);
      case 'file': {
        const problem = this.#jsonWithoutAttribute(name.slice(7));
        if (problem !== undefined) return { error: problem };
        const source = waitForClosing(replaceUnicodeSets(this.#files.text(name.slice(7)) ?? '', 'module'), true);
        return { source: replaceImportMeta(this.#awaiting(source), name.slice(7)) };
      }
      default: {
        const failure = this.#failures.get(name);
        return { error: failure ?? { code: 'ERR_MODULE_NOT_FOUND', message: `Cannot find module '${name}'` } };
      }
    }
  }

  /** Node's refusal of a static import of JSON that does not say so; the engine itself asks for no attribute. */
  #jsonWithoutAttribute(path: string): { code: string; message: string } | undefined {
    const source = this.#files.text(path) ?? '';
    if (!source.includes('.json')) return undefined;
    const specifier = /^\s*import\b[^'"`;]*(['"])([^'"]+\.json)\1(?!\s*with\b)/m.exec(source)?.[2];
    if (specifier === undefined) return undefined;
    const resolution = this.#resolver.resolve(specifier, path, 'import');
    if (resolution.kind !== 'file' || resolution.format !== 'json') return undefined;
    const message = `Module "file://${resolution.path}" needs an import attribute of "type: json"`;
    return { code: 'ERR_IMPORT_ATTRIBUTE_MISSING', message };
  }

  #awaiting(source: string): string {
    return this.#files.carriesContext ? carryContextThroughAwait(source, true) : source;
  }

  #wrapper(value: string, names: readonly string[]): string {
    const bindable = names.filter(isBindable);
    const lines = [`const exported = ${value};`, 'export default exported;'];
    bindable.forEach((name, index) => lines.push(`const e${index} = exported?.${name};`));
    if (bindable.length > 0)
      lines.push(`export { ${bindable.map((name, index) => `e${index} as ${name}`).join(', ')} };`);
    return lines.join('\n');
  }

  /** The export names that Node detects in a CommonJS file, re-exports followed. */
  #commonJsNames(path: string, seen: Set<string>): string[] {
    if (seen.has(path)) return [];
    seen.add(path);
    const { exports, reexports } = detectExports(this.#files.text(path) ?? '');
    const names = new Set<string>(exports);
    for (const specifier of reexports) {
      const target = this.#resolver.resolve(specifier, path, 'require');
      if (target.kind === 'file' && target.format === 'commonjs') {
        for (const name of this.#commonJsNames(target.path, seen)) names.add(name);
      }
      if (target.kind === 'library') for (const name of this.#exportNames(target.name)) names.add(name);
    }
    return [...names];
  }
}

let lexerIsReady = false;

/** What the lexer that Node itself uses finds; nothing in a file that does not parse. */
function detectExports(source: string): { exports: string[]; reexports: string[] } {
  if (!lexerIsReady) initSync();
  lexerIsReady = true;
  try {
    return parseCommonJs(source);
  } catch {
    return { exports: [], reexports: [] };
  }
}

/** The name QuickJS knows a file by: what stack traces show for ES modules. */
export function moduleName(path: string, format: ModuleFormat): string {
  return format === 'module' ? `file://${path}` : `${format}:${path}`;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function metaSource(path: string): string {
  const directory = path.slice(0, path.lastIndexOf('/'));
  const fields = { dirname: directory, filename: path, url: `file://${path}` };
  return [
    `const bridge = ${bridge};`,
    `export const ${metaName} = Object.assign(Object.create(null), ${JSON.stringify(fields)}, {`,
    `  resolve: (specifier) => /^\\.{0,2}\\//.test(specifier) ? new URL(specifier, ${JSON.stringify(fields.url)}).href : /^(node|data|file):/.test(specifier) ? specifier : 'file://' + bridge.requireFrom(${JSON.stringify(path)}).resolve(specifier),`,
    '});',
  ].join('\n');
}

function dataUrlSource(url: string): ModuleSource {
  const match = /^data:(text\/javascript|application\/json)[^,]*?(;base64)?,(.*)$/s.exec(url);
  if (match === null)
    return {
      error: { code: 'ERR_UNKNOWN_MODULE_FORMAT', message: `Unknown module format for URL ${url.slice(0, 60)}` },
    };
  const [, type, base64, body = ''] = match;
  const text = base64 === undefined ? decodeURIComponent(body) : decodeBase64(body);
  return { source: type === 'application/json' ? `export default ${text};` : text };
}

function decodeBase64(text: string): string {
  const binary = atob(decodeURIComponent(text));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** `import.meta`, which the engine leaves empty, becomes an imported binding of the same length: columns stay. */
function replaceImportMeta(source: string, path: string): string {
  if (!source.includes('import.meta')) return source;
  let tree: Node;
  try {
    tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch {
    return source;
  }
  const places: number[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'MetaProperty' && source.slice(node.start, node.end) === 'import.meta') places.push(node.start);
    childNodes(node).forEach(visit);
  };
  visit(tree);
  let text = source;
  for (const place of places) text = `${text.slice(0, place)}${metaName}${text.slice(place + metaName.length)}`;
  return places.length === 0 ? source : `${text}\nimport { ${metaName} } from 'meta:${joinPath('/', path)}';`;
}
