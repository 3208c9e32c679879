/** The HTTP side of function URLs: who may call, the event, and what becomes of the result. Source: Lambda guide. */
import { factNumber, factText, factTexts } from '../../facts.ts';
import type { FunctionUrlConfig } from '../../lambda/api/function-url.types.ts';
import type { FunctionUrlTarget } from '../../lambda/permissions/function-urls.ts';
import type { HttpDoorReason } from '../../trace.ts';
import type { Caller, HttpEndpoint, HttpHeaders, HttpRequest, HttpResponse, Permissions } from '../service.ts';
import { corsHeaders, isPreflight, preflightHeaders } from '../http/cors.ts';
import { refusalOf, type Exchange, type FrontDoor, type Integration } from '../http/front-door.ts';
import { payload2 } from '../http/payload-2.ts';
import { readProxyResult } from '../http/proxy-result.ts';
import { readStream } from '../http/streamed-response.ts';

export interface FunctionUrlDoorHost {
  readonly door: FrontDoor;
  readonly permissions: Permissions;
  /** What stands behind a host name. */
  readonly find: (hostName: string) => FunctionUrlTarget | undefined;
  /** Whether the resource-based policy lets everybody call it. */
  readonly letsEverybodyIn: (target: FunctionUrlTarget) => boolean;
}

export class FunctionUrlDoor implements HttpEndpoint {
  readonly #host: FunctionUrlDoorHost;

  constructor(host: FunctionUrlDoorHost) {
    this.#host = host;
  }

  listens(port: number): boolean {
    return port === 443;
  }

  answer(request: HttpRequest, caller: Caller, done: (response: HttpResponse) => void): void {
    this.#host.door.receive({ door: 'function-url', request, caller, done }, (exchange) => this.#handle(exchange));
  }

  #handle(exchange: Exchange): void {
    const target = this.#host.find(exchange.address.host);
    if (target === undefined) {
      this.#refuse(exchange, 'forbidden', 'forbidden');
      return;
    }
    const { config } = target;
    exchange.resource = { resource: target.pointer.record.name };
    const header = (name: string): string | undefined => exchange.header(name);
    if (config.Cors !== undefined && isPreflight(exchange.request.method, header)) {
      const headers = { ...this.#ids(exchange), ...preflightHeaders(config.Cors, header) };
      exchange.answer({ status: 200, headers, body: '', reason: 'preflight' });
      return;
    }
    if (!this.#isAllowed(exchange, target)) {
      this.#refuse(exchange, 'forbidden', 'forbidden', config);
      return;
    }
    const by = { principal: 'lambda.amazonaws.com' };
    exchange.forward(config.FunctionArn, this.#event(exchange, config), by, undefined, (integration) =>
      this.#respond(exchange, config, integration),
    );
  }

  #isAllowed({ caller, isSigned }: Exchange, target: FunctionUrlTarget): boolean {
    const { permissions, letsEverybodyIn } = this.#host;
    const { AuthType: authType, FunctionArn: resource } = target.config;
    if (authType === 'NONE') return letsEverybodyIn(target);
    if (!isSigned) return false;
    const conditions = { 'lambda:FunctionUrlAuthType': authType, 'lambda:InvokedViaFunctionUrl': 'true' };
    return this.#actions.every((action) => permissions.allows({ caller, action, resource, conditions }));
  }

  get #actions(): readonly string[] {
    return factTexts(this.#host.door.host.facts, 'function-urls-permissions', 'actions');
  }

  #event(exchange: Exchange, { AuthType: authType }: FunctionUrlConfig): string {
    const { facts, location } = this.#host.door.host;
    const { accountId } = location;
    const [apiId = ''] = exchange.address.host.split('.');
    return payload2(exchange, {
      facts,
      accountId,
      apiId,
      routeKey: '$default',
      stage: '$default',
      rawPath: exchange.address.path,
      ...(authType === 'NONE' ? {} : { authorizer: { iam: signerOf(exchange, accountId) } }),
    });
  }

  #respond(exchange: Exchange, config: FunctionUrlConfig, integration: Integration): void {
    if (integration.kind === 'refused') {
      const reason = refusalOf(integration.error);
      if (reason === 'function-throttled') this.#throttled(exchange, config, integration.error);
      else if (reason === 'too-large') this.#refuse(exchange, 'tooLarge', reason, config);
      else this.#refuse(exchange, 'failed', reason, config);
      return;
    }
    if (integration.kind === 'timeout' || integration.functionError) {
      this.#refuse(exchange, 'failed', 'function-error', config);
      return;
    }
    const isStream = config.InvokeMode === 'RESPONSE_STREAM';
    const result = isStream
      ? readStream(integration.payload, integration.stream?.contentType ?? 'application/octet-stream')
      : readBuffered(integration.payload, this.#type);
    if (result === undefined) {
      this.#refuse(exchange, 'failed', 'malformed-result', config);
      return;
    }
    const { statusCode: status, headers, body } = result;
    const cors = this.#cors(exchange, config);
    const started = isStream && integration.stream !== undefined ? { startedAt: integration.stream.startedAt } : {};
    exchange.answer({ status, headers: { ...headers, ...cors, ...this.#ids(exchange) }, body, ...started });
  }

  get #type(): string {
    return factText(this.#host.door.host.facts, 'function-url-result', 'contentType');
  }

  /** With the body that the Invoke API has for it. */
  #throttled(exchange: Exchange, config: FunctionUrlConfig, error: Error): void {
    const { Reason, Type } = error as Error & { readonly Reason?: string; readonly Type?: string };
    const body = JSON.stringify({ Reason, Type, message: error.message });
    this.#refuse(exchange, 'throttled', 'function-throttled', config, body);
  }

  #refuse(exchange: Exchange, key: string, reason: HttpDoorReason, config?: FunctionUrlConfig, text?: string): void {
    const { facts } = this.#host.door.host;
    const body = text ?? factText(facts, 'err-function-url', `${key}.body`);
    const isJson = body.startsWith('{');
    const headers = {
      'content-type': isJson ? 'application/json' : 'text/plain',
      ...(isJson ? { 'x-amzn-errortype': factText(facts, 'err-function-url', `${key}.type`) } : {}),
      ...(config === undefined ? {} : this.#cors(exchange, config)),
      ...this.#ids(exchange),
    };
    exchange.answer({ status: factNumber(facts, 'err-function-url', `${key}.status`), headers, body, reason });
  }

  #cors(exchange: Exchange, { Cors: cors }: FunctionUrlConfig): HttpHeaders {
    return cors === undefined ? {} : corsHeaders(cors, exchange.header('origin'));
  }

  #ids({ id, traceHeader }: Exchange): HttpHeaders {
    return { 'x-amzn-requestid': id, 'x-amzn-trace-id': traceHeader };
  }
}

function readBuffered(payload: string, contentType: string) {
  return readProxyResult(payload, {
    infersResponse: true,
    multiValueHeaders: 'never',
    hasCookies: true,
    decodes: true,
    contentType,
  });
}

/** `requestContext.authorizer.iam` */
function signerOf({ caller }: Exchange, accountId: string): object {
  const userArn = caller.kind === 'role' ? caller.sessionArn : `arn:aws:iam::${accountId}:root`;
  return {
    accessKey: null,
    accountId,
    callerId: accountId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn,
    userId: accountId,
  };
}
