/** TextEncoder and TextDecoder: UTF-8, UTF-16 and Latin-1 (windows-1252). */
import { codedError, invalidArgType } from './errors.ts';
import { asNativeConversion, latin1Text, utf16Text, utf8Bytes, utf8Text, validUtf8Text } from './utf8.ts';
import { utf8Sequence } from './utf8-sequence.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

export class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(input: unknown = ''): Uint8Array<ArrayBuffer> {
    const text = String(input);
    return asNativeConversion(text.length, () => utf8Bytes(text));
  }

  encodeInto(source: unknown, target: Uint8Array): { read: number; written: number } {
    if (typeof source !== 'string') throw invalidArgType('src', 'string', source);
    if (!(target instanceof Uint8Array)) throw invalidArgType('dest', 'Uint8Array', target);
    let read = 0;
    let written = 0;
    for (const character of source) {
      const bytes = utf8Bytes(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }

  [inspectSymbol](): string {
    return "{ encoding: 'utf-8' }";
  }
}

const labels: Record<string, string> = {};
const addLabels = (name: string, list: string): void => {
  for (const label of list.split(' ')) labels[label] = name;
};
addLabels('utf-8', 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8');
addLabels('utf-16le', 'utf-16le utf-16 ucs-2 unicode unicodefeff csunicode iso-10646-ucs-2');
addLabels('utf-16be', 'utf-16be unicodefffe');
addLabels(
  'windows-1252',
  'latin1 ascii us-ascii iso-8859-1 iso8859-1 iso_8859-1 l1 windows-1252 cp1252 x-cp1252 ansi_x3.4-1968',
);

/** What windows-1252 has at 0x80-0x9F instead of control characters. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  /** Bytes of a character whose rest has not come yet. */
  #pending: Uint8Array = new Uint8Array(0);
  #started = false;

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } | null = {}) {
    const name = labels[String(label).trim().toLowerCase()];
    if (name === undefined) {
      throw codedError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${String(label)}" encoding is not supported`);
    }
    if (options !== null && typeof options !== 'object') throw invalidArgType('options', 'object', options);
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input: unknown = new Uint8Array(0), options?: { stream?: boolean }): string {
    const bytes = this.#withPending(bytesOf(input));
    const stream = Boolean(options?.stream);
    const end = stream ? this.#completeLength(bytes) : bytes.length;
    let text = asNativeConversion(end, () => this.#text(bytes, end));
    this.#pending = bytes.slice(end);
    if (!this.#started && !this.#ignoreBOM && this.#encoding !== 'windows-1252' && text.startsWith('\ufeff'))
      text = text.slice(1);
    this.#started = stream && (this.#started || end > 0);
    return text;
  }

  #withPending(bytes: Uint8Array): Uint8Array {
    if (this.#pending.length === 0) return bytes;
    const all = new Uint8Array(this.#pending.length + bytes.length);
    all.set(this.#pending);
    all.set(bytes, this.#pending.length);
    this.#pending = new Uint8Array(0);
    return all;
  }

  /** How much of a stream's bytes can be decoded before more come. */
  #completeLength(bytes: Uint8Array): number {
    if (this.#encoding === 'windows-1252') return bytes.length;
    if (this.#encoding !== 'utf-8') return bytes.length & ~1;
    for (let at = Math.max(0, bytes.length - 3); at < bytes.length; at++) {
      if ((bytes[at] as number) >= 0xc0 && utf8Sequence(bytes, at, bytes.length).missing) return at;
    }
    return bytes.length;
  }

  #text(bytes: Uint8Array, end: number): string {
    switch (this.#encoding) {
      case 'utf-8': {
        const text = this.#fatal ? validUtf8Text(bytes, 0, end) : utf8Text(bytes, 0, end);
        if (text === undefined) throw this.#invalid();
        return text;
      }
      case 'windows-1252':
        return latin1Text(bytes, 0, end).replace(
          /[\x80-\x9f]/g,
          (character) => windows1252[character.charCodeAt(0) - 0x80] as string,
        );
      default: {
        if (end % 2 === 1 && this.#fatal) throw this.#invalid();
        const ordered = this.#encoding === 'utf-16be' ? swapped(bytes.slice(0, end & ~1)) : bytes;
        const text = utf16Text(ordered, 0, end & ~1);
        if (this.#fatal && !text.isWellFormed()) throw this.#invalid();
        return text.toWellFormed() + (end % 2 === 1 ? '\ufffd' : '');
      }
    }
  }

  #invalid(): Error {
    this.#started = false;
    return codedError(
      TypeError,
      'ERR_ENCODING_INVALID_ENCODED_DATA',
      `The encoded data was not valid for encoding ${this.#encoding}`,
    );
  }
}

function bytesOf(input: unknown): Uint8Array {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return new Uint8Array(input);
  throw invalidArgType('list', ['SharedArrayBuffer', 'ArrayBuffer', 'ArrayBufferView'], input);
}

function swapped(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const low = bytes[at] as number;
    bytes[at] = bytes[at + 1] as number;
    bytes[at + 1] = low;
  }
  return bytes;
}

for (const [type, name] of [
  [TextEncoder, 'TextEncoder'],
  [TextDecoder, 'TextDecoder'],
] as const) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
}
