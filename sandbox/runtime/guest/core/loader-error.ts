/** What Node's module loader throws. */

/** An error with a `code`, as Node's module loader throws. */
export function loaderError(code: string, message: string, requireStack?: string[]): Error {
  const error = code === 'ERR_UNKNOWN_BUILTIN_MODULE' ? new TypeError(message) : new Error(message);
  Object.assign(error, { code }, requireStack === undefined ? {} : { requireStack });
  return error;
}
