/**
 * Payload format 2.0: the event of HTTP APIs and function URLs. Source: API Gateway guide, Lambda proxy integrations for
 * HTTP APIs; Lambda guide, invoking function URLs. Members without a value are left out.
 */
import { factTexts, type Facts } from '../../facts.ts';
import type { Exchange } from './front-door.ts';
import { bodyText, headerPairs, isTextType, joinedOf, logTime, queryPairs } from './message.ts';

export interface Payload2 {
  readonly facts: Facts;
  readonly accountId: string;
  readonly apiId: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly authorizer?: object;
}

/** JSON text. */
export function payload2(exchange: Exchange, given: Payload2): string {
  const { facts, accountId, apiId, routeKey, stage, rawPath, authorizer } = given;
  const { request, address, id } = exchange;
  const method = request.method;
  const lines = headerPairs(request.headers);
  const cookies = lines.flatMap(([name, value]) => (name === 'cookie' ? value.split(/;\s*/) : []));
  const bytes = request.body?.length ?? 0;
  const own = [
    ['host', address.host] as const,
    ...(bytes > 0 ? [['content-length', String(bytes)] as const] : []),
    ...exchange.forwarded.map(([name, value]) => [name.toLowerCase(), value] as const),
  ];
  const names = new Set(own.map(([name]) => name));
  const headers = joinedOf([...lines.filter(([name]) => name !== 'cookie' && !names.has(name)), ...own]);
  const query = joinedOf(queryPairs(address.query));
  const isText = isTextType(exchange.header('content-type'), factTexts(facts, 'http-text-types'));
  const body = request.body === undefined || bytes === 0 ? { isBase64Encoded: false } : bodyText(request.body, isText);
  return JSON.stringify({
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: address.query,
    cookies: cookies.length === 0 ? undefined : cookies,
    headers: sorted(headers),
    queryStringParameters: orAbsent(query),
    requestContext: {
      accountId,
      apiId,
      authentication: null,
      authorizer,
      domainName: address.host,
      domainPrefix: address.host.split('.')[0],
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: exchange.sourceIp,
        userAgent: exchange.header('user-agent') ?? '',
      },
      requestId: id,
      routeKey,
      stage,
      time: logTime(exchange.start),
      timeEpoch: Math.floor(exchange.start),
    },
    pathParameters: orAbsent(given.pathParameters ?? {}),
    stageVariables: orAbsent(given.stageVariables ?? {}),
    ...body,
  });
}

const sorted = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The record, or nothing when it is empty. */
const orAbsent = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined =>
  Object.keys(record).length === 0 ? undefined : record;
