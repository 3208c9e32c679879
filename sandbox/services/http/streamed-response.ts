/**
 * A streamed response as a client gets it. What the function wrote is the body; with HttpResponseStream.from a JSON
 * prelude stands before it, separated by eight NUL characters. Source: Lambda guide, response streaming.
 */
import { readProxyResult, type ProxyResult } from './proxy-result.ts';

const separator = '\0'.repeat(8);

/** Whether JSON and the separator stand before the body: REST APIs ask for both. */
export const hasPrelude = (text: string): boolean => text.includes(separator);

/** Undefined when the prelude is no JSON, or names an impossible status or header. `contentType` is the stream's own. */
export function readStream(text: string, contentType: string): ProxyResult | undefined {
  const end = text.indexOf(separator);
  if (end < 0) return { statusCode: 200, headers: { 'content-type': contentType }, body: text };
  const prelude = withStatus(text.slice(0, end));
  const format = { infersResponse: false, multiValueHeaders: 'never', hasCookies: true, decodes: false } as const;
  const result = prelude === undefined ? undefined : readProxyResult(prelude, format);
  if (result === undefined) return undefined;
  const type = { 'content-type': 'application/octet-stream' };
  return { ...result, headers: { ...type, ...result.headers }, body: text.slice(end + separator.length) };
}

/** A prelude without a status means 200, and has no body of its own. */
function withStatus(json: string): string | undefined {
  try {
    const { body: _, ...prelude } = JSON.parse(json) as Record<string, unknown>;
    return JSON.stringify({ statusCode: 200, ...prelude });
  } catch {
    return undefined;
  }
}
