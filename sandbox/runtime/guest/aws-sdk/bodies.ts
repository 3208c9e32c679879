/** Bodies of objects: what PutObject takes, and the stream that GetObject gives. */

/** A Uint8Array that reads itself as text, as `Payload` of Lambda's Invoke is one. */
export class BytesWithText extends Uint8Array {
  transformToString(encoding = 'utf8'): string {
    return Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString(encoding as BufferEncoding);
  }
}
Object.defineProperty(BytesWithText, 'name', { value: 'Uint8ArrayBlobAdapter' });

/** The whole body: text, bytes, a Blob, or a stream of them. */
export function bodyBytes(body: any): string | Uint8Array | undefined | Promise<string | Uint8Array | undefined> {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body.arrayBuffer === 'function') {
    return (body.arrayBuffer() as Promise<ArrayBuffer>).then((buffer) => new Uint8Array(buffer));
  }
  if (typeof body[Symbol.asyncIterator] === 'function') return collect(body);
  throw new TypeError(
    `Body must be text, bytes, a Blob or a stream, not ${typeof body === 'object' ? 'an object: write JSON.stringify(…)' : `a ${typeof body}`}.`,
  );
}

async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** A Node.js stream of the bytes, with the methods that the SDK adds. It can be read once. */
export function readableBody(bytes: Uint8Array): unknown {
  const { Readable } = load('stream');
  let isTaken = false;
  const take = (): Buffer => {
    if (isTaken) throw new Error('The stream has already been transformed.');
    isTaken = true;
    stream.resume();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const chunkBytes = 65536;
  let sent = 0;
  const stream = new Readable({
    read() {
      if (sent >= bytes.length) return this.push(null);
      this.push(Buffer.from(bytes.subarray(sent, (sent += chunkBytes))));
    },
  });
  return Object.assign(stream, {
    transformToByteArray: async () => new Uint8Array(take()),
    transformToString: async (encoding = 'utf8') => take().toString(encoding as BufferEncoding),
    transformToWebStream: () => {
      if (isTaken) throw new Error('The stream has already been transformed.');
      isTaken = true;
      return Readable.toWeb(stream);
    },
  });
}
