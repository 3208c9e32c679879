/** The errors of the Lambda API, as AWS's SDK throws them, with texts from the facts. */
import { factNumber, factText, type Facts } from '../facts.ts';
import { ApiError } from '../services/service.ts';
import type { ThrottleReason } from '../trace.ts';

export type ServiceErrorName =
  | 'AccessDeniedException'
  | 'CodeStorageExceededException'
  | 'InvalidParameterValueException'
  | 'InvalidRequestContentException'
  | 'PolicyLengthExceededException'
  | 'PreconditionFailedException'
  | 'ProvisionedConcurrencyConfigNotFoundException'
  | 'RecursiveInvocationException'
  | 'RequestTooLargeException'
  | 'ResourceConflictException'
  | 'ResourceNotFoundException'
  | 'TooManyRequestsException'
  | 'ValidationException';

interface Throttle {
  readonly reason: ThrottleReason;
  readonly retryAfterSeconds: string;
  readonly requestId: string;
}

/** A request that Lambda refused. `name` is the API's, `code` the HTTP status. */
export class ServiceError extends ApiError {
  declare readonly name: ServiceErrorName;
  /** Who has to mend it. */
  readonly Type: 'User' | 'Service';
  /** Why a request was throttled; only of TooManyRequestsException. */
  readonly Reason?: ThrottleReason;
  /** The header Retry-After of a throttled request. */
  readonly retryAfterSeconds?: string;
  /** The request that was refused, when it got as far as having an id. */
  readonly requestId?: string;

  constructor(name: ServiceErrorName, code: number, message: string, throttle?: Throttle) {
    const type = code >= 500 ? 'Service' : 'User';
    const { reason, retryAfterSeconds, requestId } = throttle ?? {};
    const details = throttle === undefined ? {} : { Reason: reason, retryAfterSeconds };
    super(name, code, message, { Type: type, ...details });
    this.Type = type;
    if (reason !== undefined) this.Reason = reason;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    if (requestId !== undefined) this.requestId = requestId;
  }
}

/** Something real that this simulator does not do; better said than faked. */
export class NotSimulatedError extends Error {
  override readonly name = 'NotSimulatedError';
}

/** Replaces `{name}` in a fact's text; a name without a value stays as it is. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (braces, name: string) => String(values[name] ?? braces));
}

/** The service error that the fact `id` describes; `message` names its field that holds the text. */
export function serviceError(
  facts: Facts,
  id: string,
  values: Readonly<Record<string, string | number>>,
  message = 'message',
): ServiceError {
  return new ServiceError(
    factText(facts, id, 'type') as ServiceErrorName,
    factNumber(facts, id, 'status'),
    fillTemplate(factText(facts, id, message), values),
  );
}

/** 400: a parameter that no fact has a text for. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message);
}

/** 429: there was no room for the request. */
export function throttled(facts: Facts, reason: ThrottleReason, requestId: string): ServiceError {
  const { name, code, message } = serviceError(facts, 'err-429', {});
  const retryAfterSeconds = String(factNumber(facts, 'retry-after'));
  return new ServiceError(name, code, message, { reason, retryAfterSeconds, requestId });
}

/** @throws {ServiceError} PreconditionFailedException when the caller has seen another revision */
export function checkRevision(facts: Facts, current: string, given: string | undefined): void {
  if (given !== undefined && given !== current) throw serviceError(facts, 'err-revision', {});
}
