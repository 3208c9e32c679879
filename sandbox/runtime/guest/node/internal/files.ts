/** The file system that a function sees, as synchronous operations: files from the host, folders implied by paths. */
import nodeBuffer from '../buffer.ts';
import { codedError, invalidArgType, invalidArgValue } from './errors.ts';
import { Dirent, Stats } from './files/stats.ts';
import { systemError } from './system-errors.ts';

const { Buffer } = nodeBuffer;
type Bytes = Uint8Array;

/** Folders that exist although nothing need be in them. */
const systemFolders = [
  '/',
  '/dev',
  '/etc',
  '/home',
  '/opt',
  '/proc',
  '/tmp',
  '/usr',
  '/var',
  '/var/lang',
  '/var/runtime',
  '/var/task',
];
const madeFolders = new Set(systemFolders);
/** When this process wrote a path; what it found is as old as the process. */
const changed = new Map<string, number>();
const processStart = internals.now() - internals.elapsed();

export const isWritable = (path: string): boolean => path === '/tmp' || path.startsWith('/tmp/');

/** The absolute path of a path argument. */
export function absolute(path: unknown, name = 'path'): string {
  if (ArrayBuffer.isView(path)) path = Buffer.from(path).toString();
  if (typeof path === 'object' && path !== null && 'href' in path) path = load('url').fileURLToPath(path);
  if (typeof path !== 'string') throw invalidArgType(name, ['string', 'Buffer', 'URL'], path);
  if (path.includes('\0')) throw invalidArgValue(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  const parts: string[] = [];
  const full = path.startsWith('/') ? path : `${(internals.process['cwd'] as () => string)()}/${path}`;
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const isFile = (path: string): boolean => internals.files.size(path) !== undefined;

export function isFolder(path: string): boolean {
  if (madeFolders.has(path)) return true;
  const inside = `${path}/`;
  return internals.files.list().some((file) => file.startsWith(inside));
}

export const exists = (path: string): boolean => isFile(path) || isFolder(path);

/** ENOTDIR when a file stands where a folder is needed, else ENOENT. */
function missing(path: string, syscall: string, shown: string, dest?: string): Error {
  for (let parent = parentOf(path); parent !== '/'; parent = parentOf(parent)) {
    if (isFile(parent)) return systemError('ENOTDIR', syscall, shown, dest);
  }
  return systemError('ENOENT', syscall, shown, dest);
}

const shownPath = (path: unknown): string => (typeof path === 'string' ? path : absolute(path));

export function read(path: unknown): Bytes {
  const target = absolute(path);
  const bytes = internals.files.read(target);
  if (bytes === undefined) {
    if (isFolder(target)) throw systemError('EISDIR', 'read');
    throw missing(target, 'open', shownPath(path));
  }
  internals.meter(Math.ceil(bytes.length / 8) + 50);
  return bytes;
}

/** `exclusive`: the file must not exist yet. */
export function write(path: unknown, bytes: Bytes, options: { append?: boolean; exclusive?: boolean } = {}): void {
  const target = absolute(path);
  const shown = shownPath(path);
  const existing = internals.files.size(target);
  if (existing !== undefined && options.exclusive) throw systemError('EEXIST', 'open', shown);
  if (existing === undefined) {
    if (isFolder(target)) throw systemError('EISDIR', 'open', shown);
    if (!isFolder(parentOf(target))) throw missing(target, 'open', shown);
  }
  internals.meter(Math.ceil(bytes.length / 8) + 50);
  const content = options.append && existing ? Buffer.concat([internals.files.read(target) as Bytes, bytes]) : bytes;
  const outcome = internals.files.write(target, content);
  if (outcome !== 'ok')
    throw systemError(outcome, outcome === 'ENOSPC' ? 'write' : 'open', outcome === 'ENOSPC' ? undefined : shown);
  changed.set(target, internals.now());
}

export function makeFolder(path: unknown, recursive: boolean): string | undefined {
  const target = absolute(path);
  const shown = shownPath(path);
  if (exists(target)) {
    if (recursive && !isFile(target)) return undefined;
    throw systemError('EEXIST', 'mkdir', shown);
  }
  const parent = parentOf(target);
  let first: string | undefined;
  if (!isFolder(parent)) {
    if (!recursive || isFile(parent)) throw missing(target, 'mkdir', shown);
    first = makeFolder(parent, true);
  }
  if (!isWritable(target)) throw systemError('EROFS', 'mkdir', shown);
  madeFolders.add(target);
  changed.set(target, internals.now());
  return first ?? target;
}

/** Names in a folder, sorted. */
export function listFolder(path: unknown): string[] {
  const target = absolute(path);
  if (isFile(target)) throw systemError('ENOTDIR', 'scandir', shownPath(path));
  if (!isFolder(target)) throw missing(target, 'scandir', shownPath(path));
  const inside = target === '/' ? '/' : `${target}/`;
  const names = new Set<string>();
  for (const file of [...internals.files.list(), ...madeFolders]) {
    if (file.startsWith(inside) && file !== inside) names.add(file.slice(inside.length).split('/')[0] as string);
  }
  return [...names].sort();
}

/** Everything below a folder, as paths relative to it. */
export function listTree(path: unknown, prefix = ''): string[] {
  const target = absolute(path);
  return listFolder(path).flatMap((name) => {
    const inside = `${target === '/' ? '' : target}/${name}`;
    return [`${prefix}${name}`, ...(isFile(inside) ? [] : listTree(inside, `${prefix}${name}/`))];
  });
}

export function stat(path: unknown, syscall: 'stat' | 'lstat' | 'access' = 'stat'): Stats {
  const target = absolute(path);
  const size = internals.files.size(target);
  if (size === undefined && !isFolder(target)) throw missing(target, syscall, shownPath(path));
  return new Stats(target, size, changed.get(target) ?? processStart, isWritable(target));
}

export function checkAccess(path: unknown, mode: number): void {
  stat(path, 'access');
  if ((mode & 2) !== 0 && !isWritable(absolute(path))) throw systemError('EROFS', 'access', shownPath(path));
  if ((mode & 1) !== 0 && isFile(absolute(path))) throw systemError('EACCES', 'access', shownPath(path));
}

export function removeFile(path: unknown): void {
  const target = absolute(path);
  if (!isFile(target)) {
    if (isFolder(target)) throw systemError(isWritable(target) ? 'EISDIR' : 'EROFS', 'unlink', shownPath(path));
    throw missing(target, 'unlink', shownPath(path));
  }
  const outcome = internals.files.remove(target);
  if (outcome !== 'ok') throw systemError(outcome, 'unlink', shownPath(path));
  // A folder stays when its last file goes.
  madeFolders.add(parentOf(target));
  changed.delete(target);
}

export function removeFolder(path: unknown): void {
  const target = absolute(path);
  const shown = shownPath(path);
  if (isFile(target)) throw systemError('ENOTDIR', 'rmdir', shown);
  if (!isFolder(target)) throw missing(target, 'rmdir', shown);
  if (!isWritable(target)) throw systemError('EROFS', 'rmdir', shown);
  if (target === '/tmp') throw systemError('EACCES', 'rmdir', shown);
  if (listFolder(target).length > 0) throw systemError('ENOTEMPTY', 'rmdir', shown);
  madeFolders.delete(target);
  madeFolders.add(parentOf(target));
}

export function remove(path: unknown, options: { recursive?: boolean; force?: boolean }): void {
  const target = absolute(path);
  const shown = shownPath(path);
  if (!exists(target)) {
    if (options.force) return;
    throw missing(target, 'lstat', shown);
  }
  if (isFile(target)) return removeFile(path);
  if (!options.recursive) {
    const error = codedError(
      Error,
      'ERR_FS_EISDIR',
      `Path is a directory: rm returned EISDIR (is a directory) ${shown}`,
    );
    error.name = 'SystemError';
    throw Object.assign(error, {
      info: { code: 'EISDIR', message: 'is a directory', path: shown, syscall: 'rm', errno: 21 },
      errno: 21,
      syscall: 'rm',
      path: shown,
    });
  }
  if (!isWritable(target)) throw systemError('EROFS', 'rm', shown);
  for (const name of listFolder(target)) remove(`${target}/${name}`, options);
  if (target !== '/tmp') removeFolder(target);
}

export function rename(from: unknown, to: unknown): void {
  const [source, target] = [absolute(from, 'oldPath'), absolute(to, 'newPath')];
  const [shownFrom, shownTo] = [shownPath(from), shownPath(to)];
  if (!exists(source)) throw missing(source, 'rename', shownFrom, shownTo);
  if (!isFolder(parentOf(target))) throw missing(target, 'rename', shownFrom, shownTo);
  if (!isWritable(source) || !isWritable(target)) throw systemError('EROFS', 'rename', shownFrom, shownTo);
  if (isFile(source)) {
    const bytes = internals.files.read(source) as Bytes;
    internals.files.remove(source);
    internals.files.write(target, bytes);
    changed.set(target, internals.now());
    return;
  }
  if (isFolder(target) && listFolder(target).length > 0) throw systemError('ENOTEMPTY', 'rename', shownFrom, shownTo);
  madeFolders.add(target);
  for (const name of listFolder(source)) rename(`${source}/${name}`, `${target}/${name}`);
  madeFolders.delete(source);
}

export function copyFile(from: unknown, to: unknown, exclusive: boolean): void {
  const [source, target] = [absolute(from, 'src'), absolute(to, 'dest')];
  const [shownFrom, shownTo] = [shownPath(from), shownPath(to)];
  const bytes = internals.files.read(source);
  if (bytes === undefined) throw missing(source, 'copyfile', shownFrom, shownTo);
  if (isFile(target) && exclusive) throw systemError('EEXIST', 'copyfile', shownFrom, shownTo);
  if (!isFolder(parentOf(target))) throw missing(target, 'copyfile', shownFrom, shownTo);
  internals.meter(Math.ceil(bytes.length / 8) + 50);
  const outcome = internals.files.write(target, bytes);
  if (outcome !== 'ok') throw systemError(outcome, 'copyfile', shownFrom, shownTo);
  changed.set(target, internals.now());
}

export function truncate(path: unknown, length: number): void {
  const bytes = read(path);
  const result = new Uint8Array(length);
  result.set(bytes.subarray(0, length));
  write(path, result);
}

export function makeTemporaryFolder(prefix: unknown): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const suffix = Array.from(internals.randomBytes(6), (byte) => letters[byte % letters.length]).join('');
  const path = `${shownPath(prefix)}${suffix}`;
  try {
    makeFolder(path, false);
  } catch (error) {
    throw systemError((error as { code: string }).code, 'mkdtemp', `${shownPath(prefix)}XXXXXX`);
  }
  return path;
}

export function setTimes(path: unknown, modified: number): void {
  stat(path);
  changed.set(absolute(path), modified);
}

/** What withFileTypes gives for a name in a folder. */
export function entry(folder: unknown, name: string): Dirent {
  const path = absolute(folder);
  const at = name.lastIndexOf('/');
  const parent = at === -1 ? path : `${path}/${name.slice(0, at)}`;
  return new Dirent(
    name.slice(at + 1),
    typeof folder === 'string' && at === -1 ? folder : parent,
    !isFile(`${path === '/' ? '' : path}/${name}`),
  );
}

export { Dirent, Stats } from './files/stats.ts';
