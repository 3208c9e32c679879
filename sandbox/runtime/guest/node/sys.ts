/** node:sys: the old name of node:util. */
import util from './util.ts';

export default util;
