/** Response streaming: the `awslambda` global, the response stream, and how a streaming handler is called. */
import { runtimeError } from '../runtime-error.ts';

type Handler = (...values: unknown[]) => unknown;

interface Writable {
  write(chunk: unknown, ...rest: unknown[]): boolean;
  end(...values: unknown[]): unknown;
  on(event: string, listener: Handler): unknown;
  destroyed: boolean;
  writableFinished: boolean;
}

type WritableConstructor = new (options: {
  highWaterMark?: number;
  decodeStrings: boolean;
  write(chunk: unknown, encoding: string, done: (error?: unknown) => void): void;
}) => Writable;

export interface StreamingDelivery {
  readonly handler: Handler;
  readonly receiver: object;
  readonly event: unknown;
  readonly context: unknown;
  readonly isAsync: boolean;
  warn(text: string): void;
  /** The whole response body, when the invocation is over. */
  respond(text: string): void;
  fail(error: unknown): void;
  waitsForEmptyLoop(): boolean;
  whenEmpty(action: () => void): void;
}

export interface Streaming {
  readonly awslambda: Record<string, unknown>;
  isStreaming(handler: Handler): boolean;
  deliver(delivery: StreamingDelivery): void;
}

/** Separates the JSON prelude of an HTTP response from its body. */
const preludeEnd = '\0'.repeat(8);

export function createStreaming(library: (name: string) => unknown): Streaming {
  const options = new WeakMap<Handler, { highWaterMark?: number }>();

  const createStream = (highWaterMark: number | undefined) => {
    const { Writable } = library('stream') as { Writable: WritableConstructor };
    const { Buffer } = library('buffer') as {
      Buffer: {
        concat(parts: Uint8Array[]): Uint8Array & { toString(encoding: string): string };
        from(value: unknown, encoding?: string): Uint8Array;
      };
    };
    const parts: Uint8Array[] = [];
    const state = {
      started: false,
      contentType: 'application/octet-stream',
      beforeFirstWrite: undefined as (() => string) | undefined,
    };
    const stream = new Writable({
      ...(highWaterMark === undefined ? {} : { highWaterMark }),
      decodeStrings: false,
      write(chunk, encoding, done) {
        parts.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : (chunk as Uint8Array));
        done();
      },
    });
    const original = stream.write.bind(stream);
    const start = (): void => {
      if (state.started) return;
      state.started = true;
      if (state.beforeFirstWrite !== undefined) original(state.beforeFirstWrite() + preludeEnd);
    };
    stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
      start();
      const sendable = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
      return original(sendable, ...rest);
    };
    const originalEnd = stream.end.bind(stream);
    stream.end = (...values: unknown[]): unknown => {
      if (values.length > 0 && values[0] !== undefined && values[0] !== null && typeof values[0] !== 'function') {
        stream.write(values[0], ...(typeof values[1] === 'string' ? [values[1]] : []));
        return originalEnd(...values.filter((value) => typeof value === 'function'));
      }
      return originalEnd(...values);
    };
    Object.assign(stream, {
      setContentType(contentType: string): void {
        if (state.started)
          throw runtimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
        state.contentType = contentType;
      },
      _onBeforeFirstWrite(callback: (write: (text: string) => void) => void) {
        state.beforeFirstWrite = () => {
          let text = '';
          callback((written) => {
            text += written;
          });
          return text;
        };
      },
    });
    const setPrelude = (prelude: unknown): void => {
      state.contentType = 'application/vnd.awslambda.http-integration-response';
      state.beforeFirstWrite = () => JSON.stringify(prelude ?? {});
    };
    preludes.set(stream, setPrelude);
    return { stream, text: () => Buffer.concat(parts).toString('utf8') };
  };

  const preludes = new WeakMap<object, (prelude: unknown) => void>();

  const awslambda = {
    streamifyResponse(handler: Handler, settings?: { highWaterMark?: number }): Handler {
      options.set(handler, settings ?? {});
      return handler;
    },
    HttpResponseStream: {
      from(stream: Writable, prelude: unknown): Writable {
        preludes.get(stream)?.(prelude);
        return stream;
      },
    },
  };

  const deliver = (delivery: StreamingDelivery): void => {
    const { stream, text } = createStream(options.get(delivery.handler)?.highWaterMark);
    const whenFinished = (action: () => void): void => {
      if (stream.writableFinished || stream.destroyed) action();
      else stream.on('finish', action);
    };
    let result: unknown;
    try {
      const call = (): unknown => delivery.handler.call(delivery.receiver, delivery.event, stream, delivery.context);
      result = call();
    } catch (error) {
      return delivery.fail(error);
    }
    if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') {
      return delivery.fail(new Error('Streaming does not support non-async handlers.'));
    }
    (result as Promise<unknown>).then(
      (value) => {
        if (value !== undefined) delivery.warn('Streaming handlers ignore return values.');
        whenFinished(() => {
          const finish = (): void => delivery.respond(text());
          if (delivery.waitsForEmptyLoop()) delivery.whenEmpty(finish);
          else finish();
        });
      },
      (error: unknown) => delivery.fail(error),
    );
  };

  return { awslambda, isStreaming: (handler) => options.has(handler), deliver };
}
