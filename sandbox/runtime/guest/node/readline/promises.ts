/** node:readline/promises: the lines of a stream. */
export { createInterface, Interface } from '../readline.ts';
