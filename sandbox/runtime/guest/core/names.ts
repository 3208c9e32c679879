/** Names and texts that the guest core and its host must agree on. */

/** The file name under which the guest core is evaluated. */
export const coreFileName = 'node:internal/lambda';

/** What stands in front of a CommonJS file's first line. */
export const commonJsWrapper = '(function (exports, require, module, __filename, __dirname) {';

/** The property under which generated module wrappers find the loader; not enumerable. */
export const bridgeName = '__nodeModuleBridge';
