/** node:module: what a program may ask about modules. */
import { invalidArgValue, notSimulated } from './internal/errors.ts';

export const builtinModules: readonly string[] = [
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'child_process',
  'cluster',
  'console',
  'constants',
  'crypto',
  'dgram',
  'diagnostics_channel',
  'dns',
  'dns/promises',
  'domain',
  'events',
  'fs',
  'fs/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'module',
  'net',
  'os',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'readline',
  'readline/promises',
  'repl',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'sys',
  'timers',
  'timers/promises',
  'tls',
  'trace_events',
  'tty',
  'url',
  'util',
  'util/types',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
  'zlib',
];

/** Those that are found only with `node:` in front. */
const prefixOnly = ['sea', 'sqlite', 'test', 'test/reporters'];

export function isBuiltin(name: unknown): boolean {
  const text = String(name);
  return text.startsWith('node:')
    ? [...builtinModules, ...prefixOnly].includes(text.slice(5))
    : builtinModules.includes(text);
}

export function createRequire(from: unknown): unknown {
  const text = String(from);
  const isUrl = from instanceof Object || text.startsWith('file:');
  if (!isUrl && !text.startsWith('/')) {
    throw invalidArgValue('filename', from, 'must be a file URL object, file URL string, or absolute path string');
  }
  return internals.createRequire(isUrl ? (load('url').fileURLToPath(from) as string) : text);
}

const refuse = (name: string) => (): never => {
  throw notSimulated(`module.${name}()`);
};

export const register = refuse('register');
export const registerHooks = refuse('registerHooks');
export const enableCompileCache = (): object => ({ status: 3 });
export const syncBuiltinESMExports = (): void => undefined;
export const findSourceMap = (): undefined => undefined;

const Module = Object.assign(
  function Module(this: { id: string; exports: object }, id = '') {
    this.id = id;
    this.exports = {};
  },
  {
    builtinModules,
    isBuiltin,
    createRequire,
    register,
    registerHooks,
    enableCompileCache,
    syncBuiltinESMExports,
    findSourceMap,
  },
);
export default Object.assign(Module, { Module });
