/** The web streams, with the text and compression streams that Node has beside them. */
import {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} from 'web-streams-polyfill';

export {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
};

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
type Inspect = (value: unknown, options: object) => string;

/** Streams inspect by what they are, not by the polyfill's fields. */
function inspectAs(type: { prototype: object; name: string }, describe: (stream: any) => object): void {
  Object.defineProperty(type.prototype, inspectSymbol, {
    value(this: object, depth: number | null, options: object, inspect: Inspect) {
      return depth !== null && depth < 0 ? `[${type.name}]` : `${type.name} ${inspect(describe(this), options)}`;
    },
    configurable: true,
  });
}
inspectAs(ReadableStream, (stream) => ({
  locked: stream.locked,
  state: stream._state,
  supportsBYOB: stream._readableStreamController instanceof ReadableByteStreamController,
}));
inspectAs(WritableStream, (stream) => ({ locked: stream.locked, state: stream._state }));
inspectAs(TransformStream, (stream) => ({
  readable: stream.readable,
  writable: stream.writable,
  backpressure: stream._backpressure,
}));

/** A transform with the two ends as properties. */
class Pair {
  readonly #stream: TransformStream;

  constructor(transformer: Transformer) {
    this.#stream = new TransformStream(transformer);
  }

  get readable(): unknown {
    return this.#stream.readable;
  }

  get writable(): unknown {
    return this.#stream.writable;
  }
}

export class TextEncoderStream extends Pair {
  readonly encoding = 'utf-8';

  constructor() {
    const encoder = new TextEncoder();
    super({ transform: (chunk, controller) => controller.enqueue(encoder.encode(String(chunk))) });
  }
}

export class TextDecoderStream extends Pair {
  readonly encoding: string;

  constructor(label?: string, options?: TextDecoderOptions) {
    const decoder = new TextDecoder(label, options);
    super({
      transform(chunk, controller) {
        const text = decoder.decode(chunk as Uint8Array, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    this.encoding = decoder.encoding;
  }
}

/** Compresses or decompresses all that was written once it has come to its end. */
function wholeTransform(convert: (bytes: Uint8Array) => Uint8Array): Transformer {
  const { Buffer } = load('buffer');
  const chunks: Uint8Array[] = [];
  return {
    transform: (chunk) => void chunks.push(Buffer.from(chunk) as Uint8Array),
    flush: (controller) => controller.enqueue(new Uint8Array(convert(Buffer.concat(chunks) as Uint8Array))),
  };
}

const formats: Record<string, [string, string]> = {
  gzip: ['gzipSync', 'gunzipSync'],
  deflate: ['deflateSync', 'inflateSync'],
  'deflate-raw': ['deflateRawSync', 'inflateRawSync'],
};

function conversion(format: string, index: 0 | 1): (bytes: Uint8Array) => Uint8Array {
  const names = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (names === undefined) throw new TypeError(`Unsupported compression format: '${format}'`);
  return load('zlib')[names[index]] as (bytes: Uint8Array) => Uint8Array;
}

export class CompressionStream extends Pair {
  constructor(format: string) {
    super(wholeTransform(conversion(format, 0)));
  }
}

export class DecompressionStream extends Pair {
  constructor(format: string) {
    super(wholeTransform(conversion(format, 1)));
  }
}
