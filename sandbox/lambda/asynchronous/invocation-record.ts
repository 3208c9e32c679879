/** What is told of an asynchronous invocation: the record for destinations, and the message for dead-letter queues. */
import { factNumber, factText, type Facts } from '../../facts.ts';
import type { DeliveryAttributes } from '../../services/service.ts';
import { functionArn, type Location } from '../names.ts';
import { utf8Length } from '../text-bytes.ts';
import type { EndedEvent } from './event-queue.ts';

/**
 * The record that destinations get, as JSON text. `now`: virtual ms since the epoch.
 * Source: Lambda guide, capturing records of asynchronous invocations.
 */
export function invocationRecord(ended: EndedEvent, location: Location, now: number): string {
  const { event, condition, approximateInvokeCount, last } = ended;
  const { requestId, functionName: name, payload } = event.request;
  const { qualifier = '$LATEST' } = event;
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: functionArn(location, { name, qualifier }),
      condition,
      approximateInvokeCount,
    },
    requestPayload: payload === undefined ? null : valueOf(payload),
    ...(last === undefined
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: last.executedVersion,
            ...(last.answer.functionError ? { functionError: 'Unhandled' } : {}),
          },
          responsePayload: valueOf(last.answer.payload),
        }),
  });
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A streamed response need not be JSON.
    return text;
  }
}

/** The entry of PutEvents that an event bus gets: the record is its detail. */
export function eventBusEntry(record: string, condition: string, resources: readonly string[], facts: Facts): string {
  const type = factText(facts, 'destination-event-bus', condition === 'Success' ? 'success' : 'failure');
  const source = factText(facts, 'destination-event-bus', 'source');
  return JSON.stringify({ Source: source, DetailType: type, Resources: resources, Detail: record });
}

/** Attributes of the message in a dead-letter queue, whose body is the event itself. */
export function deadLetterAttributes({ event, condition, last }: EndedEvent, facts: Facts): DeliveryAttributes {
  const bytes = factNumber(facts, 'dlq-attributes', 'errorMessageBytes');
  const [code, message] = errorOf(condition, last?.answer.payload, facts);
  return {
    RequestID: { dataType: 'String', value: event.request.requestId },
    ErrorCode: { dataType: 'Number', value: String(code) },
    ErrorMessage: { dataType: 'String', value: firstBytes(message, bytes) },
  };
}

/** HTTP status and text of the last error. */
function errorOf(condition: string, payload: string | undefined, facts: Facts): readonly [number, string] {
  if (condition === 'ZeroReservedConcurrency') return refusal(facts, 'err-zero-concurrency');
  if (condition === 'RecursiveInvocationException') return refusal(facts, 'err-recursive');
  return payload === undefined ? refusal(facts, 'err-429') : [200, errorMessage(payload)];
}

const refusal = (facts: Facts, id: string): readonly [number, string] => [
  factNumber(facts, id, 'status'),
  factText(facts, id, 'message'),
];

function errorMessage(payload: string): string {
  try {
    const error = JSON.parse(payload) as { readonly errorMessage?: unknown } | null;
    return typeof error?.errorMessage === 'string' ? error.errorMessage : payload;
  } catch {
    return payload;
  }
}

/** The longest beginning of the text that takes at most so many bytes in UTF-8. */
function firstBytes(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  let end = Math.min(text.length, bytes);
  while (utf8Length(text.slice(0, end)) > bytes) end -= 1;
  return text.slice(0, end);
}
