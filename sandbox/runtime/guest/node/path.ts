/** node:path on Linux: POSIX paths, with Node's argument checks around path-browserify. */
import browserPath from 'path-browserify';
import { invalidArgType } from './internal/errors.ts';
import { validateString } from './internal/validate.ts';

const posix: Record<string, any> = {
  sep: '/',
  delimiter: ':',
  join(...parts: unknown[]): string {
    for (const part of parts) validateString(part, 'path');
    return browserPath.join(...(parts as string[]));
  },
  resolve(...parts: unknown[]): string {
    parts.forEach((part, index) => validateString(part, `paths[${index}]`));
    return browserPath.resolve((internals.process['cwd'] as () => string)(), ...(parts as string[]));
  },
  relative(from: unknown, to: unknown): string {
    validateString(from, 'from');
    validateString(to, 'to');
    return browserPath.relative(posix['resolve'](from) as string, posix['resolve'](to) as string);
  },
  basename(path: unknown, suffix?: unknown): string {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    return browserPath.basename(path, suffix);
  },
  format(object: unknown): string {
    if (object === null || typeof object !== 'object') throw invalidArgType('pathObject', 'Object', object);
    const { dir, root = '', base, name = '', ext = '' } = object as Record<string, string | undefined>;
    const file = base ?? `${name}${ext && !ext.startsWith('.') ? `.${ext}` : ext}`;
    const folder = dir || root;
    return folder ? (folder === root ? `${folder}${file}` : `${folder}/${file}`) : file;
  },
  toNamespacedPath: (path: unknown): unknown => path,
  matchesGlob(path: unknown, pattern: unknown): boolean {
    validateString(path, 'path');
    validateString(pattern, 'pattern');
    return globExpression(pattern).test(path);
  },
};
for (const name of ['normalize', 'isAbsolute', 'dirname', 'extname', 'parse'] as const) {
  posix[name] = Object.defineProperty(
    (path: unknown): unknown => {
      validateString(path, 'path');
      return browserPath[name](path);
    },
    'name',
    { value: name },
  );
}

function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|\\]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}

posix['posix'] = posix;
Object.defineProperty(posix, 'win32', { get: () => load<unknown>('path/win32'), enumerable: true });

export default posix;
