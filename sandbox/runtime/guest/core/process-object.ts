/** The `process` global: environment variables, exit and nextTick at once, the rest when it is first used. */
import type { LambdaConsole } from './console.ts';
import type { CoreConfiguration, Host } from './host.ts';
import type { createProcessMethods, ProcessMethods } from './lazy/process-methods.ts';

export interface ProcessObject extends Record<string, unknown> {
  env: Record<string, string | undefined>;
}

/** What the runtime itself needs of the process. */
export interface ProcessControl {
  readonly process: ProcessObject;
  /** Tells the function's own listeners; false when there are none. */
  emit(name: string, ...values: unknown[]): boolean;
  /** Ends the process with a status. */
  leave(code: number): never;
}

/** process.env: every value is text; symbols and the rest behave as on a plain object. */
function createEnvironment(variables: Record<string, string>): Record<string, string | undefined> {
  return new Proxy(
    { ...variables },
    {
      set(target, key, value: unknown) {
        if (typeof key === 'symbol' || typeof value === 'symbol')
          throw new TypeError('Cannot convert a Symbol value to a string');
        target[key] = String(value);
        return true;
      },
      defineProperty(target, key, descriptor) {
        const value = 'value' in descriptor ? String(descriptor.value) : undefined;
        return Reflect.defineProperty(target, key, { ...descriptor, value });
      },
    },
  );
}

/** Members that `lazy/process-methods.ts` provides. */
const lazyMembers =
  'chdir stdout stderr stdin uptime hrtime memoryUsage cpuUsage resourceUsage emitWarning on addListener once prependListener prependOnceListener off removeListener removeAllListeners emit listeners listenerCount eventNames setMaxListeners getMaxListeners';

/** Whole numbers, and texts of such. */
const isExitCode = (code: unknown): boolean =>
  Number.isInteger(code) || (typeof code === 'string' && code !== '' && Number.isInteger(Number(code)));

/** By the generation of the runtime client: 3 on Node.js 22, 4 on 24. */
const engineVersions = {
  3: { v8: '12.4.254.21-node.33', modules: '127' },
  4: { v8: '13.6.233.17-node.37', modules: '137' },
} as const;

export function createProcessObject(
  configuration: CoreConfiguration,
  host: Host,
  nextTick: unknown,
  console: LambdaConsole,
  library: (name: string) => unknown,
): ProcessControl {
  let methods: ProcessMethods | undefined;
  const emit = (name: string, ...values: unknown[]): boolean => methods?.emit(name, ...values) ?? false;
  const leave = (code: number): never => {
    host.exit(code);
    // The host stops the guest at the next tick of its counter.
    for (;;);
  };
  const dieOf = (signal: string): never => {
    host.exitBySignal(signal);
    for (;;);
  };
  const exit = (code?: unknown): never => {
    if (code !== undefined && code !== null && !isExitCode(code)) {
      const { invalidArgType, outOfRange } = library('internal/errors') as typeof import('../node/internal/errors.ts');
      throw typeof code === 'number' ? outOfRange('code', 'an integer', code) : invalidArgType('code', 'number', code);
    }
    const status = Number(code ?? process['exitCode'] ?? 0) & 255;
    try {
      emit('exit', status);
    } catch {
      // What a listener throws cannot keep the process alive.
    }
    return leave(status);
  };
  const version = configuration.nodeVersion;
  const process: ProcessObject = {
    version,
    versions: { node: version.slice(1), uv: '1.51.0', ...engineVersions[configuration.generation] },
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
    cwd: () => '/var/task',
    umask: () => 0o22,
    nextTick,
    getBuiltinModule: (id: unknown) => {
      const name = String(id).replace(/^node:/, '');
      if (/^(internal|lambda)\//.test(name)) return undefined;
      try {
        return library(name);
      } catch {
        return undefined;
      }
    },
    exit,
    abort: () => dieOf('aborted'),
    kill: (pid: unknown, signal: unknown = 'SIGTERM') => {
      if (pid === 2 && signal !== 0) dieOf(signal === 'SIGKILL' || signal === 9 ? 'killed' : 'terminated');
      return true;
    },
    getuid: () => 993,
    geteuid: () => 993,
    getgid: () => 990,
    getegid: () => 990,
    [Symbol.toStringTag]: 'process',
  };
  const load = (): ProcessMethods => {
    if (methods !== undefined) return methods;
    const lazy = library('lambda/process-methods') as { createProcessMethods: typeof createProcessMethods };
    methods = lazy.createProcessMethods(process, host, console, library);
    return methods;
  };
  for (const name of lazyMembers.split(' ')) {
    const define = (value: unknown): void => {
      Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
    };
    Object.defineProperty(process, name, {
      get: () => {
        const value = load()[name];
        define(value);
        return value;
      },
      set: define,
      configurable: true,
      enumerable: true,
    });
  }
  return { process, emit, leave };
}
