/** node:fs/promises. */
import nodeBuffer from '../buffer.ts';
import { constants, operations, optionsOf, readInto, writeFrom } from '../internal/file-operations.ts';
import { pathOf } from '../internal/open-files.ts';
import { abortError } from '../internal/errors.ts';

const { Buffer } = nodeBuffer;

/** A turn of the event loop: file operations never settle in the same one. */
const turn = (): Promise<void> => new Promise((resolve) => void internals.timers.setImmediate(() => resolve()));

async function asynchronously<T>(work: () => T, signal?: AbortSignal): Promise<T> {
  if (signal?.aborted) throw abortError(signal);
  await turn();
  return work();
}

export class FileHandle {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  appendFile(data: unknown, options?: any): Promise<void> {
    return asynchronously(() => operations.appendFile(this.fd, data, options));
  }

  close(): Promise<void> {
    return asynchronously(() => operations.close(this.fd));
  }

  read(buffer: any = Buffer.alloc(16_384), ...rest: unknown[]): Promise<unknown> {
    const target = ArrayBuffer.isView(buffer) ? buffer : (buffer?.buffer ?? Buffer.alloc(16_384));
    const args = ArrayBuffer.isView(buffer) ? rest : [buffer];
    return asynchronously(() => readInto(this.fd, target, ...args));
  }

  readFile(options?: any): Promise<any> {
    return asynchronously(() => operations.readFile(this.fd, options));
  }

  async *readLines(): AsyncGenerator<string> {
    const text = (await this.readFile('utf8')) as string;
    yield* text.replace(/\r?\n$/, '').split(/\r?\n/);
  }

  stat(): Promise<unknown> {
    return asynchronously(() => operations.fstat(this.fd));
  }

  sync(): Promise<void> {
    return asynchronously(() => operations.fsync(this.fd));
  }

  truncate(length = 0): Promise<void> {
    return asynchronously(() => operations.ftruncate(this.fd, length));
  }

  write(data: unknown, ...rest: unknown[]): Promise<unknown> {
    return asynchronously(() => ({ bytesWritten: writeFrom(this.fd, data, ...rest), buffer: data }));
  }

  writeFile(data: unknown, options?: any): Promise<void> {
    return asynchronously(() => {
      operations.ftruncate(this.fd);
      operations.appendFile(this.fd, data, options);
    });
  }

  createReadStream(options?: any): unknown {
    return load('fs').createReadStream(pathOf(this.fd), options);
  }

  createWriteStream(options?: any): unknown {
    return load('fs').createWriteStream(pathOf(this.fd), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

const moduleExports: Record<string, unknown> = { constants };
for (const [name, operation] of Object.entries(operations) as [string, (...args: any[]) => unknown][]) {
  if (['close', 'fstat', 'fsync', 'ftruncate'].includes(name)) continue;
  const promised = async (...args: unknown[]): Promise<unknown> => asynchronously(() => operation(...args));
  moduleExports[name] = Object.defineProperty(promised, 'name', { value: name });
}
moduleExports['open'] = async function open(path: unknown, flags?: unknown): Promise<FileHandle> {
  return asynchronously(() => new FileHandle(operations.open(path, flags)));
};
moduleExports['readFile'] = async function readFile(path: unknown, options?: any): Promise<unknown> {
  const { signal } = optionsOf(options) as { signal?: AbortSignal };
  return asynchronously(() => operations.readFile(path instanceof FileHandle ? path.fd : path, options), signal);
};
moduleExports['writeFile'] = async function writeFile(path: unknown, data: any, options?: any): Promise<void> {
  const { signal } = optionsOf(options) as { signal?: AbortSignal };
  let content = data;
  if (
    typeof data !== 'string' &&
    !ArrayBuffer.isView(data) &&
    (data?.[Symbol.asyncIterator] ?? data?.[Symbol.iterator]) !== undefined
  ) {
    const parts: any[] = [];
    for await (const chunk of data as AsyncIterable<any>)
      parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    content = Buffer.concat(parts);
  }
  await asynchronously(
    () => operations.writeFile(path instanceof FileHandle ? path.fd : path, content, options),
    signal,
  );
};
export default moduleExports;
