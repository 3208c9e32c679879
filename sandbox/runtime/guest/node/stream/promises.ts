/** node:stream/promises: pipeline and finished that return promises. */
import stream from '../stream.ts';

type Callback = (error: Error | null | undefined, value?: unknown) => void;
const { pipeline: pipelineWithCallback, finished: finishedWithCallback } = stream as unknown as {
  pipeline: (...args: unknown[]) => unknown;
  finished: (target: unknown, options: unknown, callback: Callback) => unknown;
};

export function pipeline(...args: any[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const last = args.at(-1);
    const isOptions = last !== null && typeof last === 'object' && typeof last.pipe !== 'function' && typeof last.on !== 'function' && typeof last.getWriter !== 'function' && last[Symbol.asyncIterator] === undefined && last[Symbol.iterator] === undefined;
    const options = isOptions ? args.pop() : {};
    const signal = options.signal as AbortSignal | undefined;
    const onAbort = (): void => {
      const first = args[0];
      if (typeof first?.destroy === 'function') first.destroy(load('internal/errors').abortError(signal));
    };
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const done: Callback = (error, value) => {
      signal?.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve(value);
    };
    pipelineWithCallback(...args, done);
  });
}

export function finished(target: unknown, options: Record<string, unknown> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    finishedWithCallback(target, options, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
