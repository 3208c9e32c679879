/** Checks an Invoke request before it reaches the function, as the API does. */
import { factTexts, type Facts } from '../facts.ts';
import type { InvokeRequest } from './api.types.ts';
import { textFromBase64, utf8Length } from './text-bytes.ts';
import { invalidParameter, serviceError, ServiceError } from './errors.ts';
import { findJsonMistake } from './json-text.ts';
import type { Limits } from './limits.ts';
import { checkOneOf } from './parameters.ts';

export interface CheckedInvokeRequest {
  readonly payload: string | undefined;
  readonly payloadBytes: number;
  readonly clientContext: string | undefined;
  readonly tail: boolean;
  /** Asynchronous. */
  readonly isEvent: boolean;
}

/** @throws {ServiceError} as the API refuses the request */
export function checkInvokeRequest(request: InvokeRequest, limits: Limits, facts: Facts): CheckedInvokeRequest {
  const { Payload: body } = request;
  const text = body === undefined || typeof body === 'string' ? body : new TextDecoder().decode(body);
  const payload = text === '' ? undefined : text;
  const payloadBytes = payload === undefined ? 0 : utf8Length(payload);
  const { InvocationType: type = 'RequestResponse' } = request;
  checkOneOf('InvocationType', type, factTexts(facts, 'invocation-types'));
  const isEvent = type === 'Event';
  const limit = isEvent ? limits.eventBytes : limits.requestBytes;
  if (payloadBytes > limit) throw serviceError(facts, 'err-request-too-large', { limit, size: payloadBytes });
  if (payload !== undefined) checkJson(payload, facts);
  const clientContext = readClientContext(request);
  return { payload, payloadBytes, clientContext, tail: request.LogType === 'Tail', isEvent };
}

function checkJson(payload: string, facts: Facts): void {
  const mistake = findJsonMistake(payload);
  if (mistake === undefined) return;
  const { found, line, column } = mistake;
  const reason = `Unexpected ${found} at line ${line}, column ${column}`;
  throw serviceError(facts, 'err-invalid-request-content', { reason });
}

function readClientContext({ ClientContext: context }: InvokeRequest): string | undefined {
  if (context === undefined) return undefined;
  try {
    const text = textFromBase64(context);
    JSON.parse(text);
    return text;
  } catch {
    throw new ServiceError(
      'InvalidRequestContentException',
      400,
      'Client context must be a valid Base64-encoded JSON object.',
    );
  }
}

/** The `Qualifier` as the API takes it. */
export function checkQualifier(qualifier: string | undefined): void {
  if (qualifier !== undefined && !/^(\$LATEST|[a-zA-Z0-9-_]{1,128})$/.test(qualifier)) {
    throw invalidParameter(`The qualifier ${JSON.stringify(qualifier)} must be a version or the name of an alias.`);
  }
}
