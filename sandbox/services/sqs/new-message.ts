/** From a request to a message: checks, ids, digests, and the FIFO queue's numbers. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { factNumber, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { ApiError, Caller } from '../service.ts';
import { md5Hex, type MessageContent } from './message.ts';
import { attributeBytes, checkAttributes, md5OfAttributes } from './message-attributes.ts';
import type { Queue } from './queue.ts';
import { principalId } from './sender-id.ts';
import type { MessageAttributes, SendMessageFields } from './sqs.types.ts';

export interface MessageMaker {
  readonly facts: Facts;
  readonly clock: Pick<Clock, 'now'>;
  /** Where message ids come from. */
  readonly ids: Random;
  readonly accountId: string;
  /** The next sequence number of a FIFO queue. */
  readonly nextSequenceNumber: () => string;
}

/** A message that may be sent, and when it becomes visible. */
export interface NewMessage {
  readonly content: MessageContent;
  readonly delaySeconds: number;
}

/** @throws {ApiError} as SendMessage refuses it */
export function makeMessage(fields: SendMessageFields, queue: Queue, caller: Caller, maker: MessageMaker): NewMessage {
  const { facts, clock, ids, accountId } = maker;
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageGroupId: groupId } = fields;
  checkBody(facts, body);
  checkAttributes(facts, attributes);
  const bytes = messageBytes(fields);
  const limit = queue.settings.MaximumMessageSize;
  if (bytes > limit) throw factError(facts, 'err-sqs', 'tooLong', { limit });
  if (groupId !== undefined) checkId(facts, 'MessageGroupId', groupId);
  const delaySeconds = delayOf(fields, queue, facts);
  const md5 = md5OfAttributes(attributes);
  const traceHeader = traceHeaderOf(fields.MessageSystemAttributes, caller);
  const deduplicationId = deduplicationIdOf(fields, queue, facts);
  const content: MessageContent = {
    messageId: newUuid(ids),
    body,
    md5OfBody: md5Hex(body),
    attributes,
    ...(md5 === undefined ? {} : { md5OfAttributes: md5 }),
    bytes,
    sentAt: clock.now,
    senderId: principalId(caller, accountId),
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId, sequenceNumber: maker.nextSequenceNumber() }),
  };
  return { content: Object.freeze(content), delaySeconds };
}

/** What counts against the size limits. */
export function messageBytes({ MessageBody: body, MessageAttributes: attributes = {} }: SendMessageFields): number {
  return new TextEncoder().encode(body).length + attributeBytes(attributes);
}

/** A total of too many bytes. */
export function checkBatchSize(facts: Facts, entries: readonly SendMessageFields[]): void {
  const limit = factNumber(facts, 'sqs-message-size', 'batchBytes');
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
  if (bytes > limit) throw factError(facts, 'err-sqs', 'batchTooLong', { limit, bytes });
}

function checkBody(facts: Facts, body: unknown): void {
  if (typeof body !== 'string' || body === '')
    throw factError(facts, 'err-sqs', 'missing', { parameter: 'MessageBody' });
  // What XML 1.0 cannot carry; the flag u makes lone surrogates characters of their own.
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(body))
    throw factError(facts, 'err-sqs', 'contents');
}

function checkId(facts: Facts, parameter: string, value: string): void {
  if (/^[!-~]{1,128}$/.test(value)) return;
  throw invalid(
    facts,
    parameter,
    value,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function delayOf({ DelaySeconds: delay }: SendMessageFields, queue: Queue, facts: Facts): number {
  if (delay === undefined) return queue.settings.DelaySeconds;
  if (queue.identity.isFifo && delay !== 0) throw notForThisQueue(facts, 'DelaySeconds', delay);
  const { min, max } = { min: 0, max: factNumber(facts, 'sqs-queue-attributes', 'DelaySeconds.max') };
  if (!Number.isInteger(delay) || delay < min || delay > max) {
    throw invalid(facts, 'DelaySeconds', delay, `DelaySeconds must be >= ${min} and <= ${max}.`);
  }
  return queue.identity.isFifo ? queue.settings.DelaySeconds : delay;
}

function deduplicationIdOf(fields: SendMessageFields, queue: Queue, facts: Facts): string | undefined {
  const { MessageDeduplicationId: id, MessageGroupId: groupId, MessageBody: body } = fields;
  if (!queue.identity.isFifo) {
    if (id !== undefined) throw notForThisQueue(facts, 'MessageDeduplicationId', id);
    return undefined;
  }
  if (groupId === undefined) throw factError(facts, 'err-sqs', 'missing', { parameter: 'MessageGroupId' });
  if (id !== undefined) {
    checkId(facts, 'MessageDeduplicationId', id);
    return id;
  }
  if (!queue.settings.ContentBasedDeduplication) throw factError(facts, 'err-sqs', 'noDeduplicationId');
  return bytesToHex(sha256(new TextEncoder().encode(body)));
}

function traceHeaderOf(systemAttributes: MessageAttributes | undefined, caller: Caller): string | undefined {
  const given = systemAttributes?.AWSTraceHeader?.StringValue;
  return given ?? (caller.kind === 'account' ? undefined : caller.traceId);
}

const invalid = (facts: Facts, parameter: string, value: string | number, reason: string): ApiError =>
  factError(facts, 'err-sqs', 'invalidValue', { value, parameter, reason });

const notForThisQueue = (facts: Facts, parameter: string, value: string | number): ApiError =>
  invalid(facts, parameter, value, 'The request include parameter that is not valid for this queue type.');
