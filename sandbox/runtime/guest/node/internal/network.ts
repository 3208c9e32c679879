/** A closed network: what connecting and looking up names fails with. */

const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':');
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.startsWith('127.') || host === '::1' || host === '0.0.0.0';

export function lookupError(hostname: string, syscall = 'getaddrinfo'): Error {
  const error = new Error(`${syscall} ENOTFOUND ${hostname}`);
  return Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall, hostname });
}

/** The error of a connection to a host and port: refused by this machine, unreachable, or of unknown name. */
export function connectionError(hostname: string, port: number): Error {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!isLoopback(host) && !isAddress(host)) return lookupError(host);
  const refused = isLoopback(host);
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const code = refused ? 'ECONNREFUSED' : 'ENETUNREACH';
  const error = new Error(`connect ${code} ${address}:${port}${refused ? '' : ' - Local (0.0.0.0:0)'}`);
  return Object.assign(error, { errno: refused ? -111 : -101, code, syscall: 'connect', address, port });
}
