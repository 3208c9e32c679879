/** The handler string, and the function that it names in a module's exports. */
import { runtimeError } from './runtime-error.ts';

export type Handler = (...values: unknown[]) => unknown;

export const isObject = (value: unknown): value is object => value !== null && typeof value === 'object';

/** Splits `dir/index.api.get` into directory, module and property path; undefined when it cannot be. */
export function parseHandlerString(handler: string): { directory: string; module: string; path: string } | undefined {
  const slash = handler.lastIndexOf('/');
  const rest = handler.slice(slash + 1);
  const dot = rest.indexOf('.');
  if (handler.includes('..') || dot < 0) return undefined;
  return { directory: handler.slice(0, slash + 1), module: rest.slice(0, dot), path: rest.slice(dot + 1) };
}

/** Walks from the exports along `path`; `handler` is the whole string, for the errors. */
export function resolveHandler(exports: unknown, path: string, handler: string, generation: 3 | 4): Handler {
  const walk = (from: unknown): unknown => {
    let value = from;
    for (const key of path.split('.')) {
      const walkable = isObject(value) || (generation === 3 && typeof value === 'function');
      if (!walkable) return undefined;
      value = (value as Record<string, unknown>)[key];
    }
    return value;
  };
  let found = walk(exports);
  if (!found && generation === 4) found = walk((exports as { default?: unknown } | undefined)?.default);
  if (!found) throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw runtimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}
