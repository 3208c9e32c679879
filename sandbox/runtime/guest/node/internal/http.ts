/** http.request on a closed network: a request that takes a body and then fails. */
import { absentFunctions } from './absent.ts';
import { codedError } from './errors.ts';
import { connectionError } from './network.ts';

export const METHODS = [
  'ACL',
  'BIND',
  'CHECKOUT',
  'CONNECT',
  'COPY',
  'DELETE',
  'GET',
  'HEAD',
  'LINK',
  'LOCK',
  'M-SEARCH',
  'MERGE',
  'MKACTIVITY',
  'MKCALENDAR',
  'MKCOL',
  'MOVE',
  'NOTIFY',
  'OPTIONS',
  'PATCH',
  'POST',
  'PROPFIND',
  'PROPPATCH',
  'PURGE',
  'PUT',
  'QUERY',
  'REBIND',
  'REPORT',
  'SEARCH',
  'SOURCE',
  'SUBSCRIBE',
  'TRACE',
  'UNBIND',
  'UNLINK',
  'UNLOCK',
  'UNSUBSCRIBE',
];

export const STATUS_CODES: Record<number, string> = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a Teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

/** Connections are never made, so an agent only keeps its options. */
export class Agent {
  readonly options: Record<string, unknown>;
  readonly maxSockets: unknown;
  readonly keepAlive: boolean;

  constructor(options: Record<string, unknown> = {}) {
    this.options = options;
    this.maxSockets = options['maxSockets'] ?? Infinity;
    this.keepAlive = Boolean(options['keepAlive']);
  }

  destroy(): void {
    // There is no socket to close.
  }
}

function request(defaultProtocol: string, ...args: any[]): unknown {
  const { Writable } = load('stream');
  const { URL } = load('internal/url');
  const onResponse = typeof args.at(-1) === 'function' ? args.pop() : undefined;
  const fromUrl =
    typeof args[0] === 'string' || args[0] instanceof URL ? load('url').urlToHttpOptions(new URL(args.shift())) : {};
  const options = { ...fromUrl, ...args[0] };
  const protocol = options.protocol ?? defaultProtocol;
  if (protocol !== defaultProtocol)
    throw codedError(
      TypeError,
      'ERR_INVALID_PROTOCOL',
      `Protocol "${String(protocol)}" not supported. Expected "${defaultProtocol}"`,
    );
  const host = String(options.hostname ?? options.host ?? 'localhost');
  const headers = new Map<string, [string, unknown]>();
  const message = new Writable({
    // The error comes after the end of the body.
    autoDestroy: false,
    write(_chunk: unknown, _encoding: string, done: () => void) {
      done();
    },
    final(done: () => void) {
      done();
      internals.timers.setTimeout(() => {
        if (!message.destroyed)
          message.destroy(connectionError(host, Number(options.port ?? (defaultProtocol === 'https:' ? 443 : 80))));
      }, 1);
    },
  });
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name.toLowerCase(), [name, value]);
  Object.assign(message, {
    method: String(options.method ?? 'GET').toUpperCase(),
    path: options.path ?? '/',
    host,
    protocol,
    aborted: false,
    setHeader: (name: string, value: unknown) => (headers.set(name.toLowerCase(), [name, value]), message),
    getHeader: (name: string) => headers.get(name.toLowerCase())?.[1],
    getHeaders: () => Object.fromEntries([...headers].map(([key, [, value]]) => [key, value])),
    hasHeader: (name: string) => headers.has(name.toLowerCase()),
    removeHeader: (name: string) => void headers.delete(name.toLowerCase()),
    flushHeaders: () => undefined,
    setTimeout: () => message,
    setNoDelay: () => message,
    setSocketKeepAlive: () => message,
    abort: () => message.destroy(),
  });
  if (onResponse !== undefined) message.once('response', onResponse);
  return message;
}

/** The exports of node:http or node:https. */
export function httpModule(protocol: 'http:' | 'https:'): Record<string, unknown> {
  const make = (...args: unknown[]): any => request(protocol, ...args);
  const name = protocol.slice(0, -1);
  return {
    Agent,
    METHODS,
    STATUS_CODES,
    globalAgent: new Agent({ keepAlive: true }),
    maxHeaderSize: 16_384,
    request: Object.defineProperty(make, 'name', { value: 'request' }),
    get: (...args: unknown[]): unknown => {
      const message = make(...args);
      message.end();
      return message;
    },
    ...absentFunctions(
      name,
      ['createServer', 'Server'],
      'is not available in this simulator: a function takes no connections',
    ),
  };
}
