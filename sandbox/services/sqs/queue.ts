/**
 * One queue: which messages it has, who may get them when, and when they go. A message that is received is hidden for
 * its visibility timeout; who has not deleted it by then gets it again.
 * Source: SQS developer guide, visibility timeout, delay queues, dead-letter queues, FIFO delivery logic.
 */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { ServiceHost } from '../service.ts';
import { Deduplication } from './deduplication.ts';
import { noCancel, StoredMessage, type MessageContent } from './message.ts';
import { FifoLine, StandardLine, type MessageLine } from './message-lines.ts';
import type { QueueSettings } from './queue-attributes.ts';

export interface QueueHost {
  readonly clock: Clock;
  readonly trace: ServiceHost['trace'];
  /** Messages that may be in flight at once. */
  readonly inFlightLimit: number;
  readonly deduplicationMs: number;
  /** The dead-letter queue with that ARN, if there is one that takes messages of this queue. */
  readonly deadLetterQueue: (arn: string, source: Queue) => Queue | undefined;
}

export interface QueueIdentity {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly isFifo: boolean;
}

export class Queue {
  readonly identity: QueueIdentity;
  readonly createdAt: number;
  readonly deduplication: Deduplication;
  readonly #host: QueueHost;
  readonly #line: MessageLine;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #listeners = new Set<() => void>();
  #settings: QueueSettings;
  #modifiedAt: number;
  #inFlight = 0;
  #delayed = 0;
  /** When messages are looked through for old ones; never later than the first is too old. */
  #expiry: { readonly at: number; readonly cancel: Cancel } | undefined;

  constructor(identity: QueueIdentity, settings: QueueSettings, host: QueueHost) {
    this.identity = identity;
    this.#settings = settings;
    this.#host = host;
    this.createdAt = host.clock.now;
    this.#modifiedAt = host.clock.now;
    this.#line = identity.isFifo ? new FifoLine() : new StandardLine();
    this.deduplication = new Deduplication(host.clock, host.deduplicationMs);
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** Messages by what can be done with them. */
  get counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    const { size } = this.#messages;
    return { visible: size - this.#inFlight - this.#delayed, inFlight: this.#inFlight, delayed: this.#delayed };
  }

  /** Whether `receive` would find something now. */
  get hasMessages(): boolean {
    return !this.#line.isEmpty();
  }

  /** A changed retention counts for messages that are there already; other settings for what comes. */
  change(settings: QueueSettings): void {
    const longer = (settings.MessageRetentionPeriod - this.#settings.MessageRetentionPeriod) * 1000;
    this.#settings = settings;
    this.#modifiedAt = this.#host.clock.now;
    if (longer === 0) return;
    for (const message of this.#messages.values()) {
      message.expiresAt += longer;
      this.#watchExpiry(message.expiresAt);
    }
  }

  /** Calls `listener` whenever a message can be received that could not before. It must not receive at once, but later. */
  subscribe(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a message; it becomes visible after the delay. */
  send(content: MessageContent, delaySeconds: number): void {
    const { clock, trace } = this.#host;
    const { messageId, bytes, groupId } = content;
    const message = new StoredMessage(content, content.sentAt + this.#settings.MessageRetentionPeriod * 1000);
    const group = groupId === undefined ? {} : { groupId };
    trace.emit({
      type: 'messageSent',
      time: clock.now,
      queueName: this.identity.name,
      messageId,
      bytes,
      delaySeconds,
      ...group,
    });
    this.#keep(message);
    if (delaySeconds === 0) this.#show(message);
    else this.#hide(message, 'delayed', delaySeconds, () => this.#show(message));
  }

  /** Hands out messages, oldest first, and hides them. Those received too often go to the dead-letter queue instead. */
  receive(count: number, visibilityTimeoutSeconds: number): StoredMessage[] {
    const room = this.#host.inFlightLimit - this.#inFlight;
    const messages = this.#line.take(Math.min(count, room), (message) => this.#mayBeReceived(message));
    for (const message of messages) this.#handOut(message, visibilityTimeoutSeconds);
    return messages;
  }

  /** The message with that id, as long as it is in the queue. */
  find(messageId: string): StoredMessage | undefined {
    return this.#messages.get(messageId);
  }

  delete(message: StoredMessage, cause: 'deleted' | 'purged' = 'deleted'): void {
    if (!this.#remove(message)) return;
    const { clock, trace } = this.#host;
    const { messageId } = message.content;
    trace.emit({ type: 'messageDeleted', time: clock.now, queueName: this.identity.name, messageId, cause });
  }

  /** A message in flight stays hidden for so long from now; 0 gives it back. */
  changeVisibility(message: StoredMessage, seconds: number): void {
    if (message.state !== 'in-flight') return;
    message.cancel();
    if (seconds === 0) this.#giveBack(message, 'changed');
    else message.cancel = this.#after(seconds, () => this.#giveBack(message, 'timeout'));
  }

  /** Moves a message that is not in flight to another queue. False when it cannot be moved now. */
  move(message: StoredMessage, target: Queue, cause: 'maxReceiveCount' | 'moveTask'): boolean {
    if (message.state === 'in-flight' || !this.#remove(message)) return false;
    const { clock, trace } = this.#host;
    const { content, receiveCount } = message;
    trace.emit({
      type: 'messageMoved',
      time: clock.now,
      queueName: this.identity.name,
      messageId: content.messageId,
      toQueueName: target.identity.name,
      cause,
      receiveCount,
    });
    target.#accept(message, cause === 'maxReceiveCount' ? this.identity.arn : undefined);
    return true;
  }

  /** Visible messages in the order in which they were sent. */
  *visibleMessages(): Generator<StoredMessage> {
    for (const message of this.#messages.values()) if (message.state === 'visible') yield message;
  }

  /** All messages, whatever can be done with them, in the order in which they came. */
  allMessages(): Iterable<StoredMessage> {
    return this.#messages.values();
  }

  purge(): void {
    for (const message of [...this.#messages.values()]) this.delete(message, 'purged');
  }

  /** The queue is deleted, and its messages with it. */
  dispose(): void {
    this.purge();
    this.#expiry?.cancel();
    this.#listeners.clear();
  }

  /** A message from another queue: it keeps its id and, in standard queues, its age. */
  #accept(moved: StoredMessage, deadLetterSourceArn: string | undefined): void {
    const { clock } = this.#host;
    const isDeadLetter = deadLetterSourceArn !== undefined;
    const sentAt = isDeadLetter && !this.identity.isFifo ? moved.content.sentAt : clock.now;
    const message = new StoredMessage(moved.content, sentAt + this.#settings.MessageRetentionPeriod * 1000);
    message.deadLetterSourceArn = deadLetterSourceArn;
    message.receiveCount = isDeadLetter ? moved.receiveCount : 0;
    message.firstReceivedAt = isDeadLetter ? moved.firstReceivedAt : undefined;
    this.#keep(message);
    this.#show(message);
  }

  #mayBeReceived(message: StoredMessage): boolean {
    const { redrive } = this.#settings;
    if (message.expiresAt <= this.#host.clock.now) {
      this.#expire(message);
      return false;
    }
    if (redrive === undefined || message.receivesHere < redrive.maxReceiveCount) return true;
    const target = this.#host.deadLetterQueue(redrive.deadLetterTargetArn, this);
    return target === undefined || !this.move(message, target, 'maxReceiveCount');
  }

  #handOut(message: StoredMessage, visibilityTimeoutSeconds: number): void {
    const { clock, trace } = this.#host;
    message.receiveCount += 1;
    message.receivesHere += 1;
    message.firstReceivedAt ??= clock.now;
    trace.emit({
      type: 'messageReceived',
      time: clock.now,
      queueName: this.identity.name,
      messageId: message.content.messageId,
      receiveCount: message.receiveCount,
      visibilityTimeoutSeconds,
    });
    this.#hide(message, 'in-flight', visibilityTimeoutSeconds, () => this.#giveBack(message, 'timeout'));
  }

  #giveBack(message: StoredMessage, cause: 'timeout' | 'changed'): void {
    const { clock, trace } = this.#host;
    const { messageId } = message.content;
    trace.emit({ type: 'messageReturned', time: clock.now, queueName: this.identity.name, messageId, cause });
    this.#show(message);
  }

  #hide(message: StoredMessage, state: 'in-flight' | 'delayed', seconds: number, then: () => void): void {
    this.#leave(message);
    message.state = state;
    if (state === 'delayed') this.#delayed += 1;
    else this.#inFlight += 1;
    message.cancel = this.#after(seconds, then);
  }

  #show(message: StoredMessage): void {
    this.#leave(message);
    message.state = 'visible';
    this.#line.release(message);
    this.#line.add(message);
    this.#announce();
  }

  #announce(): void {
    if (this.#line.isEmpty()) return;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Ends the state that the message is in. */
  #leave(message: StoredMessage): void {
    message.cancel();
    message.cancel = noCancel;
    if (message.state === 'in-flight') this.#inFlight -= 1;
    if (message.state === 'delayed') this.#delayed -= 1;
  }

  #keep(message: StoredMessage): void {
    this.#delayed += 1;
    this.#messages.set(message.content.messageId, message);
    this.#watchExpiry(message.expiresAt);
  }

  /** False when it is not here any more. */
  #remove(message: StoredMessage): boolean {
    if (this.#messages.get(message.content.messageId) !== message) return false;
    this.#leave(message);
    this.#messages.delete(message.content.messageId);
    message.state = 'gone';
    const wasEmpty = this.#line.isEmpty();
    this.#line.release(message);
    // Deleting a message lets the next one of its group go.
    if (wasEmpty) this.#announce();
    return true;
  }

  #after(seconds: number, callback: () => void): Cancel {
    const { clock } = this.#host;
    return clock.schedule(clock.now + seconds * 1000, callback);
  }

  #watchExpiry(at: number): void {
    if (this.#expiry !== undefined && this.#expiry.at <= at) return;
    this.#expiry?.cancel();
    const cancel = this.#host.clock.schedule(at, () => this.#expireOld());
    this.#expiry = { at, cancel };
  }

  /** Throws away what is too old, and looks again when the next one is, but not more than once a minute. */
  #expireOld(): void {
    const { now } = this.#host.clock;
    this.#expiry = undefined;
    let next = Infinity;
    for (const message of [...this.#messages.values()]) {
      if (message.expiresAt <= now) this.#expire(message);
      else next = Math.min(next, message.expiresAt);
    }
    if (next < Infinity) this.#watchExpiry(Math.max(next, now + 60_000));
  }

  #expire(message: StoredMessage): void {
    if (!this.#remove(message)) return;
    const { clock, trace } = this.#host;
    const { messageId } = message.content;
    trace.emit({ type: 'messageExpired', time: clock.now, queueName: this.identity.name, messageId });
  }
}
