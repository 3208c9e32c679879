/** The HTTP side of an Application Load Balancer with functions as targets. Source: Elastic Load Balancing guide. */
import { factNumber, factText, factTexts } from '../../facts.ts';
import { utf8Length } from '../../lambda/text-bytes.ts';
import type { HttpDoorReason } from '../../trace.ts';
import { refusalOf, type Exchange, type FrontDoor, type Integration } from '../http/front-door.ts';
import { bodyText, headerPairs, isTextType, lastOf, listsOf, rawPairs, type Pair } from '../http/message.ts';
import { readProxyResult } from '../http/proxy-result.ts';
import type { Caller, HttpEndpoint, HttpRequest, HttpResponse } from '../service.ts';
import type { Action } from './elastic-load-balancing-v2.types.ts';
import type { HourMeter } from './hour-meter.ts';
import type { Listener, LoadBalancer, TargetGroup } from './load-balancer.ts';
import { holds } from './rule-conditions.ts';

export interface LoadBalancerDoorHost {
  readonly door: FrontDoor;
  readonly loadBalancer: LoadBalancer;
  readonly meter: HourMeter;
  readonly targetGroup: (arn: string) => TargetGroup | undefined;
}

const bytesPerMB = 1024 * 1024;

export class LoadBalancerDoor implements HttpEndpoint {
  readonly #host: LoadBalancerDoorHost;

  constructor(host: LoadBalancerDoorHost) {
    this.#host = host;
  }

  get place(): HttpEndpoint['place'] {
    return this.#host.loadBalancer.place;
  }

  listens(port: number): boolean {
    return this.#listener(port) !== undefined;
  }

  answer(request: HttpRequest, caller: Caller, done: (response: HttpResponse) => void): void {
    const counted = (response: HttpResponse): void => {
      this.#host.meter.count((request.body?.length ?? 0) + response.body.length);
      done(response);
    };
    this.#host.door.receive({ door: 'load-balancer', request, caller, done: counted }, (exchange) =>
      this.#handle(exchange),
    );
  }

  #listener(port: number): Listener | undefined {
    return [...this.#host.loadBalancer.listeners.values()].find((listener) => listener.port === port);
  }

  #handle(exchange: Exchange): void {
    const [, resource = ''] = this.#host.loadBalancer.arn.split(':loadbalancer/');
    exchange.resource = { resource };
    const listener = this.#listener(exchange.address.port);
    const isSecure = exchange.address.scheme === 'https';
    if (listener === undefined || (listener.protocol === 'HTTPS') !== isSecure) {
      this.#refuse(exchange, 'badRequest', 'not-found');
      return;
    }
    const rules = [...listener.rules.values()].sort((a, b) => a.priority - b.priority);
    const rule = rules.find(({ conditions }) => holds(conditions, exchange));
    const [action] = rule?.actions ?? listener.defaultActions;
    if (action?.Type === 'fixed-response') {
      this.#answerFixed(exchange, action);
      return;
    }
    const group = this.#host.targetGroup(action?.TargetGroupArn ?? '');
    if (group?.target === undefined) {
      this.#refuse(exchange, 'noTarget', 'no-target');
      return;
    }
    this.#forward(exchange, group, group.target);
  }

  #answerFixed(exchange: Exchange, { FixedResponseConfig: fixed }: Action): void {
    exchange.answer({
      status: Number(fixed?.StatusCode),
      headers: { server: 'awselb/2.0', 'content-type': fixed?.ContentType ?? 'text/plain' },
      body: fixed?.MessageBody ?? '',
      reason: 'fixed-response',
    });
  }

  #forward(exchange: Exchange, group: TargetGroup, functionArn: string): void {
    const { facts } = this.#host.door.host;
    if (exchange.header('upgrade') !== undefined) {
      this.#refuse(exchange, 'badRequest', 'not-found');
      return;
    }
    if ((exchange.request.body?.length ?? 0) > this.#limit) {
      this.#refuse(exchange, 'tooLarge', 'too-large');
      return;
    }
    const by = { principal: 'elasticloadbalancing.amazonaws.com', sourceArn: group.arn };
    const event = eventOf(exchange, group, factTexts(facts, 'http-text-types'));
    exchange.forward(functionArn, event, by, undefined, (integration) => this.#respond(exchange, group, integration));
  }

  #respond(exchange: Exchange, { multiValueHeaders }: TargetGroup, integration: Integration): void {
    if (integration.kind !== 'answered') {
      const reason = integration.kind === 'refused' ? refusalOf(integration.error) : 'integration-timeout';
      this.#refuse(exchange, 'badGateway', reason);
      return;
    }
    if (integration.functionError) {
      this.#refuse(exchange, 'badGateway', 'function-error');
      return;
    }
    const { payload } = integration;
    const result =
      utf8Length(payload) > this.#limit
        ? undefined
        : readProxyResult(payload, {
            infersResponse: false,
            multiValueHeaders: multiValueHeaders ? 'instead' : 'never',
            hasCookies: false,
            decodes: true,
            isStrict: true,
          });
    if (result === undefined) {
      this.#refuse(exchange, 'badGateway', 'malformed-result');
      return;
    }
    const { statusCode: status, headers, body } = result;
    exchange.answer({ status, headers: { server: 'awselb/2.0', ...headers }, body });
  }

  get #limit(): number {
    return factNumber(this.#host.door.host.facts, 'alb-body-limit') * bytesPerMB;
  }

  #refuse(exchange: Exchange, key: string, reason: HttpDoorReason): void {
    const { facts } = this.#host.door.host;
    const text = factText(facts, 'err-alb', `${key}.text`);
    exchange.answer({
      status: factNumber(facts, 'err-alb', `${key}.status`),
      headers: { server: 'awselb/2.0', 'content-type': 'text/html' },
      body: factText(facts, 'err-alb', 'page').replaceAll('{text}', text),
      reason,
    });
  }
}

/** JSON text. Parameters of the query string come as they were sent, not decoded. */
function eventOf(exchange: Exchange, { arn, multiValueHeaders }: TargetGroup, textTypes: readonly string[]): string {
  const { request, address } = exchange;
  const own = [['host', address.host] as const, ...exchange.forwarded].map(([name, value]): Pair => [
    name.toLowerCase(),
    value,
  ]);
  const names = new Set(own.map(([name]) => name));
  const lines = [...headerPairs(request.headers).filter(([name]) => !names.has(name)), ...own].sort(([a], [b]) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  const query = rawPairs(address.query);
  const isText =
    exchange.header('content-encoding') === undefined && isTextType(exchange.header('content-type'), textTypes);
  const body =
    request.body === undefined || request.body.length === 0
      ? { body: '', isBase64Encoded: false }
      : bodyText(request.body, isText);
  return JSON.stringify({
    requestContext: { elb: { targetGroupArn: arn } },
    httpMethod: request.method,
    path: address.path,
    ...(multiValueHeaders
      ? { multiValueQueryStringParameters: listsOf(query), multiValueHeaders: listsOf(lines) }
      : { queryStringParameters: lastOf(query), headers: lastOf(lines) }),
    ...body,
  });
}
