/** What `process` offers beyond environment, exit and nextTick: events, streams, clocks and usage. */
import type { LambdaConsole } from '../console.ts';
import type { Host } from '../host.ts';
import type { ProcessObject } from '../process-object.ts';

type Listener = (...values: unknown[]) => void;

export interface ProcessMethods extends Record<string, unknown> {
  emit(name: string | symbol, ...values: unknown[]): boolean;
}

export function createProcessMethods(
  process: ProcessObject,
  host: Host,
  console: LambdaConsole,
  library: (name: string) => unknown,
): ProcessMethods {
  const listeners = new Map<string | symbol, { listener: Listener; once: boolean }[]>();
  const remove = (name: string | symbol, listener: Listener): ProcessObject => {
    const list = listeners.get(name) ?? [];
    const index = list.findIndex((entry) => entry.listener === listener);
    if (index >= 0) list.splice(index, 1);
    return process;
  };
  const add =
    (once: boolean, first: boolean) =>
    (name: string | symbol, listener: Listener): ProcessObject => {
      const list = listeners.get(name) ?? [];
      if (first) list.unshift({ listener, once });
      else list.push({ listener, once });
      listeners.set(name, list);
      return process;
    };
  const emit = (name: string | symbol, ...values: unknown[]): boolean => {
    const found = listeners.get(name) ?? [];
    for (const entry of [...found]) {
      if (entry.once) remove(name, entry.listener);
      entry.listener.apply(process, values);
    }
    return found.length > 0;
  };

  const nanoseconds = (): bigint => BigInt(Math.round(host.elapsed() * 1e6));
  const hrtime = (since?: [number, number]): [number, number] => {
    const total = nanoseconds();
    const [seconds, rest] = [Number(total / 1_000_000_000n), Number(total % 1_000_000_000n)];
    if (since === undefined) return [seconds, rest];
    const borrow = rest < since[1] ? 1 : 0;
    return [seconds - since[0] - borrow, rest - since[1] + borrow * 1_000_000_000];
  };
  const rss = (): number => host.memoryUsed() + 60_000_000;
  const memoryUsage = () => {
    const heapUsed = host.memoryUsed();
    return { rss: rss(), heapTotal: heapUsed + 2_000_000, heapUsed, external: 1_500_000, arrayBuffers: 10_000 };
  };
  const stream = (fd: number): Record<string, unknown> => {
    const object: Record<string, unknown> = {
      fd,
      writable: true,
      write(chunk: unknown, ...rest: unknown[]): boolean {
        console.writeRaw(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array));
        const callback = rest.find((value) => typeof value === 'function');
        if (callback !== undefined) (process['nextTick'] as Listener)(callback);
        return true;
      },
      end: () => object,
      on: () => object,
      once: () => object,
      removeListener: () => object,
      emit: () => false,
    };
    return object;
  };
  /** The first warning says how to learn more. */
  let helperShown = false;
  const on = add(false, false);
  /** Goes to a directory that is there; paths are resolved against it from then on. */
  const chdir = (directory: unknown): void => {
    const { invalidArgType } = library('internal/errors') as typeof import('../../node/internal/errors.ts');
    if (typeof directory !== 'string') throw invalidArgType('directory', 'string', directory);
    const { resolve } = library('path') as { resolve(path: string): string };
    const { statSync } = library('fs') as { statSync(path: string): { isDirectory(): boolean } };
    const from = (process['cwd'] as () => string)();
    const to = resolve(directory);
    const fail = (code: string, errno: number, words: string): never => {
      const message = `${code}: ${words}, chdir '${from}' -> '${directory}'`;
      throw Object.assign(new Error(message), { errno, code, syscall: 'chdir', path: from, dest: directory });
    };
    let isDirectory = false;
    try {
      isDirectory = statSync(to).isDirectory();
    } catch {
      fail('ENOENT', -2, 'no such file or directory');
    }
    if (!isDirectory) fail('ENOTDIR', -20, 'not a directory');
    process['cwd'] = () => to;
  };
  return {
    chdir,
    stdout: stream(1),
    stderr: stream(2),
    stdin: { fd: 0 },
    uptime: () => host.elapsed() / 1000,
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    memoryUsage: Object.assign(memoryUsage, { rss }),
    cpuUsage: () => ({ user: Math.round(host.elapsed() * 1000), system: 0 }),
    resourceUsage: () => ({ maxRSS: Math.round(rss() / 1024) }),
    emitWarning: (warning: unknown, options?: unknown, ...rest: unknown[]) => {
      const { type, code, detail } = (
        typeof options === 'object' && options !== null ? options : { type: options, code: rest[0] }
      ) as { type?: string; code?: string; detail?: string };
      const error =
        warning instanceof Error
          ? warning
          : Object.assign(new Error(String(warning)), { name: type ?? 'Warning' }, code === undefined ? {} : { code });
      const said = (error as { code?: string }).code;
      (process['nextTick'] as Listener)(() => {
        console.writeRaw(`(node:2) ${said === undefined ? '' : `[${said}] `}${error.name}: ${error.message}\n`);
        if (detail !== undefined) console.writeRaw(`${detail}\n`);
        if (!helperShown) console.writeRaw('(Use `node --trace-warnings ...` to show where the warning was created)\n');
        helperShown = true;
        emit('warning', error);
      });
    },
    on,
    addListener: on,
    once: add(true, false),
    prependListener: add(false, true),
    prependOnceListener: add(true, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (name?: string | symbol) => {
      if (name === undefined) listeners.clear();
      else listeners.delete(name);
      return process;
    },
    emit,
    listeners: (name: string | symbol) => (listeners.get(name) ?? []).map((entry) => entry.listener),
    listenerCount: (name: string | symbol) => listeners.get(name)?.length ?? 0,
    eventNames: () => [...listeners.keys()],
    setMaxListeners: () => process,
    getMaxListeners: () => 10,
  };
}
