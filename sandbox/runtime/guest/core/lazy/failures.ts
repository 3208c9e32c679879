/** What the runtime does when something fails: uncaught exceptions, unhandled rejections, failed inits. */
import type { LambdaConsole } from '../console.ts';
import type { CoreConfiguration, Host } from '../host.ts';
import { runtimeError } from '../runtime-error.ts';
import { toPayload, type ErrorPayload } from './error-payload.ts';

export interface FailureParts {
  readonly configuration: CoreConfiguration;
  readonly host: Host;
  readonly console: LambdaConsole;
  emit(name: string, ...values: unknown[]): boolean;
  leave(code: number): never;
  /** Whether an invocation is open; takes its outcome when it is. */
  settle(): 'init' | 'open' | 'settled';
}

export interface Failures {
  payload(thrown: unknown): ErrorPayload;
  uncaughtException(error: unknown): void;
  unhandledRejection(reason: unknown, promise: unknown): void;
  /** Ends the process. */
  failInit(error: unknown): void;
  /** What is logged as an Invoke Error. */
  loggable(error: unknown): unknown;
}

const { stringify } = JSON;

function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[object]';
  }
}

export function createFailures({ configuration, host, console, emit, leave, settle }: FailureParts): Failures {
  const { generation } = configuration;
  const printRaw = (error: unknown): void => {
    const text = error instanceof Error ? String(error.stack) : `Uncaught ${safeString(error)}`;
    console.writeRaw(`${text}\n\nNode.js ${configuration.nodeVersion}\n`);
  };
  const report = (payload: ErrorPayload): void => {
    const state = settle();
    if (state === 'init') host.initFailed(stringify(payload));
    if (state === 'open') host.failed(stringify(payload), String(payload.errorType));
  };
  /** The function's own listeners run too; what they throw changes nothing, the process is ending. */
  const tellListeners = (name: string, ...values: unknown[]): void => {
    try {
      emit(name, ...values);
    } catch {
      return;
    }
  };
  return {
    payload: (thrown) => toPayload(thrown, generation),
    uncaughtException(error) {
      if (generation === 4) {
        let heard = false;
        try {
          heard = emit('uncaughtException', error, 'uncaughtException');
        } catch (failed) {
          // What a listener for the last resort throws, nobody hears: Node's exit status for that is 7.
          printRaw(failed);
          leave(7);
        }
        if (heard) return;
        printRaw(error);
        leave(1);
      }
      console.writeError('Uncaught Exception', error);
      report(toPayload(error, 3));
      tellListeners('uncaughtException', error, 'uncaughtException');
      leave(129);
    },
    unhandledRejection(reason, promise) {
      if (generation === 4) {
        let heard = false;
        try {
          heard = emit('unhandledRejection', reason, promise);
        } catch (failed) {
          this.uncaughtException(failed);
          return;
        }
        if (heard) return;
        printRaw(reason);
        leave(1);
      }
      const error = runtimeError('Runtime.UnhandledPromiseRejection', safeString(reason));
      Object.assign(error, { reason, promise });
      console.writeError('Unhandled Promise Rejection', error);
      report(toPayload(error, 3));
      tellListeners('unhandledRejection', reason, promise);
      leave(128);
    },
    failInit(error) {
      console.writeError(generation === 3 ? 'Uncaught Exception' : 'Init Error', error);
      host.initFailed(stringify(toPayload(error, generation)));
      leave(generation === 3 ? 129 : 1);
    },
    loggable: (error) => {
      if (error === null) return { errorType: 'object', errorMessage: 'null' };
      return error === undefined ? { errorType: 'undefined', errorMessage: 'undefined' } : error;
    },
  };
}
