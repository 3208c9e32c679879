/** node:worker_threads: message channels; threads are not simulated. */
import { notSimulated } from './internal/errors.ts';
import { BroadcastChannel, MessageChannel, MessagePort } from './internal/messaging.ts';

export { BroadcastChannel, MessageChannel, MessagePort };
export const isMainThread = true;
export const parentPort = null;
export const workerData = null;
export const threadId = 0;
export const resourceLimits = {};
export const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

export class Worker {
  constructor() {
    throw notSimulated('new Worker()', 'is not available in this simulator: a function is one thread');
  }
}

const environment = new Map<unknown, unknown>();
export const getEnvironmentData = (key: unknown): unknown => environment.get(key);
export const setEnvironmentData = (key: unknown, value: unknown): void => void environment.set(key, value);
export const markAsUntransferable = (): void => undefined;
