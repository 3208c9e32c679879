/** ReceiveMessage: what a consumer gets of a message, and waiting for one (long polling). */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import { Later } from '../service.ts';
import type { StoredMessage } from './message.ts';
import { md5OfAttributes } from './message-attributes.ts';
import type { Queue } from './queue.ts';
import type { MessageAttributes, ReceiveMessageRequest, ReceiveMessageResult, SqsMessage } from './sqs.types.ts';

/** A message's own attributes, all texts, in the names of the API. */
export function systemAttributes({
  content,
  receiveCount,
  firstReceivedAt,
  deadLetterSourceArn,
}: StoredMessage): Readonly<Record<string, string>> {
  const { senderId, sentAt, groupId, deduplicationId, sequenceNumber, traceHeader } = content;
  return withoutUndefined({
    SenderId: senderId,
    ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedAt ?? sentAt)),
    ApproximateReceiveCount: String(receiveCount),
    SentTimestamp: String(Math.floor(sentAt)),
    SequenceNumber: sequenceNumber,
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    AWSTraceHeader: traceHeader,
    DeadLetterQueueSourceArn: deadLetterSourceArn,
  });
}

/** The message with as much of it as the request asks for. */
export function describeMessage(message: StoredMessage, handle: string, request: ReceiveMessageRequest): SqsMessage {
  const { messageId, body, md5OfBody, attributes } = message.content;
  const wanted = [...(request.AttributeNames ?? []), ...(request.MessageSystemAttributeNames ?? [])];
  const system = pick(systemAttributes(message), (name) => wanted.includes('All') || wanted.includes(name));
  const chosen = pick(attributes, (name) => isWanted(name, request.MessageAttributeNames ?? []));
  const md5 = md5OfAttributes(chosen);
  return {
    MessageId: messageId,
    ReceiptHandle: handle,
    MD5OfBody: md5OfBody,
    Body: body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(md5 === undefined
      ? {}
      : { MD5OfMessageAttributes: md5, MessageAttributes: chosen satisfies MessageAttributes }),
  };
}

/** `All`, `.*`, a name, or the start of names (`order.*`). */
const isWanted = (name: string, wanted: readonly string[]): boolean =>
  wanted.some(
    (pattern) =>
      pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
  );

function pick<Value>(
  record: Readonly<Record<string, Value>>,
  wanted: (name: string) => boolean,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted(name)));
}

function withoutUndefined(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * Receives now, or as soon as there is a message, or nothing after `seconds`. While it waits it costs nothing.
 * Several who wait are served in the order in which they came.
 */
export function waitForMessages(
  queue: Queue,
  seconds: number,
  clock: Clock,
  receive: () => ReceiveMessageResult,
): Later<ReceiveMessageResult> {
  return new Later((done) => {
    let wake: Cancel | undefined;
    const finish = (output: ReceiveMessageResult): void => {
      wake?.();
      unsubscribe();
      expire();
      done({ ok: true, output });
    };
    const unsubscribe = queue.subscribe(() => {
      wake ??= clock.schedule(clock.now, () => {
        wake = undefined;
        const result = receive();
        if (result.Messages !== undefined) finish(result);
      });
    });
    const expire = clock.schedule(clock.now + seconds * 1000, () => finish({}));
  });
}
