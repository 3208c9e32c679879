/** node:zlib, from fflate: gzip, deflate and raw deflate; Brotli and Zstandard are not simulated. */
import { deflateSync, gunzipSync, gzipSync, inflateSync, unzlibSync, zlibSync } from 'fflate';
import nodeBuffer from './buffer.ts';
import { codedError, invalidArgType, notSimulated } from './internal/errors.ts';
import { utf8Bytes } from './internal/utf8.ts';
import { validateFunction } from './internal/validate.ts';

const { Buffer } = nodeBuffer;
type Callback = (error: Error | null, result?: unknown) => void;

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

function dataError(code: 'Z_DATA_ERROR' | 'Z_BUF_ERROR', message: string): Error {
  return Object.assign(new Error(message), { errno: zConstants[code], code });
}

function compressionLevel(options: Options | undefined): { level: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 } {
  const level = options?.level ?? -1;
  if (typeof level !== 'number') throw invalidArgType('options.level', 'number', level);
  if (level < -1 || level > 9) throw load('internal/errors').outOfRange('options.level', '>= -1 and <= 9', level);
  return { level: (level === -1 ? 6 : level) as 6 };
}

/** Throws what zlib says about data that does not start as it must. */
function checkHeader(bytes: Uint8Array, format: 'gzip' | 'zlib'): void {
  if (bytes.length === 0) throw dataError('Z_BUF_ERROR', 'unexpected end of file');
  const first = bytes[0] as number;
  const second = bytes[1] ?? 0;
  if (
    format === 'gzip'
      ? first !== 0x1f || (bytes.length > 1 && second !== 0x8b)
      : (first & 15) !== 8 || ((first << 8) | second) % 31 !== 0
  ) {
    throw dataError('Z_DATA_ERROR', 'incorrect header check');
  }
}

function crc32Of(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function adler32Of(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** Says of fflate's errors what zlib would. */
function expand(bytes: Uint8Array, work: (bytes: Uint8Array) => Uint8Array, trailer: number): Uint8Array {
  try {
    return work(bytes);
  } catch (error) {
    const { code } = error as { code?: number };
    // fflate's 0 and 4: the data ended too early.
    if (code === 0 || code === 4 || bytes.length <= trailer) throw dataError('Z_BUF_ERROR', 'unexpected end of file');
    throw dataError(
      'Z_DATA_ERROR',
      code === 1 ? 'invalid block type' : code === 3 ? 'invalid distance too far back' : 'invalid stored block lengths',
    );
  }
}

function checked(bytes: Uint8Array, expected: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 18) throw dataError('Z_BUF_ERROR', 'unexpected end of file');
  if (view.getUint32(bytes.length - 4, true) !== expected.length % 2 ** 32)
    throw dataError('Z_BUF_ERROR', 'unexpected end of file');
  if (view.getUint32(bytes.length - 8, true) !== crc32Of(expected))
    throw dataError('Z_DATA_ERROR', 'incorrect data check');
  return expected;
}

const conversions: Record<string, (bytes: Uint8Array, options?: Options) => Uint8Array> = {
  gzip: (bytes, options) => withUnixHeader(gzipSync(bytes, { ...compressionLevel(options), mtime: 0 })),
  gunzip(bytes) {
    checkHeader(bytes, 'gzip');
    return checked(
      bytes,
      expand(bytes, (data) => gunzipSync(data), 18),
    );
  },
  deflate: (bytes, options) => zlibSync(bytes, compressionLevel(options)),
  inflate(bytes) {
    checkHeader(bytes, 'zlib');
    if (bytes.length < 8) throw dataError('Z_BUF_ERROR', 'unexpected end of file');
    const result = expand(bytes, (data) => unzlibSync(data), 6);
    const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4);
    if (sum !== adler32Of(result)) throw dataError('Z_DATA_ERROR', 'incorrect data check');
    return result;
  },
  deflateRaw: (bytes, options) => deflateSync(bytes, compressionLevel(options)),
  inflateRaw(bytes) {
    if (bytes.length === 0) throw dataError('Z_BUF_ERROR', 'unexpected end of file');
    return expand(bytes, (data) => inflateSync(data), 0);
  },
  unzip(bytes) {
    if (bytes[0] === 0x1f) return conversions['gunzip']?.(bytes) as Uint8Array;
    return conversions['inflate']?.(bytes) as Uint8Array;
  },
};

/** The header's last byte names the system: 3 for Unix, as zlib on Linux writes. */
function withUnixHeader(bytes: Uint8Array): Uint8Array {
  bytes[9] = 3;
  return bytes;
}

function run(name: string, input: unknown, options?: Options): any {
  const bytes = bytesOf(input);
  const convert = conversions[name] as (bytes: Uint8Array, options?: Options) => Uint8Array;
  const result = internals.unmetered(() => convert(bytes, options));
  internals.meter(Math.ceil(Math.max(bytes.length, result.length) / 2) + 200);
  const limit = options?.maxOutputLength;
  if (limit !== undefined && result.length > limit) {
    throw codedError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${limit} bytes`);
  }
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
  crc32: (data: unknown, start = 0): number => crc32Of(bytesOf(data), start),
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
