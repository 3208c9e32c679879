/** Brings a topic's message to its subscribers: filtered, tried again, and to a dead-letter queue in the end. */
import { roundToMicroseconds } from '../../kernel/clock.ts';
import { ApiError, type Caller, type Deliveries, type ServiceHost } from '../service.ts';
import { lambdaEvent, queueEnvelope, rawAttributes, type Notification } from './envelope.ts';
import { isWanted } from './filter-policy.ts';
import { readDeliveryPolicy, retryWait, type DeliveryPolicy } from './retry-schedule.ts';
import type { Subscription } from './subscription.ts';

export class FanOut {
  readonly #host: ServiceHost;
  readonly #deliveries: Deliveries;
  readonly #policy: DeliveryPolicy;

  constructor(host: ServiceHost, deliveries: Deliveries) {
    this.#host = host;
    this.#deliveries = deliveries;
    this.#policy = readDeliveryPolicy(host.facts);
  }

  /** Begins to deliver; the subscribers get the message in this virtual moment. `traceId` is the publisher's. */
  start(
    notification: Notification,
    subscriptions: readonly Subscription[],
    bytes: number,
    traceId: string | undefined,
  ): void {
    const { clock, trace } = this.#host;
    const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed);
    const wanting = confirmed.filter((subscription) => wants(subscription, notification));
    const { messageId, topicArn } = notification;
    trace.emit({
      type: 'messagePublished',
      time: clock.now,
      topicName: nameOf(topicArn),
      messageId,
      bytes,
      delivered: wanting.length,
      filtered: confirmed.length - wanting.length,
    });
    const caller: Caller = {
      kind: 'service',
      principal: 'sns.amazonaws.com',
      sourceArn: topicArn,
      ...(traceId === undefined ? {} : { traceId }),
    };
    for (const subscription of wanting) {
      clock.schedule(clock.now, () => this.#attempt(notification, subscription, caller, 0));
    }
  }

  #attempt(notification: Notification, subscription: Subscription, caller: Caller, retries: number): void {
    const { clock, trace } = this.#host;
    try {
      this.#deliver(notification, subscription, caller);
      trace.emit({ type: 'notificationDelivered', time: clock.now, ...told(notification, subscription) });
    } catch (error) {
      this.#failed(notification, subscription, caller, retries, error);
    }
  }

  #deliver(notification: Notification, subscription: Subscription, caller: Caller): void {
    const deliveries = this.#deliveries;
    const { protocol, endpoint, settings } = subscription;
    if (protocol === 'lambda') {
      deliveries.deliver(endpoint, lambdaEvent(notification, subscription), caller);
    } else if (settings.isRaw) {
      deliveries.deliver(endpoint, notification.textOf(protocol), caller, rawAttributes(notification.attributes));
    } else {
      deliveries.deliver(endpoint, queueEnvelope(notification, subscription), caller);
    }
  }

  /** Only what is not the subscriber's own mistake is tried again. */
  #failed(
    notification: Notification,
    subscription: Subscription,
    caller: Caller,
    retries: number,
    error: unknown,
  ): void {
    const { clock, trace } = this.#host;
    const isTemporary = error instanceof ApiError && (error.fault === 'server' || error.code === 429);
    const wait = isTemporary ? retryWait(this.#policy, retries + 1) : undefined;
    const { deadLetterTargetArn } = subscription.settings;
    const then = wait !== undefined ? 'retry' : deadLetterTargetArn === undefined ? 'lost' : 'dead-letter-queue';
    const text = error instanceof Error ? error.message : String(error);
    trace.emit({ type: 'notificationFailed', time: clock.now, ...told(notification, subscription), error: text, then });
    if (wait !== undefined) {
      const at = roundToMicroseconds(clock.now + wait * 1000);
      clock.schedule(at, () => this.#attempt(notification, subscription, caller, retries + 1));
    } else if (deadLetterTargetArn !== undefined) {
      this.#giveUp(notification, subscription, caller, deadLetterTargetArn);
    }
  }

  #giveUp(notification: Notification, subscription: Subscription, caller: Caller, deadLetterTargetArn: string): void {
    const { clock, trace } = this.#host;
    const { settings, protocol } = subscription;
    try {
      if (settings.isRaw) {
        const attributes = rawAttributes(notification.attributes);
        this.#deliveries.deliver(deadLetterTargetArn, notification.textOf(protocol), caller, attributes);
      } else {
        this.#deliveries.deliver(deadLetterTargetArn, queueEnvelope(notification, subscription), caller);
      }
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      trace.emit({
        type: 'notificationFailed',
        time: clock.now,
        ...told(notification, subscription),
        error: text,
        then: 'lost',
      });
    }
  }
}

function wants({ settings, protocol }: Subscription, notification: Notification): boolean {
  const { filterPolicy, scope } = settings;
  const message = { body: notification.textOf(protocol), attributes: notification.attributes };
  return filterPolicy === undefined || isWanted(filterPolicy, scope, message);
}

const told = ({ messageId, topicArn }: Notification, { arn, endpoint }: Subscription) => ({
  topicName: nameOf(topicArn),
  messageId,
  subscriptionArn: arn,
  endpoint,
});

const nameOf = (topicArn: string): string => topicArn.slice(topicArn.lastIndexOf(':') + 1);
