/** Sending one call until it is answered: connections that are used again, retries with a growing delay, time-outs. */
import type { ApiAnswer } from '../../contract.ts';
import type { SdkRetries } from '../core/host.ts';
import type { Failure, Metadata } from './errors.ts';

/** Connections that a client holds open. */
export class Connections {
  #idle = 0;

  /** True when one has to be opened. */
  take(): boolean {
    if (this.#idle === 0) return true;
    this.#idle -= 1;
    return false;
  }

  giveBack(): void {
    this.#idle += 1;
  }
}

export interface Sending {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly maxAttempts: number;
  readonly connections: Connections;
  readonly signal: AbortSignal | undefined;
  /** ms after which the client gives an answer up. */
  readonly timeoutMs: number | undefined;
  /** ms after which it gives up a connection that nobody accepts; the operating system's time by default. */
  readonly connectionTimeoutMs: number | undefined;
  readonly toException: (failure: Failure) => Error;
}

const throttles = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

type Kind = 'throttled' | 'transient' | 'final';

function kindOf(error: Error & { code?: unknown; $metadata?: Metadata }): Kind {
  const status = error.$metadata?.httpStatusCode;
  if (status === 429 || throttles.has(error.name)) return 'throttled';
  if (error.name === 'TimeoutError' || error.code === 'ETIMEDOUT') return 'transient';
  if (status !== undefined && [500, 502, 503, 504].includes(status)) return 'transient';
  return 'final';
}

/** How a service's client tries again: Amazon DynamoDB's is quicker and more patient than the others. */
export function retriesOf(service: string): SdkRetries {
  const { services, ...usual } = internals.configuration.sdk.retries;
  return { ...usual, ...services[service] };
}

/** Resolves with the output and what `$metadata` says; rejects with the exception of the last attempt. */
export function sendWithRetries(sending: Sending): Promise<{ output: unknown; metadata: Metadata }> {
  const retries = retriesOf(sending.service);
  let attempts = 0;
  let totalRetryDelay = 0;
  const attempt = (): Promise<{ output: unknown; metadata: Metadata }> =>
    once(sending).then(
      ({ output, requestId, extendedRequestId }) => ({
        output,
        metadata: {
          httpStatusCode: 200,
          requestId,
          extendedRequestId,
          cfId: undefined,
          attempts: attempts + 1,
          totalRetryDelay,
        },
      }),
      (thrown: unknown) => {
        const error = thrown as Error & { $metadata?: Metadata };
        attempts += 1;
        const kind = kindOf(error);
        if (kind === 'final' || attempts >= sending.maxAttempts || sending.signal?.aborted === true) {
          if (error.$metadata !== undefined) Object.assign(error.$metadata, { attempts, totalRetryDelay });
          throw error;
        }
        const base = kind === 'throttled' ? retries.throttledBaseMs : retries.baseMs;
        const delay = Math.floor(Math.random() * Math.min(base * 2 ** (attempts - 1), retries.maximumMs));
        totalRetryDelay += delay;
        return pause(delay, sending.signal).then(attempt);
      },
    );
  return attempt();
}

function once(sending: Sending): Promise<Extract<ApiAnswer, { ok: true }>> {
  const { service, operation, input, connections, signal, timeoutMs, connectionTimeoutMs = 0 } = sending;
  if (signal?.aborted === true) return Promise.reject(abortError());
  const { ticks } = internals.configuration.sdk;
  const newConnection = connections.take();
  internals.meter(ticks.call + (newConnection ? ticks.connection : 0));
  const controller = new AbortController();
  const stop = (): void => controller.abort(abortError());
  signal?.addEventListener('abort', stop, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : internals.timers.setTimeout(() => controller.abort(timeoutError(timeoutMs)), timeoutMs);
  return internals.network
    .callApi({ service, operation, input, newConnection, connectionTimeoutMs }, controller.signal)
    .finally(() => {
      signal?.removeEventListener('abort', stop);
      internals.timers.clearTimeout(timer);
    })
    .then((answer) => {
      if (answer.ok) {
        connections.giveBack();
        return answer;
      }
      // Where nothing answered there is no connection.
      if (answer.error.details['$metadata'] === undefined) connections.giveBack();
      throw sending.toException(answer);
    });
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = internals.timers.setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      internals.timers.clearTimeout(timer);
      reject(abortError());
    });
  });

const abortError = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });

const timeoutError = (ms: number): Error =>
  Object.assign(new Error(`a request has exceeded the configured ${ms} ms requestTimeout.`), {
    name: 'TimeoutError',
    $metadata: {},
  });
