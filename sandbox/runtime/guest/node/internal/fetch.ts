/** fetch on a closed network: `data:` URLs are answered, everything else fails as a refused or unknown host does. */
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

function failure(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
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
  if (arguments.length === 0) throw new TypeError("Failed to execute 'fetch': 1 argument required, but only 0 present.");
  const request = new Request(input, init);
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  const url = new URL(request.url);
  if (url.protocol === 'data:') {
    await turn(1);
    return dataResponse(request.url);
  }
  const port = defaultPorts[url.protocol];
  if (port === undefined) throw failure(new Error(url.protocol === 'about:' ? 'about scheme is not supported' : 'unknown scheme'));
  await turn(1);
  if (signal.aborted) throw signal.reason;
  throw failure(connectionError(url.hostname, url.port === '' ? port : Number(url.port)));
}
