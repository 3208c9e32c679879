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

/** The part of the core's timers that streams use. */
interface StreamTimers {
  setTimeout: typeof setTimeout;
  setInterval: typeof setInterval;
  clearInterval: typeof clearInterval;
}

const longestDelay = 2 ** 31 - 1;

/**
 * `measure` counts the bytes of a text; `delay` says how many ms a number of bytes take after those sent before;
 * `started` hears of the first write.
 */
export function createStreaming(
  library: (name: string) => unknown,
  timers: StreamTimers,
  measure: (text: string) => number,
  delay: (sent: number, bytes: number) => number,
  started: (contentType: string) => void,
): Streaming {
  const options = new WeakMap<Handler, { highWaterMark?: number }>();

  const createStream = (highWaterMark: number | undefined) => {
    const { Writable } = library('stream') as { Writable: WritableConstructor };
    const { Buffer } = library('buffer') as {
      Buffer: {
        concat(parts: Uint8Array[]): Uint8Array & { toString(encoding: string): string };
        from(value: unknown, encoding?: string): Uint8Array;
      };
    };
    const parts: (string | Uint8Array)[] = [];
    let sent = 0;
    const state = {
      started: false,
      contentType: 'application/octet-stream',
      beforeFirstWrite: undefined as (() => string) | undefined,
    };
    const stream = new Writable({
      ...(highWaterMark === undefined ? {} : { highWaterMark }),
      decodeStrings: false,
      write(chunk, encoding, done) {
        const isText = typeof chunk === 'string' && /^utf-?8$/i.test(encoding);
        const part =
          isText || typeof chunk !== 'string' ? (chunk as string | Uint8Array) : Buffer.from(chunk, encoding);
        const bytes = typeof part === 'string' ? measure(part) : part.length;
        parts.push(part);
        const wait = delay(sent, bytes);
        sent += bytes;
        if (wait > 0) timers.setTimeout(done, wait);
        else done();
      },
    });
    const original = stream.write.bind(stream);
    const start = (): void => {
      if (state.started) return;
      state.started = true;
      started(state.contentType);
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
    /** Bytes are decoded together, since a character may have been written in two parts. */
    const text = (): string => {
      let whole = '';
      let bytes: Uint8Array[] = [];
      const decode = (): void => {
        if (bytes.length > 0) whole += Buffer.concat(bytes).toString('utf8');
        bytes = [];
      };
      for (const part of parts) {
        if (typeof part !== 'string') bytes.push(part);
        else {
          decode();
          whole += part;
        }
      }
      decode();
      return whole;
    };
    return { stream, text };
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
    // The connection keeps the event loop alive until the stream is ended.
    const connection = timers.setInterval(() => {}, longestDelay);
    const disconnect = (): void => timers.clearInterval(connection);
    for (const event of ['finish', 'close', 'error']) stream.on(event, disconnect);
    const fail = (error: unknown): void => {
      disconnect();
      delivery.fail(error);
    };
    const whenFinished = (action: () => void): void => {
      if (stream.writableFinished || stream.destroyed) action();
      else stream.on('finish', action);
    };
    let result: unknown;
    try {
      const call = (): unknown => delivery.handler.call(delivery.receiver, delivery.event, stream, delivery.context);
      result = call();
    } catch (error) {
      return fail(error);
    }
    if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') {
      return fail(new Error('Streaming does not support non-async handlers.'));
    }
    (result as Promise<unknown>).then((value) => {
      if (value !== undefined) delivery.warn('Streaming handlers ignore return values.');
      whenFinished(() => {
        const finish = (): void => delivery.respond(text());
        if (delivery.waitsForEmptyLoop()) delivery.whenEmpty(finish);
        else finish();
      });
    }, fail);
  };

  return { awslambda, isStreaming: (handler) => options.has(handler), deliver };
}
