/** node:inspector/promises: not simulated. */
import inspector from '../inspector.ts';

export default inspector;
