/** The `process` global: environment variables, exit, events, time and what else handlers ask of it. */
import type { LambdaConsole } from './console.ts';
import type { EventLoop } from './event-loop.ts';
import type { CoreConfiguration, Host } from './host.ts';

type Listener = (...values: unknown[]) => void;

/** Ends the process: the host stops the guest at the next tick of the counter, and this spins until then. */
function leave(host: Host, code: number): never {
  host.exit(code);
  for (;;);
}

/** process.env: every value is text; symbols and the rest behave as on a plain object. */
function createEnvironment(variables: Record<string, string>): Record<string, string | undefined> {
  return new Proxy({ ...variables }, {
    set(target, key, value: unknown) {
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      target[key] = `${value as string}`;
      return true;
    },
    defineProperty(target, key, descriptor) {
      if ('value' in descriptor) target[String(key)] = `${descriptor.value as string}`;
      return true;
    },
  });
}

export interface ProcessObject extends Record<string, unknown> {
  env: Record<string, string | undefined>;
}

export function createProcessObject(
  configuration: CoreConfiguration,
  host: Host,
  loop: EventLoop,
  console: LambdaConsole,
): { process: ProcessObject; emit: (name: string, ...values: unknown[]) => boolean; leave: (code: number) => never } {
  const listeners = new Map<string | symbol, { listener: Listener; once: boolean }[]>();
  const emit = (name: string | symbol, ...values: unknown[]): boolean => {
    const found = listeners.get(name);
    if (found === undefined || found.length === 0) return false;
    for (const entry of [...found]) {
      if (entry.once) remove(name, entry.listener);
      entry.listener.apply(process, values);
    }
    return true;
  };
  const add = (name: string | symbol, listener: Listener, once: boolean, first: boolean): ProcessObject => {
    const list = listeners.get(name) ?? [];
    if (first) list.unshift({ listener, once });
    else list.push({ listener, once });
    listeners.set(name, list);
    return process;
  };
  const remove = (name: string | symbol, listener: Listener): ProcessObject => {
    const list = listeners.get(name) ?? [];
    const index = list.findIndex((entry) => entry.listener === listener);
    if (index >= 0) list.splice(index, 1);
    return process;
  };

  const nanoseconds = (): bigint => BigInt(Math.round(host.elapsed() * 1e6));
  const hrtime = Object.assign(
    (since?: [number, number]): [number, number] => {
      const total = nanoseconds();
      const [seconds, rest] = [Number(total / 1_000_000_000n), Number(total % 1_000_000_000n)];
      if (since === undefined) return [seconds, rest];
      const borrow = rest < since[1] ? 1 : 0;
      return [seconds - since[0] - borrow, rest - since[1] + borrow * 1_000_000_000];
    },
    { bigint: nanoseconds },
  );
  const memoryUsage = Object.assign(
    () => {
      const heapUsed = host.memoryUsed();
      return { rss: heapUsed + 60_000_000, heapTotal: heapUsed + 2_000_000, heapUsed, external: 1_500_000, arrayBuffers: 10_000 };
    },
    { rss: () => host.memoryUsed() + 60_000_000 },
  );
  const stream = (fd: number): Record<string, unknown> => ({
    fd,
    isTTY: false,
    writable: true,
    write(chunk: unknown, ...rest: unknown[]): boolean {
      const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array);
      console.writeRaw(text);
      const callback = rest.find((value) => typeof value === 'function') as Listener | undefined;
      if (callback !== undefined) loop.nextTick(callback);
      return true;
    },
    end: () => undefined,
    on: () => process['stdout'],
    once: () => process['stdout'],
    emit: () => false,
    removeListener: () => process['stdout'],
  });

  const version = configuration.nodeVersion;
  const exit = (code?: unknown): never => {
    const status = Number(code ?? process['exitCode'] ?? 0) & 255;
    try {
      emit('exit', status);
    } finally {
      leave(host, status);
    }
  };
  const process: ProcessObject = {
    version,
    versions: { node: version.slice(1), v8: '13.6.233.17-node.0', uv: '1.51.0', modules: '137' },
    arch: configuration.architecture,
    platform: 'linux',
    release: { name: 'node' },
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    argv0: '/var/lang/bin/node',
    execArgv: [],
    execPath: '/var/lang/bin/node',
    env: createEnvironment(configuration.environment),
    pid: 2,
    ppid: 1,
    title: '/var/lang/bin/node',
    exitCode: undefined,
    features: {},
    config: {},
    stdout: stream(1),
    stderr: stream(2),
    stdin: { fd: 0, isTTY: false },
    cwd: () => '/var/task',
    chdir: () => undefined,
    umask: () => 0o22,
    uptime: () => host.elapsed() / 1000,
    hrtime,
    memoryUsage,
    cpuUsage: () => ({ user: Math.round(host.elapsed() * 1000), system: 0 }),
    resourceUsage: () => ({ maxRSS: Math.round(host.memoryUsed() / 1024) }),
    nextTick: loop.nextTick,
    exit,
    reallyExit: exit,
    abort: () => leave(host, 134),
    kill: () => true,
    getuid: () => 993,
    geteuid: () => 993,
    getgid: () => 990,
    getegid: () => 990,
    emitWarning: (warning: unknown, options?: unknown) => {
      const kind = typeof options === 'string' ? options : ((options as { type?: string } | undefined)?.type ?? 'Warning');
      const [name, text] = warning instanceof Error ? [warning.name, warning.message] : [kind, String(warning)];
      console.writeRaw(`(node:2) ${name}: ${text}`);
      emit('warning', warning);
    },
    on: (name: string, listener: Listener) => add(name, listener, false, false),
    addListener: (name: string, listener: Listener) => add(name, listener, false, false),
    once: (name: string, listener: Listener) => add(name, listener, true, false),
    prependListener: (name: string, listener: Listener) => add(name, listener, false, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (name?: string) => {
      if (name === undefined) listeners.clear();
      else listeners.delete(name);
      return process;
    },
    emit,
    listeners: (name: string) => (listeners.get(name) ?? []).map((entry) => entry.listener),
    listenerCount: (name: string) => listeners.get(name)?.length ?? 0,
    eventNames: () => [...listeners.keys()],
    setMaxListeners: () => process,
    getMaxListeners: () => 10,
    setUncaughtExceptionCaptureCallback: () => undefined,
    setSourceMapsEnabled: () => undefined,
    [Symbol.toStringTag]: 'process',
  };
  return { process, emit, leave: (code) => leave(host, code) };
}
