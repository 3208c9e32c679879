/** node:trace_events: tracing; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default absentFunctions('trace_events', ['createTracing'], 'is not available in this simulator');
