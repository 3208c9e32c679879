/** node:net: addresses, and sockets that fail as on a closed network. */
import { absentFunctions } from './internal/absent.ts';
import { connectionError } from './internal/network.ts';

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

function isIPv6(text: unknown): boolean {
  const address = String(text).replace(/%[\w.-]+$/, '');
  return address.includes(':') && load('internal/url').URL.canParse(`http://[${address}]/`) === true;
}
const isIPv4 = (text: unknown): boolean => ipv4.test(String(text)) && !/(^|\.)0\d/.test(String(text));
const isIP = (text: unknown): number => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** A duplex stream whose connection fails in a later turn. */
function Socket(this: any, options?: object): any {
  const { Duplex } = load('stream');
  const socket = new Duplex({
    ...options,
    read() {
      // Nothing ever arrives.
    },
    write(_chunk: unknown, _encoding: string, done: () => void) {
      done();
    },
  });
  const chain = (): unknown => socket;
  return Object.assign(socket, {
    connecting: false,
    connect(...args: any[]) {
      const {
        host = 'localhost',
        port,
        path,
      } = typeof args[0] === 'object'
        ? args[0]
        : { port: args[0], host: typeof args[1] === 'string' ? args[1] : undefined };
      socket.connecting = true;
      const error =
        path === undefined
          ? connectionError(String(host), Number(port))
          : Object.assign(new Error(`connect ENOENT ${String(path)}`), {
              errno: -2,
              code: 'ENOENT',
              syscall: 'connect',
              address: path,
            });
      internals.timers.setTimeout(() => socket.destroy(error), 1);
      return socket;
    },
    setTimeout: chain,
    setNoDelay: chain,
    setKeepAlive: chain,
    ref: chain,
    unref: chain,
    address: () => ({}),
  });
}

const connect = (...args: unknown[]): unknown => Socket.call(undefined).connect(...args);

export default {
  Socket,
  Stream: Socket,
  connect,
  createConnection: connect,
  isIP,
  isIPv4,
  isIPv6,
  ...absentFunctions('net', ['createServer'], 'is not available in this simulator: a function takes no connections'),
};
