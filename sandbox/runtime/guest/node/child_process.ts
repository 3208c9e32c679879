/** node:child_process: other programs; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default absentFunctions(
  'child_process',
  ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'],
  'is not available in this simulator: it runs no other programs',
);
