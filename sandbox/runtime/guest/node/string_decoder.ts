/** node:string_decoder: text from bytes that come in pieces. */
import nodeBuffer from './buffer.ts';
import { codedError, invalidArgType } from './internal/errors.ts';
import { utf8Sequence } from './internal/utf8-sequence.ts';
import { findEncoding } from './internal/buffer/encodings.ts';

const { Buffer } = nodeBuffer;

/** Bytes at the end that wait for more. */
function incomplete(encoding: string, bytes: Uint8Array): number {
  const { length } = bytes;
  if (encoding === 'utf8') {
    for (let at = Math.max(0, length - 3); at < length; at++) {
      if ((bytes[at] as number) >= 0xc0 && utf8Sequence(bytes, at, length).missing) return length - at;
    }
    return 0;
  }
  if (encoding === 'utf16le') {
    const odd = length % 2;
    const highByte = bytes[length - odd - 1];
    const endsInHighSurrogate = length - odd >= 2 && highByte !== undefined && highByte >= 0xd8 && highByte <= 0xdb;
    return odd + (endsInHighSurrogate ? 2 : 0);
  }
  return encoding.startsWith('base64') ? length % 3 : 0;
}

export class StringDecoder {
  readonly encoding: string;
  #pending: Uint8Array = new Uint8Array(0);

  constructor(encoding?: unknown) {
    const found = findEncoding(encoding);
    if (found === undefined)
      throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(encoding)}`);
    this.encoding = found.name;
  }

  get lastNeed(): number {
    return this.#pending.length;
  }

  write(chunk: unknown): string {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
    const piece = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#pending.length === 0 ? Buffer.from(piece) : Buffer.concat([this.#pending, piece]);
    const end = bytes.length - incomplete(this.encoding, bytes);
    this.#pending = bytes.subarray(end);
    return bytes.toString(this.encoding, 0, end);
  }

  end(chunk?: unknown): string {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = Buffer.from(this.#pending).toString(this.encoding);
    this.#pending = new Uint8Array(0);
    return text + rest;
  }

  text(chunk: unknown, offset: number): string {
    this.#pending = new Uint8Array(0);
    return this.write((chunk as Uint8Array).subarray(offset));
  }
}
