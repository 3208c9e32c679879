/** What stat and readdir say about a file or folder. */

const folderMode = 0o040755;
const fileMode = 0o100644;
const blockSize = 4096;

/** Deterministic inode numbers: the same path has the same number. */
function inodeOf(path: string): number {
  let hash = 7;
  for (const character of path) hash = (hash * 31 + (character.codePointAt(0) as number)) % 4_294_967_291;
  return hash;
}

export class Stats {
  readonly dev = 64_512;
  readonly mode: number;
  readonly nlink = 1;
  readonly uid: number;
  readonly gid: number;
  readonly rdev = 0;
  readonly blksize = blockSize;
  readonly ino: number;
  readonly size: number;
  readonly blocks: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthtimeMs: number;

  /** `size` is undefined for a folder; `time` is in ms since the epoch. */
  constructor(path: string, size: number | undefined, time: number, isWritable: boolean) {
    this.mode = size === undefined ? folderMode : fileMode;
    this.uid = isWritable ? 993 : 0;
    this.gid = isWritable ? 990 : 0;
    this.ino = inodeOf(path);
    this.size = size ?? blockSize;
    this.blocks = Math.ceil(this.size / blockSize) * (blockSize / 512);
    this.atimeMs = this.mtimeMs = this.ctimeMs = this.birthtimeMs = time;
  }

  get atime(): Date {
    return new Date(this.atimeMs);
  }

  get mtime(): Date {
    return new Date(this.mtimeMs);
  }

  get ctime(): Date {
    return new Date(this.ctimeMs);
  }

  get birthtime(): Date {
    return new Date(this.birthtimeMs);
  }

  isFile(): boolean {
    return (this.mode & 0o170000) === 0o100000;
  }

  isDirectory(): boolean {
    return (this.mode & 0o170000) === 0o040000;
  }

  isSymbolicLink(): boolean {
    return false;
  }

  isBlockDevice(): boolean {
    return false;
  }

  isCharacterDevice(): boolean {
    return false;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}

const kind = Symbol('type');

export class Dirent {
  readonly name: string;
  readonly parentPath: string;
  readonly [kind]: number;

  constructor(name: string, parentPath: string, isFolder: boolean) {
    this.name = name;
    this.parentPath = parentPath;
    this[kind] = isFolder ? 2 : 1;
  }

  get path(): string {
    return this.parentPath;
  }

  isFile(): boolean {
    return this[kind] === 1;
  }

  isDirectory(): boolean {
    return this[kind] === 2;
  }

  isSymbolicLink(): boolean {
    return false;
  }

  isBlockDevice(): boolean {
    return false;
  }

  isCharacterDevice(): boolean {
    return false;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}
