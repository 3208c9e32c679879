/**
 * Bundles the guest's Node library: every module under node/ becomes the source text of one function expression, to be
 * evaluated in a guest the first time it is required. Writes library.generated.ts, intl.generated.ts and aws-sdk.generated.ts
 * beside itself.
 *
 * A file node/<name>.ts is the module `<name>`; node/internal/<name>.ts is the private module `internal/<name>`; deeper
 * files are parts that are bundled into the modules that import them. The AWS SDK, made from aws-sdk/, goes into
 * aws-sdk.generated.ts. What a module exports as default is what
 * `require` gives; a module without a default gives its named exports.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { clients } from './aws-sdk/clients.mjs';
import { globals } from './node/globals.mjs';

const guestFolder = dirname(fileURLToPath(import.meta.url));
const nodeFolder = join(guestFolder, 'node');

/** Modules that npm packages inside the library mean when they require these names. */
const packageAliases = {
  events: 'events',
  buffer: 'buffer',
  string_decoder: 'string_decoder',
  'string_decoder/': 'string_decoder',
  'process/': 'process',
  'abort-controller': 'internal/abort',
};

/** The module name of a file under node/, or undefined for a part. */
function moduleName(file) {
  const path = relative(nodeFolder, file).split(sep).join('/');
  if (path.startsWith('..') || !path.endsWith('.ts') || path.endsWith('.d.ts')) return undefined;
  const name = path.slice(0, -3);
  const depth = name.split('/').length;
  return depth <= 2 && !(name.startsWith('internal/intl/') || depth > 2) ? name : undefined;
}

/** Leaves library modules to the guest's `require`; everything else is bundled. */
function moduleBoundaries(entry) {
  return {
    name: 'module-boundaries',
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, (request) => {
        if (request.kind === 'entry-point') return undefined;
        const inPackage = request.importer.includes(`node_modules${sep}`);
        if (inPackage && Object.hasOwn(packageAliases, request.path)) {
          return { path: packageAliases[request.path], external: true };
        }
        if (!inPackage && request.path.startsWith('.')) {
          const file = resolve(request.resolveDir, request.path);
          const name = moduleName(file);
          if (name !== undefined && file !== entry) return { path: name, external: true };
        }
        return undefined;
      });
    },
  };
}

const bundledPackages = new Map();

/** Remembers which packages' text is in the output, for their licences. */
async function notePackages(inputs) {
  for (const input of Object.keys(inputs)) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
    if (match === null || bundledPackages.has(match[2])) continue;
    const folder = resolve(process.cwd(), match[1]);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
    const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
    const holders = text.split('\n').filter((line) => /^\W*copyright (\(c\)|©|\d|mathias|node)/i.test(line.trim()));
    bundledPackages.set(
      match[2],
      `${match[2]} ${version} (${license}) ${holders.map((line) => line.trim()).join('; ')}`,
    );
  }
}

/** The bundled JavaScript text of one entry. */
async function bundle(entry, format) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'default'],
    target: 'es2024',
    charset: 'utf8',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
    plugins: [moduleBoundaries(entry)],
  });
  await notePackages(result.metafile.inputs);
  return keepClassNames(result.outputFiles[0].text.trim());
}

/**
 * esbuild renames a class that mentions itself to `_Name`. Programs see class names (in inspect, in error payloads), so
 * such a class gets its own name back.
 */
function keepClassNames(code) {
  return code.replace(
    /\bclass _([A-Z]\w*)( extends [^{]+)?\{/g,
    (text, name) => `${text}static{Object.defineProperty(this,"name",{value:"${name}",configurable:true})}`,
  );
}

/** A module's source as the function expression described by GuestModule. */
async function moduleSource(entry) {
  const code = await bundle(entry, 'cjs');
  const publish = `module.exports="default"in module.exports?module.exports.default:Object.assign({},module.exports);`;
  return `(function(exports,require,module,internals){"use strict";const load=require;${code.replace(/^"use strict";/, '')}\n${publish}})`;
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const modules = {};
const intl = {};
for (const file of (await filesUnder(nodeFolder)).sort()) {
  const name = moduleName(file);
  if (name === undefined) continue;
  (name.startsWith('internal/intl') ? intl : modules)[name] = await moduleSource(file);
}
for (const file of (await filesUnder(join(guestFolder, 'core', 'lazy'))).sort()) {
  modules[`lambda/${file.slice(file.lastIndexOf(sep) + 1, -3)}`] = await moduleSource(file);
}
const dataFolder = join(nodeFolder, 'internal', 'intl', 'data');
for (const file of (await readdir(dataFolder)).sort()) {
  const text = (await readFile(join(dataFolder, file), 'utf8')).trim();
  intl[`internal/intl-data/${file.replace(/\.json$/, '')}`] =
    `(function(exports,require,module,internals){module.exports=JSON.parse(${JSON.stringify(text)})})`;
}
const sdkFolder = join(guestFolder, 'aws-sdk');
const sdk = { 'internal/aws-sdk': await moduleSource(join(sdkFolder, 'package.ts')) };
for (const name of ['@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb', '@smithy/node-http-handler']) {
  sdk[name] = await moduleSource(join(sdkFolder, `${name.slice(name.indexOf('/') + 1)}.ts`));
}
for (const [service, description] of Object.entries(clients)) {
  const text = JSON.stringify({ service, ...description });
  sdk[`@aws-sdk/client-${service}`] =
    `(function(exports,require,module,internals){module.exports=require("internal/aws-sdk").createPackage(${text})})`;
}
const coreEntry = join(guestFolder, 'core', 'index.ts');
/** The core is one expression whose value is its exports. */
const coreSource = async () =>
  `(() => {"use strict";const module={exports:{}},exports=module.exports;${await bundle(coreEntry, 'cjs')}\nreturn module.exports})()`;
const core = existsSync(coreEntry) ? await coreSource() : undefined;

const notice = `/*! Bundled for the guest: ${[...bundledPackages.values()].sort().join(' | ')} */`;
const head = '/** Generated by build.mjs from node/ and core/: the JavaScript that runs inside the guest, as text. */';
const table = (value) =>
  `{\n${Object.entries(value)
    .map(([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},`)
    .join('\n')}\n}`;

await writeFile(
  join(guestFolder, 'library.generated.ts'),
  `${head}\n${notice}\n` +
    `export const modules: Readonly<Record<string, string>> = ${table(modules)};\n` +
    `export const globals: Readonly<Record<string, { module: string; export: string }>> = ${table(globals)};\n` +
    `export const sdkNames: readonly string[] = ${JSON.stringify(Object.keys(sdk).filter((name) => name.startsWith('@')))};\n` +
    (core === undefined ? '' : `export const core: string = ${JSON.stringify(core)};\n`),
);
await writeFile(
  join(guestFolder, 'intl.generated.ts'),
  `/** Generated by build.mjs: the guest's Intl, apart because few functions need it. */\n` +
    `export const modules: Readonly<Record<string, string>> = ${table(intl)};\n`,
);
await writeFile(
  join(guestFolder, 'aws-sdk.generated.ts'),
  `/** Generated by build.mjs: the guest's AWS SDK, apart because only functions that call services need it. */\n` +
    `export const modules: Readonly<Record<string, string>> = ${table(sdk)};\n`,
);
