/** The operations of node:fs once, with Node's arguments: the callback and promise forms are made from these. */
import nodeBuffer from '../buffer.ts';
import { codedError, invalidArgType } from './errors.ts';
import * as files from './files.ts';
import { closeFile, openFile, pathOf, readFrom, writeTo } from './open-files.ts';
import { systemError } from './system-errors.ts';
import { findEncoding } from './buffer/encodings.ts';

const { Buffer } = nodeBuffer;
type Options = string | Record<string, any> | null | undefined;

export const constants = {
  UV_FS_SYMLINK_DIR: 1,
  UV_FS_SYMLINK_JUNCTION: 2,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  S_IFMT: 61440,
  S_IFREG: 32768,
  S_IFDIR: 16384,
  S_IFLNK: 40960,
  O_CREAT: 64,
  O_EXCL: 128,
  O_TRUNC: 512,
  O_APPEND: 1024,
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  COPYFILE_EXCL: 1,
  COPYFILE_FICLONE: 2,
};

export function optionsOf(options: Options, fallback: Record<string, any> = {}): Record<string, any> {
  if (options == null || typeof options === 'function') return { ...fallback };
  const result = typeof options === 'string' ? { ...fallback, encoding: options } : { ...fallback, ...options };
  const encoding: unknown = result.encoding;
  if (encoding != null && encoding !== 'buffer' && findEncoding(encoding) === undefined) {
    throw codedError(
      TypeError,
      'ERR_INVALID_ARG_VALUE',
      `The argument 'encoding' is invalid encoding. Received '${String(encoding)}'`,
    );
  }
  return result;
}

export function dataBytes(data: any, encoding?: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw invalidArgType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

const named = (name: string, encoding: unknown): any => (encoding === 'buffer' ? Buffer.from(name) : name);
const target = (path: unknown): unknown => (Number.isInteger(path) ? pathOf(path) : path);
const timeOf = (time: unknown): number => (time instanceof Date ? time.getTime() : Number(time) * 1000);

export const operations = {
  access: (path: unknown, mode = 0): void => files.checkAccess(path, mode),
  appendFile(path: unknown, data: unknown, options?: Options): void {
    const { encoding } = optionsOf(options);
    files.write(target(path), dataBytes(data, encoding), { append: true });
  },
  chmod: (path: unknown): void => requireWritable(path, 'chmod'),
  chown: (path: unknown): void => requireWritable(path, 'chown'),
  close: (descriptor: unknown): void => closeFile(descriptor),
  copyFile: (from: unknown, to: unknown, mode = 0): void => files.copyFile(from, to, (mode & 1) !== 0),
  cp(from: unknown, to: unknown, options: Options = {}): void {
    const { recursive = false } = optionsOf(options);
    const source = files.absolute(from, 'src');
    if (!files.stat(from).isDirectory()) return files.copyFile(from, to, false);
    if (!recursive)
      throw codedError(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${source}`);
    files.makeFolder(to, true);
    for (const name of files.listFolder(from))
      operations.cp(`${source}/${name}`, `${files.absolute(to, 'dest')}/${name}`, options);
  },
  fstat: (descriptor: unknown): files.Stats => files.stat(pathOf(descriptor)),
  fsync: (descriptor: unknown): void => void pathOf(descriptor, 'fsync'),
  ftruncate: (descriptor: unknown, length = 0): void => files.truncate(pathOf(descriptor, 'ftruncate'), length),
  lstat(path: unknown, options?: Options): files.Stats | undefined {
    return statOrUndefined(path, 'lstat', options);
  },
  link(_from: unknown, to: unknown): void {
    throw systemError('EPERM', 'link', String(to));
  },
  mkdir(path: unknown, options?: any): string | undefined {
    const recursive = typeof options === 'object' && options !== null && Boolean(options.recursive);
    const made = files.makeFolder(path, recursive);
    return recursive ? made : undefined;
  },
  mkdtemp: (prefix: unknown): string => files.makeTemporaryFolder(prefix),
  open: (path: unknown, flags?: unknown): number => openFile(path, flags),
  readdir(path: unknown, options?: Options): any[] {
    const { encoding, withFileTypes = false, recursive = false } = optionsOf(options);
    const names = recursive ? files.listTree(path) : files.listFolder(path);
    return names.map((name) => (withFileTypes ? files.entry(path, name) : named(name, encoding)));
  },
  readFile(path: unknown, options?: Options): any {
    const { encoding, flag = 'r' } = optionsOf(options);
    if (String(flag).startsWith('w')) operations.open(path, flag);
    const buffer = Buffer.from(files.read(target(path)));
    return encoding == null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
  },
  readlink(path: unknown): never {
    files.stat(path);
    throw systemError('EINVAL', 'readlink', String(path));
  },
  realpath(path: unknown, options?: Options): any {
    const found = files.absolute(path);
    if (!files.exists(found)) files.stat(path, 'lstat');
    return named(found, optionsOf(options).encoding);
  },
  rename: (from: unknown, to: unknown): void => files.rename(from, to),
  rm: (path: unknown, options: Options = {}): void => files.remove(path, optionsOf(options)),
  rmdir(path: unknown, options: Options = {}): void {
    if (optionsOf(options).recursive) files.remove(path, { recursive: true });
    else files.removeFolder(path);
  },
  stat(path: unknown, options?: Options): files.Stats | undefined {
    return statOrUndefined(path, 'stat', options);
  },
  symlink(_from: unknown, to: unknown): void {
    throw systemError('EPERM', 'symlink', String(to));
  },
  truncate: (path: unknown, length = 0): void => files.truncate(path, length),
  unlink: (path: unknown): void => files.removeFile(path),
  utimes: (path: unknown, _accessed: unknown, modified: unknown): void => files.setTimes(path, timeOf(modified)),
  writeFile(path: unknown, data: unknown, options?: Options): void {
    const { encoding, flag = 'w' } = optionsOf(options);
    const append = String(flag).startsWith('a');
    files.write(target(path), dataBytes(data, encoding), { append, exclusive: String(flag).includes('x') });
  },
};

function statOrUndefined(path: unknown, syscall: 'stat' | 'lstat', options: Options): files.Stats | undefined {
  if (optionsOf(options).throwIfNoEntry === false && !files.exists(files.absolute(path))) return undefined;
  return files.stat(path, syscall);
}

function requireWritable(path: unknown, syscall: string): void {
  files.stat(path);
  if (!files.isWritable(files.absolute(path))) throw systemError('EROFS', syscall, String(path));
}

/** fs.read and fs.readSync take their arguments in several forms; this finds what they mean. */
export function readInto(descriptor: unknown, buffer: any, ...rest: any[]): { bytesRead: number; buffer: any } {
  const options =
    typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : { offset: rest[0], length: rest[1], position: rest[2] };
  const bytes = new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset as number, buffer.byteLength as number);
  const offset = (options.offset as number | undefined) ?? 0;
  const length = (options.length as number | undefined) ?? bytes.length - offset;
  return {
    bytesRead: readFrom(descriptor, bytes.subarray(offset, offset + length), options.position as number | null),
    buffer,
  };
}

/** The same for writing: text with position and encoding, or bytes with offset, length and position. */
export function writeFrom(descriptor: unknown, data: any, ...rest: any[]): number {
  if (typeof data === 'string')
    return writeTo(descriptor, Buffer.from(data, rest[1] ?? 'utf8'), rest[0] as number | null);
  const options =
    typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : { offset: rest[0], length: rest[1], position: rest[2] };
  const bytes = dataBytes(data);
  const offset = (options.offset as number | undefined) ?? 0;
  const length = (options.length as number | undefined) ?? bytes.length - offset;
  return writeTo(descriptor, bytes.subarray(offset, offset + length), options.position as number | null);
}
