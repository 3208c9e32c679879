/** node:dns: names are not found, addresses stand for themselves. */
import { lookupError } from './internal/network.ts';
import net from './net.ts';

type Callback = (error: Error | null, ...values: unknown[]) => void;

/** `[address, family]` of a host that needs no network. */
export function findAddress(hostname: string): { address: string; family: number } {
  if (hostname === 'localhost') return { address: '127.0.0.1', family: 4 };
  const family = net.isIP(hostname);
  if (family === 0) throw lookupError(hostname);
  return { address: hostname, family };
}

export function lookup(hostname: string, ...rest: unknown[]): void {
  const callback = rest.pop() as Callback;
  const all = (rest[0] as { all?: boolean } | undefined)?.all;
  internals.timers.setImmediate(() => {
    let found: { address: string; family: number };
    try {
      found = findAddress(hostname);
    } catch (error) {
      callback(error as Error);
      return;
    }
    if (all) callback(null, [found]);
    else callback(null, found.address, found.family);
  });
}

export const kinds = [
  'resolve',
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveCname',
  'resolveMx',
  'resolveNs',
  'resolveSrv',
  'resolveTxt',
  'reverse',
];

const moduleExports: Record<string, unknown> = {
  lookup,
  NOTFOUND: 'ENOTFOUND',
  getServers: (): string[] => ['169.254.78.1'],
  setServers: (): void => undefined,
  setDefaultResultOrder: (): void => undefined,
  getDefaultResultOrder: (): string => 'verbatim',
};
for (const kind of kinds) {
  moduleExports[kind] = (hostname: string, ...rest: unknown[]): void => {
    const callback = rest.pop() as Callback;
    internals.timers.setImmediate(() => callback(queryError(kind, hostname)));
  };
}

export function queryError(kind: string, hostname: string): Error {
  const syscall =
    kind === 'resolve' || kind === 'resolve4'
      ? 'queryA'
      : kind === 'resolve6'
        ? 'queryAaaa'
        : kind.replace('resolve', 'query');
  return Object.assign(new Error(`${syscall} ENOTFOUND ${hostname}`), {
    errno: undefined,
    code: 'ENOTFOUND',
    syscall,
    hostname,
  });
}

Object.defineProperty(moduleExports, 'promises', { get: () => load<unknown>('dns/promises'), enumerable: true });
// For dns/promises; not enumerable, so that programs do not see them.
for (const [name, value] of Object.entries({ findAddress, queryError, kinds }))
  Object.defineProperty(moduleExports, name, { value });
export default moduleExports;
