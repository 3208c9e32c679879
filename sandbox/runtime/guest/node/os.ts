/** node:os: the machine that a function sees. */

const { configuration } = internals;
const megabyte = 1024 * 1024;

const signals = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
};
const memoryUsed = (): number => (internals.process['memoryUsage'] as () => { rss: number })().rss;

const moduleExports = {
  EOL: '\n',
  arch: (): string => configuration.architecture,
  availableParallelism: (): number => configuration.visibleCores,
  constants: {
    UV_UDP_REUSEADDR: 4,
    dlopen: {},
    errno: { ENOENT: 2, EACCES: 13, EEXIST: 17, ENOSPC: 28, EROFS: 30, ECONNREFUSED: 111 },
    signals,
    priority: { PRIORITY_NORMAL: 0 },
  },
  cpus: (): unknown[] =>
    Array.from({ length: configuration.visibleCores }, () => ({
      model: configuration.architecture === 'arm64' ? 'unknown' : 'Intel(R) Xeon(R) Processor @ 2.50GHz',
      speed: configuration.architecture === 'arm64' ? 0 : 2500,
      times: { user: Math.round(internals.elapsed()), nice: 0, sys: 0, idle: 0, irq: 0 },
    })),
  devNull: '/dev/null',
  endianness: (): string => 'LE',
  freemem: (): number => Math.max(0, configuration.memorySizeMB * megabyte - memoryUsed()),
  getPriority: (): number => 0,
  homedir: (): string =>
    String((internals.process['env'] as Record<string, string | undefined>)['HOME'] ?? '/home/sbx_user1051'),
  hostname: (): string => '169.254.100.6',
  loadavg: (): number[] => [0, 0, 0],
  machine: (): string => (configuration.architecture === 'arm64' ? 'aarch64' : 'x86_64'),
  networkInterfaces: (): Record<string, unknown> => ({
    lo: [
      {
        address: '127.0.0.1',
        netmask: '255.0.0.0',
        family: 'IPv4',
        mac: '00:00:00:00:00:00',
        internal: true,
        cidr: '127.0.0.1/8',
      },
    ],
  }),
  platform: (): string => 'linux',
  release: (): string => '5.10.240',
  setPriority: (): void => undefined,
  tmpdir: (): string => {
    const env = internals.process['env'] as Record<string, string | undefined>;
    const folder = env['TMPDIR'] || env['TMP'] || env['TEMP'] || '/tmp';
    return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
  },
  totalmem: (): number => configuration.memorySizeMB * megabyte,
  type: (): string => 'Linux',
  uptime: (): number => internals.elapsed() / 1000,
  userInfo: (): unknown => ({
    uid: 993,
    gid: 990,
    username: 'sbx_user1051',
    homedir: '/home/sbx_user1051',
    shell: '/sbin/nologin',
  }),
  version: (): string => '#1 SMP',
};
export default moduleExports;
