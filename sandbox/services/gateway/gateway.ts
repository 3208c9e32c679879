/**
 * The call gateway: how every call of an AWS API reaches its service. It finds the operation, lets the call take
 * virtual time, asks IAM, runs it, answers, and writes the call into the trace.
 */
import { roundToMicroseconds } from '../../kernel/clock.ts';
import { newToken, newUuid } from '../../kernel/ids.ts';
import { NotSimulatedError } from '../../lambda/errors.ts';
import type { Random } from '../../kernel/random.ts';
import { parseArn } from '../arn.ts';
import { parseAddress } from '../http/message.ts';
import type { Iam } from '../iam/iam.ts';
import { AccountPermissions } from '../iam/permissions.ts';
import {
  ApiError,
  Later,
  type Caller,
  type Deliveries,
  type DeliveryAttributes,
  type DeliveryOrder,
  type FunctionInvoker,
  type HttpEndpoint,
  type Operation,
  type PolicyDocument,
  type Result,
  type Service,
  type ServiceHost,
} from '../service.ts';
import { CallTimes } from './call-times.ts';
import { Outages } from './outages.ts';
import { unsupportedOperation, unsupportedService } from './unsupported.ts';

export interface ServiceCall {
  /** `s3` */
  readonly service: string;
  /** `PutObject` */
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Caller;
  /** The client opens a connection for it: that takes time. */
  readonly newConnection?: boolean;
}

export type Answer = Result & {
  /** The API's id of this call, as `$metadata.requestId` shows it. */
  readonly requestId: string;
  /** Amazon S3's second id. */
  readonly extendedRequestId?: string;
};

/** What ARNs call a service, where it is not the name of its SDK package. */
const serviceOfArn: Readonly<Record<string, string>> = { events: 'eventbridge', secretsmanager: 'secrets-manager' };

const upperCaseHex = '0123456789ABCDEF';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export class Gateway implements Deliveries {
  readonly permissions: AccountPermissions;
  /** Failures of services, for who wants to see what a function makes of them. */
  readonly outages: Outages;
  /** Lambda's door for services that wait for a function's answer; there as soon as Lambda is. */
  functions: FunctionInvoker | undefined;
  readonly #host: ServiceHost;
  readonly #services = new Map<string, Service>();
  readonly #endpoints = new Map<string, HttpEndpoint>();
  readonly #times: CallTimes;
  readonly #ids: Random;

  constructor(host: ServiceHost, iam: Iam) {
    const { clock, facts, location, random } = host;
    this.#host = host;
    this.outages = new Outages(facts);
    this.#ids = random.stream('api request ids');
    this.#times = new CallTimes(facts, random.stream('api call times'));
    this.permissions = new AccountPermissions({
      clock,
      facts,
      location,
      identityPolicies: (roleArn) => iam.identityPolicies(roleArn),
      resourcePolicy: (arn) => this.#resourcePolicy(arn),
    });
    this.register(iam);
  }

  /** Makes a service reachable under its name; a later one of the same name takes its place. */
  register<T extends Service>(service: T): T {
    this.#services.set(service.name, service);
    return service;
  }

  service(name: string): Service | undefined {
    return this.#services.get(name);
  }

  /** Makes an address answer `fetch`; `hostname` without port, its first label may be `*` for any. */
  serve(hostname: string, endpoint: HttpEndpoint): void {
    this.#endpoints.set(hostname.toLowerCase(), endpoint);
  }

  endpoint(hostname: string): HttpEndpoint | undefined {
    const name = hostname.toLowerCase();
    return this.#endpoints.get(name) ?? this.#endpoints.get(name.replace(/^[^.]+/, '*'));
  }

  /** What answers at that address, if something listens there. */
  answering(url: string): HttpEndpoint | undefined {
    const address = parseAddress(url);
    if (address === undefined) return undefined;
    const endpoint = this.endpoint(address.host);
    return endpoint?.listens?.(address.port) === false ? undefined : endpoint;
  }

  /** The address answers no more. */
  unserve(hostname: string): void {
    this.#endpoints.delete(hostname.toLowerCase());
  }

  /**
   * Calls an operation at the present virtual time; `done` is called once, by a later clock event. Calls of the
   * account's owner and of other services take no time on the way.
   */
  call(call: ServiceCall, done: (answer: Answer) => void): void {
    const { clock } = this.#host;
    const start = clock.now;
    const ids = this.#newIds(call.service);
    const way = call.caller.kind === 'role' ? this.#times.draw(call) : { thereMs: 0, backMs: () => 0 };
    clock.schedule(start + way.thereMs, () => {
      this.#run(call, (result) => {
        clock.schedule(clock.now + way.backMs(result), () => {
          this.#trace(call, start, ids.requestId, result);
          done({ ...result, ...ids });
        });
      });
    });
  }

  deliver(
    targetArn: string,
    body: string,
    caller: Caller,
    attributes: DeliveryAttributes = {},
    order?: DeliveryOrder,
  ): void {
    const target = this.#serviceOfArn(targetArn)?.delivery;
    if (target === undefined) {
      throw new ApiError(
        'InvalidParameterException',
        400,
        `Nothing can be delivered to ${targetArn} in this simulator.`,
      );
    }
    this.permissions.require({ caller, action: target.action, resource: targetArn });
    target.receive(targetArn, body, caller, attributes, order);
  }

  #run({ service: name, operation: operationName, input, caller }: ServiceCall, done: (result: Result) => void): void {
    try {
      const operation = this.#operation(name, operationName);
      const given = (input ?? {}) as never;
      const conditions = operation.conditions?.(given) ?? {};
      for (const resource of operation.resources(given)) {
        this.permissions.require({ caller, action: operation.action, resource, conditions });
      }
      const failure =
        caller.kind === 'role' ? this.outages.next({ service: name, operation: operationName }) : undefined;
      if (failure !== undefined) throw failure;
      const output = operation.run(given, caller);
      if (output instanceof Later) output.start(done);
      else done({ ok: true, output });
    } catch (error) {
      done({ ok: false, error: asApiError(error, operationName) });
    }
  }

  #operation(name: string, operationName: string): Operation {
    const service = this.#services.get(name);
    if (service === undefined) throw unsupportedService(name, [...this.#services.keys()]);
    const { operations } = service;
    const operation = Object.hasOwn(operations, operationName) ? operations[operationName] : undefined;
    if (operation === undefined) throw unsupportedOperation(name, operationName, Object.keys(operations));
    return operation;
  }

  #serviceOfArn(arn: string): Service | undefined {
    const name = parseArn(arn)?.service ?? '';
    return this.#services.get(serviceOfArn[name] ?? name);
  }

  #resourcePolicy(arn: string): PolicyDocument | undefined {
    return this.#serviceOfArn(arn)?.resourcePolicy?.(arn);
  }

  #newIds(service: string): { requestId: string; extendedRequestId?: string } {
    if (service !== 's3') return { requestId: newUuid(this.#ids) };
    return {
      requestId: newToken(this.#ids, 16, upperCaseHex),
      extendedRequestId: `${newToken(this.#ids, 75, base64)}=`,
    };
  }

  #trace(
    { service, operation, input, caller }: ServiceCall,
    start: number,
    apiRequestId: string,
    result: Result,
  ): void {
    const { clock, trace } = this.#host;
    const [resource] = this.#resources(service, operation, input);
    const by =
      caller.kind === 'role'
        ? {
            environmentId: caller.environmentId,
            ...(caller.requestId === undefined ? {} : { requestId: caller.requestId }),
          }
        : {};
    trace.emit({
      type: 'serviceCalled',
      time: clock.now,
      service,
      operation,
      ...by,
      caller: caller.kind === 'role' ? caller.roleArn : caller.kind === 'service' ? caller.principal : 'account',
      ...(resource === undefined ? {} : { resource }),
      apiRequestId,
      start,
      durationMs: roundToMicroseconds(clock.now - start),
      statusCode: statusOf(result),
      ...(result.ok ? {} : { errorName: result.error.name }),
    });
  }

  #resources(service: string, operation: string, input: unknown): readonly string[] {
    try {
      return this.#operation(service, operation).resources((input ?? {}) as never);
    } catch {
      return [];
    }
  }
}

/** Anything but an API's refusal means that a member of the input has another type than the operation reads. */
function asApiError(thrown: unknown, operation: string): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error instanceof NotSimulatedError || typeof (error as { readonly code?: unknown }).code === 'number')
    return error;
  const message = `The input of ${operation} cannot be read: ${error.message}.`;
  return new ApiError('SerializationException', 400, message);
}

/** The HTTP status of an answer. What is not simulated has none at AWS. */
export function statusOf(result: Result): number {
  if (result.ok) return 200;
  const { code } = result.error as Error & { readonly code?: unknown };
  return typeof code === 'number' ? code : 501;
}
