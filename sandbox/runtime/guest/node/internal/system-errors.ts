/** Errors of the operating system, as Node throws them: code, number, words. */

const known: Record<string, [number, string]> = {
  EACCES: [-13, 'permission denied'],
  EBADF: [-9, 'bad file descriptor'],
  ECONNREFUSED: [-111, 'connection refused'],
  EEXIST: [-17, 'file already exists'],
  EINVAL: [-22, 'invalid argument'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ENOENT: [-2, 'no such file or directory'],
  ENOSPC: [-28, 'no space left on device'],
  ENOTDIR: [-20, 'not a directory'],
  ENOTEMPTY: [-39, 'directory not empty'],
  EPERM: [-1, 'operation not permitted'],
  EROFS: [-30, 'read-only file system'],
};

export type SystemErrorCode = keyof typeof known;

/** `ENOENT: no such file or directory, open '/tmp/x'` with errno, code, syscall, path and dest. */
export function systemError(code: string, syscall: string, path?: string, dest?: string): Error {
  const [errno, words] = known[code] ?? [-1, 'unknown error'];
  let message = `${code}: ${words}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  return Object.assign(new Error(message), {
    errno,
    code,
    syscall,
    ...(path !== undefined && { path }),
    ...(dest !== undefined && { dest }),
  });
}
