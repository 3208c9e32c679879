/** What Node's module loader throws. */

const typeErrors = new Set([
  'ERR_IMPORT_ATTRIBUTE_MISSING',
  'ERR_PACKAGE_IMPORT_NOT_DEFINED',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
]);

/** An error with a `code`, as Node's module loader throws. */
export function loaderError(code: string, message: string, requireStack?: string[]): Error {
  const create = typeErrors.has(code) ? TypeError : code === 'ERR_UNKNOWN_MODULE_FORMAT' ? RangeError : Error;
  return Object.assign(new create(message), { code }, requireStack === undefined ? {} : { requireStack });
}
