/** node:constants: the old collection of system constants. */
import os from './os.ts';
import { constants } from './internal/file-operations.ts';

export default { ...os.constants.errno, ...os.constants.signals, ...constants };
