/** Bodies of requests and responses: what they may be made from, and how they are read. */
import { Blob } from '../blob.ts';
import { utf8Bytes, utf8Text } from '../utf8.ts';
import { parsePairs } from '../url/search-params.ts';
import { decodeMultipart, encodeMultipart, FormData } from './form-data.ts';

type Source = { bytes: Uint8Array } | { stream: any };

/** The body's content and the Content-Type that goes with it. */
export function extractBody(body: any): { source: Source | undefined; type: string | undefined } {
  if (body == null) return { source: undefined, type: undefined };
  const { URLSearchParams } = load('internal/url');
  if (body instanceof URLSearchParams) {
    return { source: { bytes: utf8Bytes(String(body)) }, type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  if (body instanceof FormData) {
    const { bytes, type } = encodeMultipart(body);
    return { source: { bytes }, type };
  }
  if (body instanceof Blob) return { source: { bytes: Blob.bytesOf(body) }, type: body.type || undefined };
  if (ArrayBuffer.isView(body))
    return {
      source: { bytes: new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength).slice() },
      type: undefined,
    };
  if (body instanceof ArrayBuffer) return { source: { bytes: new Uint8Array(body).slice() }, type: undefined };
  if (
    typeof body === 'object' &&
    (typeof body.getReader === 'function' || typeof body[Symbol.asyncIterator] === 'function')
  ) {
    return { source: { stream: body }, type: undefined };
  }
  return { source: { bytes: utf8Bytes(String(body)) }, type: 'text/plain;charset=UTF-8' };
}

async function readStream(stream: any): Promise<Uint8Array> {
  const chunks: unknown[] = [];
  if (typeof stream.getReader === 'function') {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  } else {
    for await (const chunk of stream as AsyncIterable<unknown>) chunks.push(chunk);
  }
  return Blob.bytesOf(new Blob(chunks));
}

export class Body {
  #source: Source | undefined;
  #stream: any;
  #used = false;

  constructor(source: Source | undefined) {
    this.#source = source;
  }

  get body(): any {
    if (this.#source === undefined) return null;
    const { ReadableStream } = load('internal/web-streams');
    if (this.#stream === undefined) {
      const source = this.#source;
      this.#stream =
        'stream' in source
          ? typeof source.stream.getReader === 'function'
            ? source.stream
            : ReadableStream.from(source.stream)
          : new ReadableStream({
              start(controller: any) {
                if (source.bytes.length > 0) controller.enqueue(source.bytes);
                controller.close();
              },
              type: 'bytes',
            });
      this.#source = { stream: this.#stream };
    }
    return this.#stream;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#read()).slice().buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return (await this.#read()).slice();
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.#read()], { type: (this as any).headers.get('content-type') ?? '' });
  }

  async text(): Promise<string> {
    return utf8Text(await this.#read()).replace(/^\ufeff/, '');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async formData(): Promise<FormData> {
    const type: string = (this as any).headers.get('content-type') ?? '';
    const bytes = await this.#read();
    if (/^application\/x-www-form-urlencoded/i.test(type)) {
      const data = new FormData();
      for (const [name, value] of parsePairs(utf8Text(bytes))) data.append(name, value);
      return data;
    }
    const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
    const data = boundary === undefined ? undefined : decodeMultipart(bytes, boundary);
    if (data === undefined)
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    return data;
  }

  /** @internal A copy of what has not been read yet. */
  static copySource(body: Body): Source | undefined {
    if (body.#used) throw new TypeError(`${body.constructor.name}.clone: Body has already been consumed.`);
    const source = body.#source;
    if (source === undefined || 'bytes' in source) return source;
    const [kept, copy] = body.body.tee() as [unknown, unknown];
    body.#stream = kept;
    body.#source = { stream: kept };
    return { stream: copy };
  }

  async #read(): Promise<Uint8Array> {
    if (this.#used || this.#stream?.locked) throw new TypeError('Body is unusable: Body has already been read');
    if (this.#source === undefined) return new Uint8Array(0);
    this.#used = true;
    return 'bytes' in this.#source ? this.#source.bytes : readStream(this.#source.stream);
  }
}
