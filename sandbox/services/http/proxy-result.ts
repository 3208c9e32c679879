/** What a function answers to a front door: an HTTP response written as JSON, and what is wrong with one that is not. */
import { bytesFromBase64 } from '../../lambda/text-bytes.ts';
import type { HttpHeaders } from '../service.ts';

export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: HttpHeaders;
  readonly body: string | Uint8Array;
}

export interface ProxyFormat {
  /** A result without a status code is the body of a 200 answer. */
  readonly infersResponse: boolean;
  /** `multiValueHeaders` are read beside `headers`, instead of them, or not at all. */
  readonly multiValueHeaders: 'beside' | 'instead' | 'never';
  /** `cookies` become headers. */
  readonly hasCookies: boolean;
  /** Whether a body in Base64 is decoded. */
  readonly decodes: boolean;
  /** When the function names no type. */
  readonly contentType?: string;
  /** Members beyond which the result is malformed. */
  readonly members?: readonly string[];
  /** Values of headers must be texts, and no member may be null. */
  readonly isStrict?: boolean;
}

/** The response that the JSON text stands for; undefined when it is of another form. */
export function readProxyResult(payload: string, format: ProxyFormat): ProxyResult | undefined {
  const parsed = parse(payload);
  if (parsed === undefined) return undefined;
  const { value } = parsed;
  const isResponse = isObject(value) && 'statusCode' in value;
  if (!isResponse) {
    if (!format.infersResponse) return undefined;
    const body = typeof value === 'string' ? value : payload;
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { members, isStrict = false } = format;
  if (members !== undefined && Object.keys(value).some((member) => !members.includes(member))) return undefined;
  if (isStrict && (typeof value['statusCode'] !== 'number' || Object.values(value).includes(null))) return undefined;
  const statusCode = statusOf(value['statusCode']);
  const headers = headersOf(value, format);
  const body = bodyOf(value, format.decodes);
  if (statusCode === undefined || headers === undefined || body === undefined) return undefined;
  const type = format.contentType === undefined ? {} : { 'content-type': format.contentType };
  return { statusCode, headers: { ...type, ...headers }, body };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A number, or a text of three digits. */
function statusOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 100 && number <= 599 ? number : undefined;
}

function bodyOf({ body, isBase64Encoded }: Record<string, unknown>, decodes: boolean): string | Uint8Array | undefined {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') return undefined;
  if (isBase64Encoded !== true || !decodes) return body;
  try {
    return bytesFromBase64(body);
  } catch {
    return undefined;
  }
}

function headersOf(value: Record<string, unknown>, format: ProxyFormat): HttpHeaders | undefined {
  const all = new Map<string, string | readonly string[]>();
  const add = (name: string, given: string | readonly string[]): void => {
    const lists = typeof given !== 'string' && given.length === 1 ? (given[0] ?? '') : given;
    all.set(name.toLowerCase(), lists);
  };
  const { headers = {}, multiValueHeaders = {}, cookies = [] } = value;
  const isValue = (one: unknown): boolean => typeof one === 'string' || (format.isStrict !== true && isScalar(one));
  if (format.multiValueHeaders !== 'instead') {
    if (headers !== null && !isObject(headers)) return undefined;
    for (const [name, one] of Object.entries(headers ?? {})) {
      if (!isValue(one)) return undefined;
      add(name, String(one));
    }
  }
  if (format.multiValueHeaders !== 'never') {
    if (multiValueHeaders !== null && !isObject(multiValueHeaders)) return undefined;
    for (const [name, list] of Object.entries(multiValueHeaders ?? {})) {
      if (!Array.isArray(list) || !list.every(isValue)) return undefined;
      add(name, list.map(String));
    }
  }
  if (format.hasCookies && cookies !== null) {
    if (!Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === 'string')) return undefined;
    if (cookies.length > 0) add('set-cookie', cookies);
  }
  return Object.fromEntries(all);
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
