/** node:fs: synchronous and callback forms, and streams, over the files of the environment. */
import nodeBuffer from './buffer.ts';
import { constants, operations, optionsOf, readInto, writeFrom } from './internal/file-operations.ts';
import * as files from './internal/files.ts';
import { notSimulated } from './internal/errors.ts';
import { validateFunction } from './internal/validate.ts';

const { Buffer } = nodeBuffer;
type Callback = (error: Error | null, ...values: unknown[]) => void;

const moduleExports: Record<string, any> = {
  constants,
  ...constants,
  Dirent: files.Dirent,
  Stats: files.Stats,
  existsSync(path: unknown): boolean {
    try {
      return files.exists(files.absolute(path));
    } catch {
      return false;
    }
  },
  exists(path: unknown, callback: (exists: boolean) => void): void {
    validateFunction(callback, 'cb');
    const exists: boolean = moduleExports['existsSync'](path);
    internals.timers.setImmediate(() => callback(exists));
  },
  readSync: (descriptor: unknown, buffer: unknown, ...rest: unknown[]): number =>
    readInto(descriptor, buffer, ...rest).bytesRead,
  read(descriptor: unknown, ...rest: any[]): void {
    const callback = rest.pop() as Callback;
    const buffer = ArrayBuffer.isView(rest[0]) ? rest.shift() : (rest[0]?.buffer ?? Buffer.alloc(16_384));
    later(callback, () => {
      const { bytesRead } = readInto(descriptor, buffer, ...rest);
      return [bytesRead, buffer];
    });
  },
  writeSync: (descriptor: unknown, data: unknown, ...rest: unknown[]): number => writeFrom(descriptor, data, ...rest),
  write(descriptor: unknown, data: unknown, ...rest: any[]): void {
    const callback = rest.pop() as Callback;
    later(callback, () => [writeFrom(descriptor, data, ...rest), data]);
  },
};
delete moduleExports['S_IFMT'];

/** Does the work now, like a thread that is always done at once, and tells in a later turn of the event loop. */
function later(callback: unknown, work: () => unknown[]): void {
  validateFunction(callback, 'cb');
  let outcome: [Error | null, ...unknown[]];
  try {
    outcome = [null, ...work()];
  } catch (error) {
    outcome = [error as Error];
  }
  internals.timers.setImmediate(() => callback(...outcome));
}

for (const [name, operation] of Object.entries(operations) as [string, (...args: any[]) => unknown][]) {
  const sync = (...args: unknown[]): unknown => operation(...args);
  const withCallback = (...args: any[]): void => {
    const callback = args.length > 1 || typeof args[0] === 'function' ? args.pop() : undefined;
    later(callback, () => {
      const value = operation(...args);
      return value === undefined ? [] : [value];
    });
  };
  moduleExports[`${name}Sync`] = Object.defineProperty(sync, 'name', { value: `${name}Sync` });
  moduleExports[name] = Object.defineProperty(withCallback, 'name', { value: name });
}
moduleExports['realpathSync'].native = moduleExports['realpathSync'];
moduleExports['realpath'].native = moduleExports['realpath'];

const highWaterMark = 64 * 1024;

moduleExports['createReadStream'] = (path: unknown, options?: any): unknown => {
  const { Readable } = load('stream');
  const { encoding, start = 0, end = Infinity, highWaterMark: size = highWaterMark } = optionsOf(options);
  let bytes: Uint8Array | undefined;
  let at: number = start;
  const stream = new Readable({
    highWaterMark: size,
    ...(encoding && { encoding }),
    construct(this: any, done: (error?: unknown) => void) {
      internals.timers.setImmediate(() => {
        try {
          bytes = files.read(path);
        } catch (error) {
          done(error);
          return;
        }
        done();
        this.emit('open', 17);
        this.emit('ready');
      });
    },
    read(this: any, count: number) {
      const piece = (bytes as Uint8Array).subarray(at, Math.min(at + count, end + 1));
      at += piece.length;
      this.bytesRead += piece.length;
      this.push(piece.length === 0 ? null : Buffer.from(piece));
    },
  });
  return Object.assign(stream, { path, bytesRead: 0 });
};

moduleExports['createWriteStream'] = (path: unknown, options?: any): unknown => {
  const { Writable } = load('stream');
  const { flags = 'w' } = optionsOf(options);
  const stream = new Writable({
    construct(this: any, done: (error?: unknown) => void) {
      internals.timers.setImmediate(() => {
        try {
          operations.close(operations.open(path, flags));
        } catch (error) {
          done(error);
          return;
        }
        done();
        this.emit('open', 17);
        this.emit('ready');
      });
    },
    write(this: any, chunk: Uint8Array, _encoding: string, done: (error?: unknown) => void) {
      try {
        operations.appendFile(path, chunk);
        this.bytesWritten += chunk.length;
      } catch (error) {
        done(error);
        return;
      }
      done();
    },
  });
  return Object.assign(stream, { path, bytesWritten: 0 });
};

for (const name of [
  'watch',
  'watchFile',
  'unwatchFile',
  'opendir',
  'opendirSync',
  'statfs',
  'statfsSync',
  'openAsBlob',
]) {
  const refuse = (): never => {
    throw notSimulated(`fs.${name}()`);
  };
  moduleExports[name] = Object.defineProperty(refuse, 'name', { value: name });
}
Object.defineProperty(moduleExports, 'promises', { get: () => load<unknown>('fs/promises'), enumerable: true });
export default moduleExports;
