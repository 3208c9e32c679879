/** gzip, zlib and raw deflate as node:zlib has them, by fflate, with the errors that zlib gives. */
import { deflateSync, type FlateError, gzipSync, Inflate, zlibSync } from 'fflate';
import { adler32, crc32 } from './checksums.ts';

export type CompressedFormat = 'gzip' | 'deflate' | 'deflateRaw';

/** 0 to 9, as zlib counts them. */
export type CompressionLevel = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** What zlib says of data that it cannot expand. */
export interface ZlibFailure {
  readonly code: 'Z_DATA_ERROR' | 'Z_BUF_ERROR';
  readonly message: string;
}

/** Thrown by `expand` when the result would be longer than its limit. */
export class ExpansionLimitError extends Error {
  override readonly name = 'ExpansionLimitError';
}

/** Compressed data goes in by pieces of so many bytes, so that one of them expands to 70 MB at most. */
const pieceBytes = 65_536;

export function compress(format: CompressedFormat, bytes: Uint8Array, level: CompressionLevel): Uint8Array {
  if (format === 'deflate') return zlibSync(bytes, { level });
  if (format === 'deflateRaw') return deflateSync(bytes, { level });
  const result = gzipSync(bytes, { level, mtime: 0 });
  // The header's last byte names the system: 3 for Unix, as zlib on Linux writes.
  result[9] = 3;
  return result;
}

/** The data in the clear, or why zlib would refuse it. Throws `ExpansionLimitError` beyond `limit` bytes. */
export function expand(format: CompressedFormat, bytes: Uint8Array, limit: number): Uint8Array | ZlibFailure {
  const output = new Output(limit);
  try {
    if (format === 'gzip') gunzip(bytes, output);
    else if (format === 'deflate') unzlib(bytes, output);
    else inflate(bytes, 0, output);
  } catch (error) {
    if (error instanceof Refusal) return error.failure;
    throw error;
  }
  return output.from(0);
}

/** Ends the work on data that is not what it should be. */
class Refusal extends Error {
  readonly failure: ZlibFailure;

  constructor(code: ZlibFailure['code'], message: string) {
    super(message);
    this.failure = { code, message };
  }
}

/** What came out so far, and how long it may become. */
class Output {
  readonly #pieces: Uint8Array[] = [];
  readonly #limit: number;
  length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  readonly add = (piece: Uint8Array): void => {
    this.length += piece.length;
    if (this.length > this.#limit) throw new ExpansionLimitError();
    this.#pieces.push(piece);
  };

  /** What came out since it was so long. */
  from(start: number): Uint8Array {
    const all = new Uint8Array(this.length - start);
    let at = -start;
    for (const piece of this.#pieces) {
      if (at + piece.length > 0) all.set(at < 0 ? piece.subarray(-at) : piece, Math.max(at, 0));
      at += piece.length;
    }
    return all;
  }
}

const endTooEarly = (): Refusal => new Refusal('Z_BUF_ERROR', 'unexpected end of file');
const dataError = (message: string): Refusal => new Refusal('Z_DATA_ERROR', message);

/** What fflate keeps of a stream: final block reached, codes of an unfinished block, bit in the first byte of the rest. */
interface StreamState {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p?: number };
  readonly p: Uint8Array;
}

/** Expands raw deflate data from `start` on and returns where it ends. */
function inflate(bytes: Uint8Array, start: number, output: Output): number {
  const stream = new Inflate(output.add);
  const { s: state } = stream as unknown as StreamState;
  try {
    for (let at = start; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      stream.push(piece);
      if (state.f && !state.l) {
        const rest = (stream as unknown as StreamState).p.length - (state.p === 0 ? 0 : 1);
        return at + piece.length - rest;
      }
    }
  } catch (error) {
    if (error instanceof ExpansionLimitError) throw error;
    throw dataError(inflateMessages[(error as Partial<FlateError>).code ?? -1] ?? 'invalid stored block lengths');
  }
  throw endTooEarly();
}

/** zlib's words for fflate's error codes. */
const inflateMessages: Readonly<Record<number, string>> = {
  1: 'invalid block type',
  2: 'invalid literal/length code',
  3: 'invalid distance too far back',
};

function unzlib(bytes: Uint8Array, output: Output): void {
  if (bytes.length < 2) throw endTooEarly();
  const [first, second] = bytes as unknown as [number, number];
  if (((first << 8) | second) % 31 !== 0) throw dataError('incorrect header check');
  if ((first & 15) !== 8) throw dataError('unknown compression method');
  const end = inflate(bytes, 2, output);
  if (bytes.length < end + 4) throw endTooEarly();
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(end) !== adler32(output.from(0)))
    throw dataError('incorrect data check');
}

/** One file or several after one another, each with its checksum and length; zeros may follow. */
function gunzip(bytes: Uint8Array, output: Output): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  do {
    const before = output.length;
    const end = inflate(bytes, gzipHeaderEnd(bytes, at), output);
    if (bytes.length < end + 8) throw endTooEarly();
    const file = output.from(before);
    if (view.getUint32(end, true) !== crc32(file)) throw dataError('incorrect data check');
    if (view.getUint32(end + 4, true) !== file.length % 2 ** 32) throw dataError('incorrect length check');
    at = end + 8;
  } while (at < bytes.length && bytes[at] !== 0);
}

/** Where the data of the file begins whose header begins at `at`. Source: RFC 1952. */
function gzipHeaderEnd(bytes: Uint8Array, at: number): number {
  const need = (end: number): number => {
    if (end > bytes.length) throw endTooEarly();
    return end;
  };
  need(at + 2);
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b) throw dataError('incorrect header check');
  if (bytes.length > at + 2 && bytes[at + 2] !== 8) throw dataError('unknown compression method');
  let end = need(at + 10);
  const flags = bytes[at + 3]!;
  if ((flags & 0xe0) !== 0) throw dataError('unknown header flags set');
  if (flags & 4) end = need(end + 2) + (bytes[end]! | (bytes[end + 1]! << 8));
  for (const named of [8, 16]) {
    if ((flags & named) === 0) continue;
    const zero = bytes.indexOf(0, end);
    end = zero < 0 ? need(Infinity) : zero + 1;
  }
  return need(flags & 2 ? end + 2 : end);
}
