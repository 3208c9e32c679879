/** The HTTP side of HTTP APIs: stage, route, integration in both payload formats, CORS. Source: API Gateway guide. */
import { factNumber, factText, factTexts } from '../../facts.ts';
import type { Random } from '../../kernel/random.ts';
import type { HttpDoorReason } from '../../trace.ts';
import { corsHeaders, isPreflight, preflightHeaders } from '../http/cors.ts';
import { executeApiArn, iamUserArn, isTooLarge, newGatewayRequestId } from '../http/execute-api.ts';
import { functionOf } from '../http/integration-uri.ts';
import { refusalOf, type Exchange, type FrontDoor, type Integration as Outcome } from '../http/front-door.ts';
import { isTextType } from '../http/message.ts';
import { payload1 } from '../http/payload-1.ts';
import { payload2 } from '../http/payload-2.ts';
import { readProxyResult } from '../http/proxy-result.ts';
import type { Throttle } from '../http/throttle.ts';
import type { Caller, HttpEndpoint, HttpHeaders, HttpRequest, HttpResponse, Permissions } from '../service.ts';
import { contentOf, findRoute, type HttpApi, type Integration, type RouteMatch, type Stage } from './http-api.ts';

export interface HttpApiDoorHost {
  readonly door: FrontDoor;
  readonly permissions: Permissions;
  readonly throttle: Throttle;
  /** By the id in its host name. */
  readonly find: (apiId: string) => HttpApi | undefined;
}

/** What a request has found. */
interface Found extends RouteMatch {
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly integration: Integration;
}

export class HttpApiDoor implements HttpEndpoint {
  readonly #host: HttpApiDoorHost;
  readonly #ids: Random;

  constructor(host: HttpApiDoorHost) {
    this.#host = host;
    this.#ids = host.door.host.random.stream('http api request ids');
  }

  answer(request: HttpRequest, caller: Caller, done: (response: HttpResponse) => void): void {
    const id = newGatewayRequestId(this.#ids);
    this.#host.door.receive({ door: 'http-api', request, caller, id, done }, (exchange) => this.#handle(exchange));
  }

  #handle(exchange: Exchange): void {
    const { clock, facts } = this.#host.door.host;
    const [apiId = ''] = exchange.address.host.split('.');
    const api = this.#host.find(apiId);
    if (api === undefined) {
      this.#refuse(exchange, undefined, 'unknownApi', 'forbidden');
      return;
    }
    const served = stageOf(api, exchange.address.path);
    if (served === undefined) {
      this.#refuse(exchange, api, 'unknownRoute', 'not-found');
      return;
    }
    const { stage, path } = served;
    exchange.resource = { resource: api.id, stage: stage.name };
    const header = (name: string): string | undefined => exchange.header(name);
    if (api.cors !== undefined && isPreflight(exchange.request.method, header)) {
      const headers = { ...preflightHeaders(api.cors, header), 'apigw-requestid': exchange.id };
      exchange.answer({ status: 204, headers, body: '', reason: 'preflight' });
      return;
    }
    const { routes, integrations } = contentOf(api, stage);
    const match = findRoute(routes.values(), exchange.request.method, path);
    const integration = integrations.get(match?.route.integrationId ?? '');
    if (match === undefined || integration === undefined) {
      this.#refuse(exchange, api, 'unknownRoute', 'not-found');
      return;
    }
    const found: Found = { ...match, api, stage, integration };
    if (match.route.authorizationType === 'AWS_IAM' && !this.#isAllowed(exchange, found)) {
      this.#refuse(exchange, api, 'denied', 'forbidden');
      return;
    }
    if (!this.#host.throttle.takes(`${api.id}/${stage.name}`, stage.throttling, clock.now)) {
      this.#refuse(exchange, api, 'throttled', 'throttled');
      return;
    }
    if (isTooLarge(exchange, facts)) {
      this.#refuse(exchange, api, 'tooLarge', 'too-large');
      return;
    }
    this.#forward(exchange, found);
  }

  #isAllowed(exchange: Exchange, found: Found): boolean {
    const { caller, isSigned } = exchange;
    const resource = this.#sourceArn(found);
    return isSigned && this.#host.permissions.allows({ caller, action: 'execute-api:Invoke', resource });
  }

  #forward(exchange: Exchange, found: Found): void {
    const { api, stage, integration } = found;
    const functionArn = functionOf(integration.uri, stage.variables);
    if (functionArn === undefined) {
      this.#refuse(exchange, api, 'failed', 'function-not-permitted');
      return;
    }
    const by = { principal: 'apigateway.amazonaws.com', sourceArn: this.#sourceArn(found) };
    exchange.forward(functionArn, this.#event(exchange, found), by, integration.timeoutInMillis, (outcome) =>
      this.#respond(exchange, found, outcome),
    );
  }

  #event(exchange: Exchange, { api, stage, route, integration, pathParameters }: Found): string {
    const { facts, location } = this.#host.door.host;
    const { accountId } = location;
    const { path } = exchange.address;
    const base = { accountId, apiId: api.id, stage: stage.name, pathParameters, stageVariables: stage.variables };
    const userArn = iamUserArn(exchange, route.authorizationType);
    if (integration.payloadFormatVersion === '2.0') {
      const authorizer = userArn === undefined ? {} : { authorizer: { iam: { accountId, userArn } } };
      return payload2(exchange, { ...base, facts, routeKey: route.key, rawPath: path, ...authorizer });
    }
    return payload1(exchange, {
      ...base,
      version: '1.0',
      resource: route.key.split(' ')[1] ?? route.key,
      resourceId: route.key,
      path,
      extendedRequestId: exchange.id,
      isText: isTextType(exchange.header('content-type'), factTexts(facts, 'http-text-types')),
      ...(userArn === undefined ? {} : { userArn }),
    });
  }

  #respond(exchange: Exchange, { api, integration }: Found, outcome: Outcome): void {
    if (outcome.kind === 'timeout') {
      this.#refuse(exchange, api, 'unavailable', 'integration-timeout');
      return;
    }
    if (outcome.kind === 'refused') {
      const reason = refusalOf(outcome.error);
      const key = { 'function-throttled': 'unavailable', 'too-large': 'tooLarge', 'function-not-permitted': 'failed' };
      this.#refuse(exchange, api, key[reason], reason);
      return;
    }
    if (outcome.functionError) {
      this.#refuse(exchange, api, 'failed', 'function-error');
      return;
    }
    const isVersion2 = integration.payloadFormatVersion === '2.0';
    const result = readProxyResult(outcome.payload, {
      infersResponse: isVersion2,
      multiValueHeaders: isVersion2 ? 'never' : 'beside',
      hasCookies: isVersion2,
      decodes: true,
      contentType: 'text/plain; charset=utf-8',
    });
    if (result === undefined) {
      this.#refuse(exchange, api, 'failed', 'malformed-result');
      return;
    }
    const bytes = new TextEncoder().encode(outcome.payload).length;
    this.#meter(api, (exchange.request.body?.length ?? 0) + bytes);
    const { statusCode: status, headers, body } = result;
    const cors = api.cors === undefined ? {} : corsHeaders(api.cors, exchange.header('origin'));
    const own: HttpHeaders = { ...cors, 'apigw-requestid': exchange.id };
    // With a CORS configuration the API's own headers stand, and the function's are left out.
    const kept = Object.entries(headers).filter(([name]) => api.cors === undefined || !/^access-control-/.test(name));
    exchange.answer({ status, headers: { ...Object.fromEntries(kept), ...own }, body });
  }

  #refuse(exchange: Exchange, api: HttpApi | undefined, key: string, reason: HttpDoorReason): void {
    const { facts } = this.#host.door.host;
    if (
      ['not-found', 'function-error', 'malformed-result', 'integration-timeout'].includes(reason) &&
      api !== undefined
    ) {
      this.#meter(api, exchange.request.body?.length ?? 0);
    }
    const cors = api?.cors === undefined ? {} : corsHeaders(api.cors, exchange.header('origin'));
    exchange.answer({
      status: factNumber(facts, 'err-apigw-http', `${key}.status`),
      headers: { 'content-type': 'application/json', ...cors, 'apigw-requestid': exchange.id },
      body: factText(facts, 'err-apigw-http', `${key}.body`),
      reason,
    });
  }

  #sourceArn({ api, stage, route }: Found): string {
    const [method = '', path = ''] = route.key.split(' ');
    const on = { apiId: api.id, stage: stage.name, method: method === 'ANY' ? '*' : method, path };
    return executeApiArn(this.#host.door.host.location, on);
  }

  /** Once for every 512 KB of both bodies. */
  #meter(api: HttpApi, bytes: number): void {
    const { clock, trace, facts } = this.#host.door.host;
    const quantity = Math.max(1, Math.ceil(bytes / (factNumber(facts, 'apigw-http-metering') * 1024)));
    trace.emit({ type: 'httpUsageMetered', time: clock.now, meter: 'http-api-requests', quantity, resource: api.id });
  }
}

/** The stage that the path begins with, else `$default`; `path` is what is left for the routes. */
function stageOf(api: HttpApi, whole: string): { readonly stage: Stage; readonly path: string } | undefined {
  const [, first = '', ...rest] = whole.split('/');
  const named = first === '$default' ? undefined : api.stages.get(first);
  if (named !== undefined) return { stage: named, path: `/${rest.join('/')}` };
  const stage = api.stages.get('$default');
  return stage === undefined ? undefined : { stage, path: whole };
}
