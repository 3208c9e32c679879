/** What `process` offers beyond environment, exit and nextTick: events, streams, clocks and usage. */
import type { LambdaConsole } from '../console.ts';
import type { Host } from '../host.ts';
import type { ProcessObject } from '../process-object.ts';

type Listener = (...values: unknown[]) => void;

export interface ProcessMethods extends Record<string, unknown> {
  emit(name: string | symbol, ...values: unknown[]): boolean;
}

export function createProcessMethods(process: ProcessObject, host: Host, console: LambdaConsole): ProcessMethods {
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
      isTTY: false,
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
  const on = add(false, false);
  return {
    stdout: stream(1),
    stderr: stream(2),
    stdin: { fd: 0, isTTY: false },
    uptime: () => host.elapsed() / 1000,
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    memoryUsage: Object.assign(memoryUsage, { rss }),
    cpuUsage: () => ({ user: Math.round(host.elapsed() * 1000), system: 0 }),
    resourceUsage: () => ({ maxRSS: Math.round(rss() / 1024) }),
    emitWarning: (warning: unknown, options?: unknown) => {
      const kind =
        typeof options === 'string' ? options : ((options as { type?: string } | undefined)?.type ?? 'Warning');
      const [name, text] = warning instanceof Error ? [warning.name, warning.message] : [kind, String(warning)];
      console.writeRaw(`(node:2) ${name}: ${text}\n`);
      emit('warning', warning);
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
