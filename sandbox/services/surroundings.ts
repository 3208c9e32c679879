/** What Lambda sees of the account's services: roles from IAM, calls through the gateway, ways through the network. */
import type { VirtualClock } from '../kernel/clock.ts';
import { factNumber, factValue, type Facts } from '../facts.ts';
import type { Surroundings } from '../lambda/surroundings.ts';
import type { ApiAnswer, ApiCall, HttpAnswer, HttpCall } from '../runtime/contract.ts';
import type { FunctionNetwork } from './ec2/network/function-network.ts';
import { sizeOf } from './gateway/call-times.ts';
import type { Answer, Gateway } from './gateway/gateway.ts';
import { parseAddress } from './http/message.ts';
import type { Iam } from './iam/iam.ts';
import type { Caller } from './service.ts';

export interface SurroundingServices {
  readonly clock: VirtualClock;
  readonly facts: Facts;
  readonly location: { readonly region: string; readonly accountId: string };
  readonly gateway: Gateway;
  readonly iam: Iam;
  readonly network: FunctionNetwork;
}

export function surroundingsOf({ clock, facts, location, gateway, iam, network }: SurroundingServices): Surroundings {
  const { region, accountId } = location;
  const allows = (roleArn: string, action: string, resource: string): boolean => {
    const caller: Caller = { kind: 'role', roleArn, sessionArn: roleArn, environmentId: '' };
    return gateway.permissions.allows({ caller, action, resource });
  };
  const seconds = (whose: 'system' | 'fetch'): number =>
    factNumber(facts, 'connect-timeouts', `${whose}Seconds`) * 1000;

  const callApi = (call: ApiCall, caller: Caller, done: (answer: ApiAnswer) => void): void => {
    const host = hostOf(call.service, region, facts);
    const path = network.connect(caller, { kind: 'service', service: call.service }, `${host}:443`);
    if (!path.isOpen) {
      const { connectionTimeoutMs: given } = call;
      const limitMs = Math.min(given ?? Infinity, seconds('system'));
      clock.schedule(clock.now + limitMs, () => done(neverConnected(host, limitMs === given ? given : undefined)));
      return;
    }
    gateway.call({ ...call, caller }, (answer) => {
      network.carry(path, sizeOf(call.input) + (answer.ok ? sizeOf(answer.output) : 0));
      done(apiAnswer(answer));
    });
  };

  const request = (call: HttpCall, caller: Caller, done: (answer: HttpAnswer) => void): void => {
    const endpoint = gateway.answering(call.url);
    const { host = '', port = 443 } = parseAddress(call.url) ?? {};
    const place = endpoint?.place;
    const to =
      place === undefined ? ({ kind: 'internet', port } as const) : ({ kind: 'private', place, port } as const);
    const address = `${host}:${port}`;
    const path = network.connect(caller, to, address);
    if (!path.isOpen) {
      const unanswered = { address, timeoutMs: seconds('fetch') };
      const none = { status: 0, headers: {}, body: new Uint8Array(), unanswered };
      clock.schedule(clock.now + unanswered.timeoutMs, () => done(none));
      return;
    }
    endpoint?.answer(call, caller, (response) => {
      network.carry(path, (call.body?.length ?? 0) + response.body.length);
      done(response);
    });
  };

  return {
    ensureFunctionRole: (functionName, isTraced) => iam.ensureFunctionRole(functionName, isTraced),
    canAssume: (roleArn) => iam.canAssume(roleArn, 'lambda.amazonaws.com'),
    allows,
    canWriteLogs: (roleArn, logGroupName) => {
      const group = `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`;
      return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
        allows(roleArn, action, `${group}:log-stream:new`),
      );
    },
    vpcOf: (config) => network.vpcOf(config),
    attach: (config) => network.attach(config),
    callApi,
    answers: (url) => gateway.answering(url) !== undefined,
    request,
  };
}

/** The name at which a service's API is reached. */
function hostOf(service: string, region: string, facts: Facts): string {
  const names = factValue(facts, 'vpc-endpoint-services', 'names') as Readonly<Record<string, string>>;
  const name = service === 'kinesis' ? 'kinesis' : (names[service] ?? service);
  return `${name}.${region}.amazonaws.com`;
}

/** The error of the client's own limit, or that of the operating system. Source: @smithy/node-http-handler, Node.js. */
function neverConnected(host: string, limitMs: number | undefined): ApiAnswer {
  const details = { $metadata: {} };
  const error =
    limitMs === undefined
      ? {
          name: 'Error',
          message: `connect ETIMEDOUT ${host}:443`,
          details: { ...details, errno: -110, code: 'ETIMEDOUT', syscall: 'connect', port: 443 },
        }
      : {
          name: 'TimeoutError',
          message: `Socket timed out without establishing a connection within ${limitMs} ms`,
          details,
        };
  return { ok: false, requestId: '', error };
}

function apiAnswer(answer: Answer): ApiAnswer {
  const { requestId, extendedRequestId } = answer;
  const ids = { requestId, ...(extendedRequestId === undefined ? {} : { extendedRequestId }) };
  if (answer.ok) return { ok: true, output: answer.output, ...ids };
  const { name, message, code, details } = answer.error as Error & {
    readonly code?: unknown;
    readonly details?: object;
  };
  return {
    ok: false,
    error: { name, message, details: { ...details }, ...(typeof code === 'number' ? { statusCode: code } : {}) },
    ...ids,
  };
}
