/** Errors as the AWS SDK v3 throws them: a class for every modelled exception, with what the service's protocol adds. */
import type { ApiAnswer } from '../../contract.ts';
import type { ClientDescription } from './description.ts';

export interface Metadata {
  httpStatusCode?: number | undefined;
  requestId?: string | undefined;
  extendedRequestId?: string | undefined;
  cfId?: string | undefined;
  attempts?: number;
  totalRetryDelay?: number;
}

interface ExceptionOptions {
  readonly name: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: Metadata;
  readonly message?: string;
}

export class ServiceException extends Error {
  readonly $fault: 'client' | 'server';
  declare readonly $response: unknown;
  $retryable: unknown;
  $metadata: Metadata;

  constructor(options: ExceptionOptions) {
    super(options.message);
    this.$fault = options.$fault;
    Object.defineProperty(this, '$response', { value: undefined, writable: true, configurable: true });
    this.$retryable = undefined;
    this.$metadata = options.$metadata;
    this.name = options.name;
  }
}

type ExceptionClass = new (options: Partial<ExceptionOptions>) => ServiceException;

/** The service's own base class and one class for each of its modelled exceptions, by name. */
export function exceptionClasses({ exception, exceptions }: ClientDescription): Record<string, ExceptionClass> {
  const base = { [exception]: class extends ServiceException {} }[exception] as unknown as ExceptionClass;
  const classes: Record<string, ExceptionClass> = { [exception]: base };
  for (const name of words(exceptions)) {
    classes[name] = {
      [name]: class extends base {
        constructor(options: Partial<ExceptionOptions> = {}) {
          super({ $fault: 'client', $metadata: {}, ...options, name });
          Object.setPrototypeOf(this, classes[name]!.prototype as object);
        }
      },
    }[name] as unknown as ExceptionClass;
  }
  return classes;
}

export type Failure = Extract<ApiAnswer, { ok: false }>;

/** The exception that a refusal becomes. A refusal without a status is no answer of AWS. */
export function toException(
  description: ClientDescription,
  classes: Record<string, ExceptionClass>,
  operation: string,
  { error, requestId, extendedRequestId }: Failure,
): Error {
  const { statusCode, details } = error;
  if (statusCode === undefined) return withoutStatus(error);
  const { name, message } = wording(description, operation, error);
  const $metadata: Metadata = { httpStatusCode: statusCode, requestId, extendedRequestId, cfId: undefined };
  const kind = Object.hasOwn(classes, name) ? classes[name]! : classes[description.exception]!;
  const exception = new kind({ name, $fault: statusCode >= 500 ? 'server' : 'client', $metadata });
  const ids = { requestId, ...(extendedRequestId === undefined ? {} : { extendedRequestId }) };
  Object.assign(exception, details, { message }, protocolMembers(description, operation, name, message, ids));
  // The engine wrote the stack before the error had its name and message.
  const frames = String(exception.stack).replace(/^[^\n]*(?=\n|$)/, '');
  Object.defineProperty(exception, 'stack', {
    value: `${name}: ${message}${frames}`,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return exception;
}

/** What is no answer of AWS: the simulator's own refusal, or the error of a connection that nobody accepted. */
function withoutStatus({ name, message, details }: Failure['error']): Error {
  const error = new Error(message);
  if (name !== 'Error') Object.assign(error, { name });
  return Object.assign(error, details);
}

/** An answer to HEAD has no body: the client knows no more than the status. */
function wording(
  { protocol }: ClientDescription,
  operation: string,
  { name, message, statusCode }: Failure['error'],
): { name: string; message: string } {
  if (protocol !== 'rest-xml' || !operation.startsWith('Head')) return { name, message };
  return { name: statusCode === 404 ? 'NotFound' : 'Unknown', message: 'UnknownError' };
}

/** What else of the answer the SDK leaves on the error, by protocol. */
function protocolMembers(
  { protocol, namespace }: ClientDescription,
  operation: string,
  name: string,
  message: string,
  ids: { readonly requestId: string; readonly extendedRequestId?: string },
): Record<string, unknown> {
  const code = name.replace(/Exception$/, '');
  const __type = `${name === 'AccessDeniedException' && namespace !== undefined ? 'com.amazon.coral.service#' : (namespace ?? '')}${name}`;
  switch (protocol) {
    case 'rest-xml':
      if (operation.startsWith('Head')) return {};
      return { Code: name, RequestId: ids.requestId, HostId: ids.extendedRequestId };
    case 'json':
      return { __type };
    case 'rest-json':
      return {};
    case 'query-json':
      return {
        Error: { Code: name, Type: 'Sender', Message: message },
        Type: 'Sender',
        Code: name,
        __type,
        RequestId: ids.requestId,
      };
    case 'query':
      return {
        Type: 'Sender',
        Code: code,
        Error: { Type: 'Sender', Code: code, Message: message },
        RequestId: ids.requestId,
      };
    case 'ec2':
      return { Code: name, Error: { Code: name, Message: message } };
  }
}

export const words = (text: string): string[] => (text === '' ? [] : text.split(' '));
