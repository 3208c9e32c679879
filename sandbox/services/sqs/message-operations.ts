/** What is done to a queue's messages by the API: sent, received, deleted, kept hidden longer or given back. */
import { factNumber } from '../../facts.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { Caller, Later, ServiceHost } from '../service.ts';
import type { StoredMessage } from './message.ts';
import { makeMessage } from './new-message.ts';
import type { Queue } from './queue.ts';
import { newReceiptHandle, readReceiptHandle, type Receipt } from './receipt-handle.ts';
import { describeMessage, waitForMessages } from './receiving.ts';
import type * as api from './sqs.types.ts';

export class MessageOperations {
  readonly #host: ServiceHost;
  readonly #messageIds: Random;
  readonly #handles: Random;
  #sequence = 0n;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#messageIds = host.random.stream('sqs message ids');
    this.#handles = host.random.stream('sqs receipt handles');
  }

  /** A handle for the message's last receive. */
  newHandle(message: StoredMessage): string {
    return newReceiptHandle(message, this.#handles);
  }

  /** @throws {ApiError} */
  send(queue: Queue, fields: api.SendMessageFields, caller: Caller): api.SendMessageResult {
    const { facts, clock, location } = this.#host;
    const { content, delaySeconds } = makeMessage(fields, queue, caller, {
      facts,
      clock,
      ids: this.#messageIds,
      accountId: location.accountId,
      nextSequenceNumber: () => this.#nextSequenceNumber(),
    });
    const { deduplicationId, groupId, sequenceNumber, md5OfBody, md5OfAttributes } = content;
    const digests = {
      MD5OfMessageBody: md5OfBody,
      ...(md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfAttributes }),
    };
    if (deduplicationId === undefined || sequenceNumber === undefined) {
      queue.send(content, delaySeconds);
      return { ...digests, MessageId: content.messageId };
    }
    const scope = queue.settings.DeduplicationScope === 'messageGroup' ? `${groupId ?? ''} ` : '';
    const before = queue.deduplication.find(scope + deduplicationId);
    if (before !== undefined) return { ...digests, MessageId: before.messageId, SequenceNumber: before.sequenceNumber };
    queue.deduplication.remember(scope + deduplicationId, content.messageId, sequenceNumber);
    queue.send(content, delaySeconds);
    return { ...digests, MessageId: content.messageId, SequenceNumber: sequenceNumber };
  }

  /** Twenty digits with gaps, as FIFO queues number their messages. */
  #nextSequenceNumber(): string {
    this.#sequence += 256n;
    return String(18_800_000_000_000_000_000n + this.#sequence);
  }

  /** Messages that are there, or a wait for them. @throws {ApiError} */
  receive(queue: Queue, input: api.ReceiveMessageRequest): api.ReceiveMessageResult | Later<api.ReceiveMessageResult> {
    const { facts, clock } = this.#host;
    const { settings, identity } = queue;
    const count = this.#checkNumber(
      'MaxNumberOfMessages',
      input.MaxNumberOfMessages,
      1,
      1,
      factNumber(facts, 'sqs-batch-entries'),
    );
    const visibility = this.#checkSeconds('VisibilityTimeout', input.VisibilityTimeout, settings.VisibilityTimeout);
    const wait = this.#checkSeconds('WaitTimeSeconds', input.WaitTimeSeconds, settings.ReceiveMessageWaitTimeSeconds);
    const receive = (): api.ReceiveMessageResult => {
      const messages = queue.receive(count, visibility);
      if (messages.length === 0) return {};
      return { Messages: messages.map((message) => describeMessage(message, this.newHandle(message), input)) };
    };
    if (!identity.isFifo && wait === 0 && queue.counts.inFlight >= factNumber(facts, 'sqs-in-flight')) {
      throw factError(facts, 'err-sqs', 'overLimit');
    }
    const result = receive();
    if (result.Messages !== undefined || wait === 0) return result;
    return waitForMessages(queue, wait, clock, receive);
  }

  /** @throws {ApiError} */
  delete(queue: Queue, handle: string): void {
    const receipt = this.#readHandle(handle);
    const message = queue.find(receipt.messageId);
    // A message that is gone is deleted; an old handle of a message that was received again does nothing.
    if (message === undefined) return;
    const isCurrent = receipt.receive === message.receivesHere;
    if (queue.identity.isFifo && !(isCurrent && message.state === 'in-flight')) {
      throw this.#invalid('ReceiptHandle', handle, 'The receipt handle has expired.');
    }
    if (isCurrent) queue.delete(message);
  }

  /** @throws {ApiError} */
  changeVisibility(
    queue: Queue,
    { ReceiptHandle: handle, VisibilityTimeout: seconds }: api.ChangeVisibilityFields,
  ): void {
    const receipt = this.#readHandle(handle);
    const timeout = this.#checkSeconds('VisibilityTimeout', this.#required('VisibilityTimeout', seconds), 0);
    const message = queue.find(receipt.messageId);
    if (message?.state !== 'in-flight' || receipt.receive !== message.receivesHere) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw this.#invalid('ReceiptHandle', handle, reason);
    }
    queue.changeVisibility(message, timeout);
  }

  #readHandle(handle: string): Receipt {
    const receipt = readReceiptHandle(this.#required('ReceiptHandle', handle));
    if (receipt === undefined) throw factError(this.#host.facts, 'err-sqs', 'handleInvalid', { handle });
    return receipt;
  }

  #checkSeconds(
    parameter: 'VisibilityTimeout' | 'WaitTimeSeconds',
    value: number | undefined,
    otherwise: number,
  ): number {
    const attribute = parameter === 'WaitTimeSeconds' ? 'ReceiveMessageWaitTimeSeconds' : parameter;
    return this.#checkNumber(
      parameter,
      value,
      otherwise,
      0,
      factNumber(this.#host.facts, 'sqs-queue-attributes', `${attribute}.max`),
    );
  }

  #checkNumber(parameter: string, value: number | undefined, otherwise: number, min: number, max: number): number {
    if (value === undefined) return otherwise;
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw this.#invalid(parameter, value, `Must be between ${min} and ${max}, if provided.`);
  }

  #required<Value>(parameter: string, value: Value | undefined): Value {
    if (value === undefined) throw factError(this.#host.facts, 'err-sqs', 'missing', { parameter });
    return value;
  }

  #invalid(parameter: string, value: string | number, reason: string): Error {
    return factError(this.#host.facts, 'err-sqs', 'invalidValue', { value, parameter, reason });
  }
}
