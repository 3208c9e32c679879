/** node:wasi: WASI; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default absentFunctions('wasi', ['WASI'], 'is not available in this simulator');
