/** node:cluster: several processes; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default {
  isPrimary: true,
  isMaster: true,
  isWorker: false,
  workers: {},
  ...absentFunctions(
    'cluster',
    ['fork', 'setupPrimary', 'setupMaster'],
    'is not available in this simulator: a function is one process',
  ),
};
