/** Blob and File: bytes with a type. */
import { codedError, invalidArgType } from './errors.ts';
import { utf8Bytes, utf8Text } from './utf8.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

function bytesOf(part: any): Uint8Array {
  if (part instanceof Blob) return Blob.bytesOf(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (part instanceof ArrayBuffer) return new Uint8Array(part);
  return utf8Bytes(String(part));
}

interface BlobOptions {
  type?: string;
  endings?: string;
}

export class Blob {
  #bytes: Uint8Array<ArrayBuffer>;
  #type: string;

  constructor(parts: unknown = [], options: BlobOptions | null = {}) {
    if (parts === null || typeof parts !== 'object' || typeof (parts as any)[Symbol.iterator] !== 'function') {
      throw invalidArgType('sources', 'a sequence', parts);
    }
    const pieces = [...(parts as Iterable<unknown>)].map(bytesOf);
    this.#bytes = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      this.#bytes.set(piece, at);
      at += piece.length;
    }
    const type = options?.type === undefined ? '' : String(options.type);
    this.#type = /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
  }

  /** @internal */
  static bytesOf(blob: Blob): Uint8Array<ArrayBuffer> {
    return blob.#bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  get type(): string {
    return this.#type;
  }

  slice(start = 0, end = this.size, type = ''): Blob {
    return new Blob([this.#bytes.slice(start, end)], { type });
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#bytes.slice();
  }

  async text(): Promise<string> {
    return utf8Text(this.#bytes);
  }

  stream(): unknown {
    const { ReadableStream } = load('internal/web-streams');
    const bytes = this.#bytes.slice();
    return new ReadableStream({
      start(controller: any) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
  }

  [inspectSymbol](depth: number | null, options: object, inspect: (value: unknown, options: object) => string): string {
    if (depth !== null && depth < 0) return '[Object]';
    return `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}

export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(parts: unknown, name: unknown, options: (BlobOptions & { lastModified?: number }) | null = {}) {
    if (arguments.length < 2)
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "fileBits" and "fileName" arguments must be specified');
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = options?.lastModified ?? internals.now();
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

  override [inspectSymbol](
    depth: number | null,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    if (depth !== null && depth < 0) return '[Object]';
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, options)}`;
  }
}
for (const type of [Blob, File])
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
