/** node:path/posix: what node:path is on Linux. */
import path from '../path.ts';

export default path;
