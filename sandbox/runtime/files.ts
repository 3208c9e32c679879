/** The files of an environment: code under /var/task, layers under /opt, and /tmp, which alone can be written. */
import { usesAsyncContext } from './await-context.ts';
import type { FileTree, TemporaryFiles } from './contract.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const bytesPerMB = 1024 * 1024;

export class EnvironmentFiles {
  readonly #readOnly = new Map<string, string | Uint8Array>();
  readonly #temporary: TemporaryFiles;
  readonly #capacity: number;
  #carriesContext: boolean | undefined;

  constructor(code: FileTree, layers: FileTree, temporary: TemporaryFiles, ephemeralStorageMB: number) {
    for (const [path, content] of Object.entries(layers)) this.#readOnly.set(`/opt/${path}`, content);
    for (const [path, content] of Object.entries(code)) this.#readOnly.set(`/var/task/${path}`, content);
    this.#temporary = temporary;
    this.#capacity = ephemeralStorageMB * bytesPerMB;
  }

  /** Whether the function uses AsyncLocalStorage, so that its awaits must carry contexts. */
  get carriesContext(): boolean {
    this.#carriesContext ??= usesAsyncContext(
      [...this.#readOnly.values()].filter((content): content is string => typeof content === 'string'),
    );
    return this.#carriesContext;
  }

  has(path: string): boolean {
    return this.#readOnly.has(path) || this.#temporary.has(path);
  }

  /** Whether some file lies below the path. */
  isDirectory(path: string): boolean {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    for (const key of this.#readOnly.keys()) if (key.startsWith(prefix)) return true;
    for (const key of this.#temporary.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  text(path: string): string | undefined {
    const content = this.#readOnly.get(path) ?? this.#temporary.get(path);
    return content === undefined || typeof content === 'string' ? content : decoder.decode(content);
  }

  bytes(path: string): Uint8Array | undefined {
    const content = this.#readOnly.get(path) ?? this.#temporary.get(path);
    return typeof content === 'string' ? encoder.encode(content) : content;
  }

  /** In bytes. */
  size(path: string): number | undefined {
    const content = this.#readOnly.get(path) ?? this.#temporary.get(path);
    return typeof content === 'string' ? encoder.encode(content).length : content?.length;
  }

  write(path: string, bytes: Uint8Array): 'ok' | 'EROFS' | 'ENOSPC' {
    if (!path.startsWith('/tmp/')) return 'EROFS';
    let used = bytes.length - (this.#temporary.get(path)?.length ?? 0);
    for (const content of this.#temporary.values()) used += content.length;
    if (used > this.#capacity) return 'ENOSPC';
    this.#temporary.set(path, bytes);
    return 'ok';
  }

  remove(path: string): 'ok' | 'EROFS' | 'ENOENT' {
    if (this.#temporary.delete(path)) return 'ok';
    return this.#readOnly.has(path) ? 'EROFS' : 'ENOENT';
  }

  list(): string[] {
    return [...new Set([...this.#readOnly.keys(), ...this.#temporary.keys()])].sort();
  }
}
