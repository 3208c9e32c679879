/** node:stream/consumers: whole streams as one value. */
import nodeBuffer from '../buffer.ts';

const { Buffer } = nodeBuffer;

export async function buffer(stream: AsyncIterable<unknown>): Promise<any> {
  const parts: any[] = [];
  for await (const chunk of stream) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
  return Buffer.concat(parts);
}

export async function text(stream: AsyncIterable<unknown>): Promise<string> {
  return ((await buffer(stream)) as object).toString();
}

export async function json(stream: AsyncIterable<unknown>): Promise<unknown> {
  return JSON.parse(await text(stream));
}

export async function arrayBuffer(stream: AsyncIterable<unknown>): Promise<ArrayBuffer> {
  const bytes = await buffer(stream);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}

export async function blob(stream: AsyncIterable<unknown>): Promise<unknown> {
  const { Blob } = load('internal/blob');
  return new Blob([await buffer(stream)]);
}
