/** node:path/win32: not simulated. */
import { absentFunctions } from '../internal/absent.ts';

const names = [
  'basename',
  'dirname',
  'extname',
  'format',
  'isAbsolute',
  'join',
  'normalize',
  'parse',
  'relative',
  'resolve',
  'toNamespacedPath',
];

export default {
  sep: '\\',
  delimiter: ';',
  ...absentFunctions('path.win32', names, 'is not available in this simulator'),
};
