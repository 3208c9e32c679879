/** node:zlib: gzip, deflate and raw deflate, done by the host; Brotli and Zstandard are not simulated. */
import type { NativeFunctions } from '../../native/native-functions.ts';
import nodeBuffer from './buffer.ts';
import { codedError, invalidArgType, notSimulated } from './internal/errors.ts';
import { ticksOfChecksum, ticksOfCompressing, ticksOfExpanding } from './internal/native-costs.ts';
import { utf8Bytes } from './internal/utf8.ts';
import { validateFunction } from './internal/validate.ts';

const { Buffer } = nodeBuffer;
type Callback = (error: Error | null, result?: unknown) => void;

/** The longest Buffer. */
const maxOutputBytes = 2 ** 53 - 1;

interface Options {
  level?: number;
  memLevel?: number;
  maxOutputLength?: number;
  [name: string]: unknown;
}

const zConstants = {
  Z_NO_FLUSH: 0,
  Z_PARTIAL_FLUSH: 1,
  Z_SYNC_FLUSH: 2,
  Z_FULL_FLUSH: 3,
  Z_FINISH: 4,
  Z_BLOCK: 5,
  Z_OK: 0,
  Z_STREAM_END: 1,
  Z_NEED_DICT: 2,
  Z_ERRNO: -1,
  Z_STREAM_ERROR: -2,
  Z_DATA_ERROR: -3,
  Z_MEM_ERROR: -4,
  Z_BUF_ERROR: -5,
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1,
  Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3,
  Z_FIXED: 4,
  Z_DEFAULT_STRATEGY: 0,
  Z_DEFAULT_WINDOWBITS: 15,
  Z_DEFAULT_MEMLEVEL: 8,
  Z_DEFAULT_CHUNK: 16384,
};

function bytesOf(input: any): Uint8Array {
  if (typeof input === 'string') return utf8Bytes(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw invalidArgType('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], input);
}

function compressionLevel(options: Options | undefined): number {
  const level = options?.level ?? -1;
  if (typeof level !== 'number') throw invalidArgType('options.level', 'number', level);
  if (level < -1 || level > 9) throw load('internal/errors').outOfRange('options.level', '>= -1 and <= 9', level);
  return level === -1 || Number.isNaN(level) ? 6 : Math.trunc(level);
}

type Format = Parameters<NativeFunctions['compress']>[0];

/** What each function does: to which format, or from which. */
const conversions: Record<string, { readonly to: Format } | { readonly from: (bytes: Uint8Array) => Format }> = {
  gzip: { to: 'gzip' },
  gunzip: { from: () => 'gzip' },
  deflate: { to: 'deflate' },
  inflate: { from: () => 'deflate' },
  deflateRaw: { to: 'deflateRaw' },
  inflateRaw: { from: () => 'deflateRaw' },
  unzip: { from: (bytes) => (bytes[0] === 0x1f ? 'gzip' : 'deflate') },
};

function tooLarge(limit: number): Error {
  return codedError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${limit} bytes`);
}

function expanded(format: Format, bytes: Uint8Array, options: Options | undefined): Uint8Array {
  const limit = options?.maxOutputLength ?? maxOutputBytes;
  const result = internals.unmetered(() => internals.native('expand', format, bytes, limit));
  if (typeof result !== 'string') {
    internals.meter(ticksOfExpanding(bytes.length, result.length));
    return result;
  }
  internals.meter(ticksOfExpanding(bytes.length, bytes.length));
  const [code, message] = /^(\S+) ?(.*)$/.exec(result)?.slice(1) as [keyof typeof zConstants, string];
  if (message === '') throw tooLarge(limit);
  throw Object.assign(new Error(message), { errno: zConstants[code], code });
}

function compressed(format: Format, bytes: Uint8Array, options: Options | undefined): Uint8Array {
  const level = compressionLevel(options);
  const result = internals.unmetered(() => internals.native('compress', format, bytes, level));
  internals.meter(ticksOfCompressing(level, bytes.length, result.length));
  return result;
}

function run(name: string, input: unknown, options?: Options): any {
  const bytes = bytesOf(input);
  const conversion = conversions[name] as (typeof conversions)[string];
  const result =
    'to' in conversion ? compressed(conversion.to, bytes, options) : expanded(conversion.from(bytes), bytes, options);
  const limit = options?.maxOutputLength;
  if (limit !== undefined && result.length > limit) throw tooLarge(limit);
  return Buffer.from(result.buffer, result.byteOffset, result.byteLength);
}

function createStream(name: string, options?: Options): unknown {
  const { Transform } = load('stream');
  const chunks: Uint8Array[] = [];
  const stream = new Transform({
    transform(chunk: any, encoding: string, done: (error?: unknown) => void) {
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
      done();
    },
    flush(this: any, done: (error?: unknown) => void) {
      try {
        const result = run(name, Buffer.concat(chunks), options);
        for (let at = 0; at < result.length; at += zConstants.Z_DEFAULT_CHUNK)
          this.push(result.subarray(at, at + zConstants.Z_DEFAULT_CHUNK));
      } catch (error) {
        done(error);
        return;
      }
      done();
    },
  });
  return Object.assign(stream, {
    close(this: any, callback?: () => void) {
      if (callback !== undefined) internals.timers.nextTick(callback);
      this.destroy();
    },
    flush(...args: unknown[]) {
      const callback = args.at(-1);
      if (typeof callback === 'function') internals.timers.nextTick(callback as () => void);
    },
  });
}

const moduleExports: Record<string, any> = {
  constants: zConstants,
  ...zConstants,
  crc32: (data: unknown, start = 0): number => {
    const bytes = bytesOf(data);
    return internals.unmetered(() => internals.native('crc32', bytes, start), ticksOfChecksum(bytes.length));
  },
};
for (const name of Object.keys(conversions)) {
  const className = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
  moduleExports[`${name}Sync`] = (input: unknown, options?: Options): unknown => run(name, input, options);
  moduleExports[name] = (input: unknown, ...rest: unknown[]): void => {
    const callback = rest.pop();
    validateFunction(callback, 'callback');
    bytesOf(input);
    let outcome: Parameters<Callback>;
    try {
      outcome = [null, run(name, input, rest[0] as Options | undefined)];
    } catch (error) {
      outcome = [error as Error];
    }
    internals.timers.setImmediate(() => callback(...outcome));
  };
  moduleExports[`create${className}`] = (options?: Options): unknown => createStream(name, options);
  for (const key of [name, `${name}Sync`, `create${className}`])
    Object.defineProperty(moduleExports[key], 'name', { value: key });
}
for (const name of [
  'brotliCompress',
  'brotliCompressSync',
  'brotliDecompress',
  'brotliDecompressSync',
  'createBrotliCompress',
  'createBrotliDecompress',
  'zstdCompress',
  'zstdCompressSync',
  'zstdDecompress',
  'zstdDecompressSync',
  'createZstdCompress',
  'createZstdDecompress',
]) {
  const refuse = (): never => {
    throw notSimulated(`zlib.${name}()`, 'is not available in this simulator: it has gzip and deflate');
  };
  moduleExports[name] = Object.defineProperty(refuse, 'name', { value: name });
}
export default moduleExports;
