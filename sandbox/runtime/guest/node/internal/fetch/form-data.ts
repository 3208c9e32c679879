/** FormData, and its multipart form. */
import { Blob, File } from '../blob.ts';
import { utf8Bytes, utf8Text } from '../utf8.ts';
import { base64Text } from '../base64.ts';

type Value = string | File;

export class FormData {
  #entries: [string, Value][] = [];

  append(name: unknown, value: unknown, filename?: unknown): void {
    this.#entries.push([String(name), toValue(value, filename)]);
  }

  delete(name: unknown): void {
    this.#entries = this.#entries.filter(([key]) => key !== String(name));
  }

  get(name: unknown): Value | null {
    return this.#entries.find(([key]) => key === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): Value[] {
    return this.#entries.filter(([key]) => key === String(name)).map(([, value]) => value);
  }

  has(name: unknown): boolean {
    return this.#entries.some(([key]) => key === String(name));
  }

  set(name: unknown, value: unknown, filename?: unknown): void {
    const entry: [string, Value] = [String(name), toValue(value, filename)];
    const first = this.#entries.findIndex(([key]) => key === entry[0]);
    if (first === -1) this.#entries.push(entry);
    else
      this.#entries = this.#entries
        .map((item, index) => (index === first ? entry : item))
        .filter((item, index) => item[0] !== entry[0] || index === first);
  }

  forEach(callback: (value: Value, name: string, data: FormData) => void, thisArg?: unknown): void {
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  entries(): ArrayIterator<[string, Value]> {
    return this.#entries.values();
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): ArrayIterator<[string, Value]> {
    return this.entries();
  }
}
Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });

function toValue(value: unknown, filename: unknown): Value {
  if (!(value instanceof Blob)) return String(value).toWellFormed();
  if (value instanceof File && filename === undefined) return value;
  return new File([value], filename === undefined ? 'blob' : String(filename), { type: value.type });
}

const escapeName = (name: string): string =>
  name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

export function encodeMultipart(data: FormData): { bytes: Uint8Array; type: string } {
  const boundary = `----formdata-${base64Text(internals.randomBytes(12)).replace(/\W/g, '0')}`;
  const parts: (Uint8Array | string)[] = [];
  for (const [name, value] of data) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') parts.push(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`);
    else
      parts.push(
        `${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
        Blob.bytesOf(value),
        '\r\n',
      );
  }
  parts.push(`--${boundary}--\r\n`);
  return { bytes: Blob.bytesOf(new Blob(parts)), type: `multipart/form-data; boundary=${boundary}` };
}

/** Reads a multipart body, byte for byte; undefined when it is not one. */
export function decodeMultipart(bytes: Uint8Array, boundary: string): FormData | undefined {
  const { Buffer } = load('buffer');
  const body = Buffer.from(bytes);
  const delimiter = utf8Bytes(`--${boundary}`);
  const data = new FormData();
  let at: number = body.indexOf(delimiter);
  if (at === -1) return undefined;
  for (;;) {
    at += delimiter.length;
    if (body.toString('latin1', at, at + 2) === '--') return data;
    const headEnd: number = body.indexOf('\r\n\r\n', at);
    const next: number = body.indexOf(delimiter, headEnd);
    if (headEnd === -1 || next === -1) return undefined;
    const head = utf8Text(body, at, headEnd);
    const content = body.subarray(headEnd + 4, next - 2) as Uint8Array;
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? '';
    data.append(name, filename === undefined ? utf8Text(content) : new File([content], filename, { type }));
    at = next;
  }
}
