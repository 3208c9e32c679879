/** node:inspector: the debugger; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default {
  ...absentFunctions('inspector', ['open', 'waitForDebugger'], 'is not available in this simulator'),
  url: (): undefined => undefined,
  close: (): void => undefined,
};
