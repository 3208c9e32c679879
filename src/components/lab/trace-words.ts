/** What X-Ray's marks are called on the page. */
import type { TraceState } from '../../../sandbox/lab/lab.types.ts';

export const stateWords: Readonly<Record<TraceState, string>> = {
  ok: 'OK',
  error: 'error (4xx)',
  throttle: 'throttled',
  fault: 'fault',
};
