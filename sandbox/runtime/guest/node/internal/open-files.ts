/** Open files: numbered descriptors with a position, over whole-file reads and writes. */
import * as files from './files.ts';
import { systemError } from './system-errors.ts';

interface OpenFile {
  path: string;
  position: number;
  readable: boolean;
  writable: boolean;
  append: boolean;
}

const open = new Map<number, OpenFile>();
let nextDescriptor = 17;

const flagNames: Record<
  string,
  { read: boolean; write: boolean; create: boolean; truncate: boolean; append: boolean; exclusive: boolean }
> = {};
for (const [name, letters] of Object.entries({
  r: 'r',
  'r+': 'rw',
  w: 'wct',
  wx: 'wctx',
  'w+': 'rwct',
  'wx+': 'rwctx',
  a: 'wca',
  ax: 'wcax',
  'a+': 'rwca',
  'ax+': 'rwcax',
})) {
  const has = (letter: string): boolean => letters.includes(letter);
  flagNames[name] = {
    read: has('r'),
    write: has('w'),
    create: has('c'),
    truncate: has('t'),
    append: has('a'),
    exclusive: has('x'),
  };
}
/** The numeric form, from O_* constants. */
const flagsFromNumber = (flags: number): (typeof flagNames)[string] => ({
  read: (flags & 3) !== 1,
  write: (flags & 3) !== 0,
  create: (flags & 0o100) !== 0,
  truncate: (flags & 0o1000) !== 0,
  append: (flags & 0o2000) !== 0,
  exclusive: (flags & 0o200) !== 0,
});

export function openFile(path: unknown, flags: unknown = 'r'): number {
  const target = files.absolute(path);
  const wanted =
    typeof flags === 'number'
      ? flagsFromNumber(flags)
      : flagNames[
          String(flags)
            .replace('s', '')
            .replace(/^(\w)\+x$/, '$1x+')
        ];
  if (wanted === undefined) throw load('internal/errors').invalidArgValue('flags', flags);
  const shown = typeof path === 'string' ? path : target;
  const exists = files.isFile(target);
  if (files.isFolder(target) && !exists) {
    if (wanted.write) throw systemError('EISDIR', 'open', shown);
  } else if (!exists || wanted.truncate || wanted.exclusive) {
    if (!wanted.create) throw systemError('ENOENT', 'open', shown);
    files.write(path, new Uint8Array(0), { append: !wanted.truncate, exclusive: wanted.exclusive });
  } else if (wanted.write && !files.isWritable(target)) {
    throw systemError('EROFS', 'open', shown);
  }
  const descriptor = nextDescriptor++;
  open.set(descriptor, {
    path: target,
    position: 0,
    readable: wanted.read,
    writable: wanted.write,
    append: wanted.append,
  });
  return descriptor;
}

function find(descriptor: unknown, syscall: string): OpenFile {
  const file = open.get(descriptor as number);
  if (file === undefined) throw systemError('EBADF', syscall);
  return file;
}

export function closeFile(descriptor: unknown): void {
  find(descriptor, 'close');
  open.delete(descriptor as number);
}

export const pathOf = (descriptor: unknown, syscall = 'fstat'): string => find(descriptor, syscall).path;

export function readFrom(descriptor: unknown, target: Uint8Array, position: number | null | undefined): number {
  const file = find(descriptor, 'read');
  if (!file.readable) throw systemError('EBADF', 'read');
  const bytes = files.read(file.path);
  const start = typeof position === 'number' && position >= 0 ? position : file.position;
  const piece = bytes.subarray(start, start + target.length);
  target.set(piece);
  if (typeof position !== 'number' || position < 0) file.position += piece.length;
  return piece.length;
}

export function writeTo(descriptor: unknown, bytes: Uint8Array, position: number | null | undefined): number {
  const file = find(descriptor, 'write');
  if (!file.writable) throw systemError('EBADF', 'write');
  const existing = files.isFile(file.path) ? files.read(file.path) : new Uint8Array(0);
  const start = file.append ? existing.length : typeof position === 'number' ? position : file.position;
  const result = new Uint8Array(Math.max(existing.length, start + bytes.length));
  result.set(existing);
  result.set(bytes, start);
  files.write(file.path, result);
  if (typeof position !== 'number') file.position = start + bytes.length;
  return bytes.length;
}
