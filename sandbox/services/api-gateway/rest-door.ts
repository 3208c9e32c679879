/** The HTTP side of REST APIs: stage, resource, method, proxy integration. Source: API Gateway guide. */
import { factNumber, factText } from '../../facts.ts';
import type { Random } from '../../kernel/random.ts';
import type { HttpDoorReason } from '../../trace.ts';
import { executeApiArn, iamUserArn, isTooLarge, newGatewayRequestId } from '../http/execute-api.ts';
import { functionOf } from '../http/integration-uri.ts';
import { refusalOf, type Exchange, type FrontDoor, type Integration } from '../http/front-door.ts';
import { payload1 } from '../http/payload-1.ts';
import { readProxyResult, type ProxyResult } from '../http/proxy-result.ts';
import { hasPrelude, readStream } from '../http/streamed-response.ts';
import type { Throttle } from '../http/throttle.ts';
import type { Caller, HttpEndpoint, HttpHeaders, HttpRequest, HttpResponse, Permissions } from '../service.ts';
import { findResource, type Method, type ResourceMatch, type RestApi, type Stage } from './rest-api.ts';

export interface RestDoorHost {
  readonly door: FrontDoor;
  readonly permissions: Permissions;
  readonly throttle: Throttle;
  /** By the id in its host name. */
  readonly find: (apiId: string) => RestApi | undefined;
}

/** What a request has found. */
interface Found extends ResourceMatch {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly method: Method;
  /** Without the stage. */
  readonly path: string;
  readonly extendedRequestId: string;
}

export class RestDoor implements HttpEndpoint {
  readonly #host: RestDoorHost;
  readonly #ids: Random;

  constructor(host: RestDoorHost) {
    this.#host = host;
    this.#ids = host.door.host.random.stream('rest request ids');
  }

  answer(request: HttpRequest, caller: Caller, done: (response: HttpResponse) => void): void {
    this.#host.door.receive({ door: 'rest-api', request, caller, done }, (exchange) => this.#handle(exchange));
  }

  #handle(exchange: Exchange): void {
    const { clock, facts } = this.#host.door.host;
    const [apiId = ''] = exchange.address.host.split('.');
    const api = this.#host.find(apiId);
    const [, stageName = '', ...rest] = exchange.address.path.split('/');
    const stage = api?.stages.get(stageName);
    if (api === undefined || stage === undefined) {
      this.#refuse(exchange, 'unknownApi', 'forbidden');
      return;
    }
    exchange.resource = { resource: api.name, stage: stageName };
    if (stage.tracingEnabled === true) this.#host.door.record(exchange, `${api.id}/${stageName}`);
    const path = `/${rest.join('/')}`;
    const match = findResource(api.deployments.get(stage.deploymentId)?.resources ?? new Map(), path);
    const method = match?.resource.methods.get(exchange.request.method) ?? match?.resource.methods.get('ANY');
    if (match === undefined || method === undefined) {
      this.#refuse(exchange, 'unknownResource', 'not-found');
      return;
    }
    const extendedRequestId = newGatewayRequestId(this.#ids);
    const found: Found = { ...match, api, stage, method, path, extendedRequestId };
    if (method.authorizationType === 'AWS_IAM' && !this.#mayInvoke(exchange, found)) return;
    if (!this.#host.throttle.takes(`${api.id}/${stageName}`, stage.throttling, clock.now)) {
      this.#refuse(exchange, 'throttled', 'throttled', extendedRequestId);
      return;
    }
    this.#meter(api);
    if (isTooLarge(exchange, facts)) {
      this.#refuse(exchange, 'tooLarge', 'too-large', extendedRequestId);
      return;
    }
    this.#forward(exchange, found);
  }

  /** Answers who may not. */
  #mayInvoke(exchange: Exchange, found: Found): boolean {
    if (!exchange.isSigned) {
      this.#refuse(exchange, 'unknownResource', 'forbidden', found.extendedRequestId);
      return false;
    }
    const { caller } = exchange;
    const resource = this.#sourceArn(exchange, found);
    if (this.#host.permissions.allows({ caller, action: 'execute-api:Invoke', resource })) return true;
    const principal = caller.kind === 'role' ? caller.sessionArn : 'anonymous';
    this.#refuse(exchange, 'denied', 'forbidden', found.extendedRequestId, { principal, resource });
    return false;
  }

  #forward(exchange: Exchange, found: Found): void {
    const { api, stage, method, resource, pathParameters, path, extendedRequestId } = found;
    const { integration } = method;
    const functionArn = functionOf(integration?.uri ?? '', stage.variables);
    if (functionArn === undefined) {
      this.#refuse(exchange, 'failed', 'function-not-permitted', extendedRequestId);
      return;
    }
    const userArn = iamUserArn(exchange, method.authorizationType);
    const event = payload1(exchange, {
      accountId: this.#host.door.host.location.accountId,
      apiId: api.id,
      resource: resource.path,
      resourceId: resource.id,
      stage: stage.name,
      path,
      extendedRequestId,
      pathParameters,
      stageVariables: stage.variables,
      isText: !matchesType(api.binaryMediaTypes, exchange.header('content-type')),
      ...(userArn === undefined ? {} : { userArn }),
    });
    const by = { principal: 'apigateway.amazonaws.com', sourceArn: this.#sourceArn(exchange, found) };
    exchange.forward(functionArn, event, by, integration?.timeoutInMillis, (outcome) =>
      this.#respond(exchange, found, outcome),
    );
  }

  #respond(exchange: Exchange, found: Found, outcome: Integration): void {
    const { extendedRequestId } = found;
    const refuse = (key: string, reason: HttpDoorReason): void =>
      this.#refuse(exchange, key, reason, extendedRequestId);
    if (outcome.kind === 'timeout') {
      refuse('timeout', 'integration-timeout');
      return;
    }
    if (outcome.kind === 'refused') {
      const reason = refusalOf(outcome.error);
      refuse(reason === 'too-large' ? 'tooLarge' : 'failed', reason);
      return;
    }
    if (outcome.functionError) {
      refuse('malformed', 'function-error');
      return;
    }
    const isStream = found.method.integration?.responseTransferMode === 'STREAM';
    const result = isStream ? readStreamed(outcome) : this.#readResult(exchange, found.api, outcome.payload);
    if (result === undefined) {
      refuse('malformed', 'malformed-result');
      return;
    }
    const { statusCode: status, headers, body } = result;
    const started = isStream && outcome.stream !== undefined ? { startedAt: outcome.stream.startedAt } : {};
    const own = this.#idHeaders(exchange, extendedRequestId);
    exchange.answer({ status, headers: { ...headers, ...own }, body, ...started });
  }

  #readResult(exchange: Exchange, { binaryMediaTypes }: RestApi, payload: string): ProxyResult | undefined {
    return readProxyResult(payload, {
      infersResponse: false,
      multiValueHeaders: 'beside',
      hasCookies: false,
      decodes: matchesType(binaryMediaTypes, exchange.header('accept')),
      contentType: 'application/json',
      members: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
    });
  }

  #refuse(
    exchange: Exchange,
    key: string,
    reason: HttpDoorReason,
    extendedRequestId?: string,
    values: Readonly<Record<string, string>> = {},
  ): void {
    const { facts } = this.#host.door.host;
    const fact = 'err-apigw-rest';
    const body = factText(facts, fact, `${key}.body`).replace(
      /\{(\w+)\}/g,
      (text, name: string) => values[name] ?? text,
    );
    const headers = {
      'content-type': 'application/json',
      'x-amzn-errortype': factText(facts, fact, `${key}.type`),
      ...this.#idHeaders(exchange, extendedRequestId),
    };
    exchange.answer({ status: factNumber(facts, fact, `${key}.status`), headers, body, reason });
  }

  #idHeaders({ id, traceHeader }: Exchange, extendedRequestId: string | undefined): HttpHeaders {
    const [root = ''] = traceHeader.split(';');
    return {
      'x-amzn-requestid': id,
      ...(extendedRequestId === undefined ? {} : { 'x-amz-apigw-id': extendedRequestId, 'x-amzn-trace-id': root }),
    };
  }

  #sourceArn({ request }: Exchange, { api, stage, resource }: Found): string {
    const on = { apiId: api.id, stage: stage.name, method: request.method, path: resource.path };
    return executeApiArn(this.#host.door.host.location, on);
  }

  #meter(api: RestApi): void {
    const { clock, trace } = this.#host.door.host;
    trace.emit({
      type: 'httpUsageMetered',
      time: clock.now,
      meter: 'rest-api-requests',
      quantity: 1,
      resource: api.name,
    });
  }
}

/** A function that streams has to send metadata and the separator before its body. */
function readStreamed({ payload, stream }: Extract<Integration, { kind: 'answered' }>): ProxyResult | undefined {
  return hasPrelude(payload) ? readStream(payload, stream?.contentType ?? 'application/octet-stream') : undefined;
}

/** Whether the first type that a header names is one of them. */
function matchesType(types: readonly string[], header: string | undefined): boolean {
  if (types.includes('*/*')) return true;
  const [first = ''] = (header ?? '').split(/[,;]/);
  return types.includes(first.trim().toLowerCase());
}
