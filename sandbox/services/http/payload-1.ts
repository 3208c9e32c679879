/**
 * Payload format 1.0: the event of REST APIs, and of HTTP APIs that ask for it. Source: API Gateway guide, Lambda proxy
 * integrations in REST APIs and HTTP APIs. Members without a value are null.
 */
import type { Exchange } from './front-door.ts';
import { bodyText, headerPairs, lastOf, listsOf, logTime, queryPairs, type Pair } from './message.ts';

export interface Payload1 {
  readonly accountId: string;
  readonly apiId: string;
  /** `/orders/{id}` */
  readonly resource: string;
  readonly resourceId: string;
  readonly stage: string;
  /** Without the stage. */
  readonly path: string;
  readonly extendedRequestId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Whether the body is text; otherwise it comes as Base64. */
  readonly isText: boolean;
  /** Of an HTTP API. */
  readonly version?: '1.0';
  /** Who signed the request. */
  readonly userArn?: string;
}

/** JSON text. */
export function payload1(exchange: Exchange, given: Payload1): string {
  const { request, address, id } = exchange;
  const lines = withOwn(exchange, given.version === undefined);
  const query = queryPairs(address.query);
  const bytes = request.body?.length ?? 0;
  const body =
    request.body === undefined || bytes === 0
      ? { body: null, isBase64Encoded: false }
      : bodyText(request.body, given.isText);
  const version = given.version === undefined ? {} : { version: given.version };
  return JSON.stringify({
    ...version,
    resource: given.resource,
    path: given.path,
    httpMethod: request.method,
    headers: lastOf(lines),
    multiValueHeaders: listsOf(lines),
    queryStringParameters: orNull(lastOf(query)),
    multiValueQueryStringParameters: orNull(listsOf(query)),
    pathParameters: orNull(given.pathParameters),
    stageVariables: orNull(given.stageVariables),
    requestContext: {
      resourceId: given.resourceId,
      resourcePath: given.resource,
      httpMethod: request.method,
      extendedRequestId: given.extendedRequestId,
      requestTime: logTime(exchange.start),
      path: address.path,
      accountId: given.accountId,
      protocol: 'HTTP/1.1',
      stage: given.stage,
      domainPrefix: address.host.split('.')[0],
      requestTimeEpoch: Math.floor(exchange.start),
      requestId: id,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: given.userArn === undefined ? null : given.accountId,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: exchange.sourceIp,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: given.userArn ?? null,
        userAgent: exchange.header('user-agent') ?? null,
        user: null,
      },
      domainName: address.host,
      apiId: given.apiId,
    },
    ...body,
  });
}

/** The client's headers with those of the door, whose names a REST API writes with capitals. */
function withOwn(exchange: Exchange, capitals: boolean): readonly Pair[] {
  const host: Pair = ['Host', exchange.address.host];
  const own = [host, ...exchange.forwarded].map(([name, value]): Pair => [capitals ? name : name.toLowerCase(), value]);
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  const all = [...headerPairs(exchange.request.headers).filter(([name]) => !names.has(name)), ...own];
  return all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const orNull = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> | null =>
  Object.keys(record).length === 0 ? null : record;
