/** node:timers/promises: timers as promises and async iterators. */
import { abortError, invalidArgType } from '../internal/errors.ts';
import { validateAbortSignal, validateBoolean, validateNumber } from '../internal/validate.ts';

interface Options {
  signal?: AbortSignal;
  ref?: boolean;
}

function check(options: Options): Options {
  if (options === null || typeof options !== 'object') throw invalidArgType('options', 'Object', options);
  validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
  return options;
}

/** A promise that a timer resolves and a signal rejects. */
function wait<T>(
  value: T,
  delay: number | undefined,
  options: Options,
  start: (done: () => void) => { stop: () => void; timer: any },
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (delay !== undefined) validateNumber(delay, 'delay');
    const { signal, ref = true } = check(options);
    if (signal?.aborted) {
      reject(abortError(signal));
      return;
    }
    const onAbort = (): void => {
      stop();
      reject(abortError(signal));
    };
    const { stop, timer } = start(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    });
    if (!ref) timer.unref();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export function setTimeout<T>(delay?: number, value?: T, options: Options = {}): Promise<T> {
  return wait(value as T, delay, options, (done) => {
    const timer = internals.timers.setTimeout(done, delay);
    return { timer, stop: () => internals.timers.clearTimeout(timer) };
  });
}

export function setImmediate<T>(value?: T, options: Options = {}): Promise<T> {
  return wait(value as T, undefined, options, (done) => {
    const timer = internals.timers.setImmediate(done);
    return { timer, stop: () => internals.timers.clearImmediate(timer) };
  });
}

export async function* setInterval<T>(delay?: number, value?: T, options: Options = {}): AsyncGenerator<T> {
  if (delay !== undefined) validateNumber(delay, 'delay');
  const { signal, ref = true } = check(options);
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake: (() => void) | undefined;
  const timer = internals.timers.setInterval(() => {
    due++;
    wake?.();
  }, delay) as unknown as { unref(): void };
  if (!ref) timer.unref();
  const onAbort = (): void => {
    internals.timers.clearInterval(timer as never);
    wake?.();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (signal?.aborted) throw abortError(signal);
      if (due === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
        continue;
      }
      for (; due > 0; due--) yield value as T;
    }
  } finally {
    internals.timers.clearInterval(timer as never);
    signal?.removeEventListener('abort', onAbort);
  }
}

export const scheduler = {
  wait: (delay: number, options?: Options): Promise<unknown> => setTimeout(delay, undefined, options),
  yield: (): Promise<unknown> => setImmediate(),
};
