/** Recursion inside a built-in overflowed the host's stack. Node throws a RangeError there; here it ends the process. */
import type { InvocationRequest, ProcessEvents } from './contract.ts';

const errorType = 'RangeError';
const errorMessage = 'Maximum call stack size exceeded';
const trace = [`${errorType}: ${errorMessage}`];

/** Tells what Lambda would have told of the RangeError, and that the process is gone. `request` is undefined in init. */
export function reportOverflow(events: ProcessEvents, request: InvocationRequest | undefined, now: number): void {
  events.concluded(
    'A built-in went deeper than the simulator can follow. Node.js would throw a RangeError there; here the error ended the process.',
  );
  if (request === undefined) events.initFailed({ errorType, errorMessage, trace });
  else {
    const logged = JSON.stringify({ errorType, errorMessage, stack: trace });
    const stamp = new Date(now).toISOString();
    events.log({ message: `${stamp}\t${request.requestId}\tERROR\tInvoke Error \t${logged}`, level: 'ERROR' });
    events.failed(JSON.stringify({ errorType, errorMessage, trace }), errorType);
  }
  events.exited({ kind: 'signal', signal: 'aborted', outOfMemory: false });
}
