/**
 * fetch on a closed network: `data:` URLs and the account's own addresses are answered, everything else fails as a
 * refused or unknown host does.
 */
import { base64Bytes } from './base64.ts';
import { Request } from './fetch/request.ts';
import { Response } from './fetch/response.ts';
import { connectionError } from './network.ts';
import { URL } from './url.ts';
import { percentDecodeBytes } from './url/percent.ts';
import { latin1Text } from './utf8.ts';

export { FormData } from './fetch/form-data.ts';
export { Headers } from './fetch/headers.ts';
export { Request } from './fetch/request.ts';
export { Response } from './fetch/response.ts';

const turn = (ms: number): Promise<void> => new Promise((resolve) => void internals.timers.setTimeout(resolve, ms));

const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** The fetch standard's list: ports of other protocols, where no request may go. */
const badPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

function failure(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

/** As undici has it, the implementation of fetch in Node.js. */
function connectTimeout({ address, timeoutMs }: { readonly address: string; readonly timeoutMs: number }): Error {
  const message = `Connect Timeout Error (attempted address: ${address}, timeout: ${timeoutMs}ms)`;
  return Object.assign(new Error(message), { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' });
}

/** `data:[type][;base64],content` */
function dataResponse(url: string): Response {
  const match = /^data:([^,]*?)(;\s*base64)?,([^#]*)/is.exec(url);
  if (match === null) throw failure(new Error('invalid data URL'));
  const bytes = percentDecodeBytes(match[3] as string);
  const content = match[2] === undefined ? bytes : base64Bytes(latin1Text(bytes));
  const type = match[1] === '' ? 'text/plain;charset=US-ASCII' : (match[1] as string).replace(/^;/, 'text/plain;');
  const response = new Response(content, { status: 200, statusText: 'OK', headers: { 'content-type': type } });
  return Object.assign(response, { type: 'basic', url });
}

export async function fetch(input: any, init?: any): Promise<Response> {
  if (arguments.length === 0)
    throw new TypeError("Failed to execute 'fetch': 1 argument required, but only 0 present.");
  const request = new Request(input, init);
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  const url = new URL(request.url);
  if (url.protocol === 'data:') {
    await turn(1);
    return dataResponse(request.url);
  }
  const port = defaultPorts[url.protocol];
  if (port === undefined)
    throw failure(new Error(url.protocol === 'about:' ? 'about scheme is not supported' : 'unknown scheme'));
  await turn(1);
  if (signal.aborted) throw signal.reason;
  if (badPorts.has(Number(url.port || port))) throw failure(new Error('bad port'));
  const answer = answerOf(request, url);
  if (answer !== undefined) return answer;
  throw failure(connectionError(url.hostname, url.port === '' ? port : Number(url.port)));
}

/** The answer of an address that the account has; undefined for any other. */
function answerOf(request: Request, url: URL): Promise<Response> | undefined {
  const { method, signal } = request;
  const headers = Object.fromEntries(request.headers as Iterable<[string, string]>);
  const call = { method, url: request.url, headers };
  if (!internals.network.answers(url.href)) return undefined;
  return request.arrayBuffer().then(async (body: ArrayBuffer) => {
    const sent = body.byteLength === 0 ? call : { ...call, body: new Uint8Array(body) };
    const answer = await internals.network.request(sent, signal);
    if (answer.unanswered !== undefined) throw failure(connectTimeout(answer.unanswered));
    const hasBody = ![101, 204, 205, 304].includes(answer.status) && method !== 'HEAD';
    const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
    );
    const response = new Response(hasBody ? answer.body : null, { status: answer.status, headers: lines });
    return Object.assign(response, { type: 'basic', url: request.url });
  });
}
