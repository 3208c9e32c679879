/** node:repl: a terminal; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default absentFunctions('repl', ['start'], 'is not available in this simulator: a function has no terminal');
