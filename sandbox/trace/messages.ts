/** Trace events of queues and topics: where a message is, from the moment it is sent until it is gone. */
import type { At } from '../trace.ts';

interface OfMessage extends At {
  readonly queueName: string;
  readonly messageId: string;
}

/** A queue took a message; it can be received after `delaySeconds`. */
export interface MessageSent extends OfMessage {
  readonly type: 'messageSent';
  readonly bytes: number;
  readonly delaySeconds: number;
  /** Only where messages are in groups. */
  readonly groupId?: string;
}

/** A message was handed to a consumer and cannot be received again for `visibilityTimeoutSeconds`. */
export interface MessageReceived extends OfMessage {
  readonly type: 'messageReceived';
  readonly receiveCount: number;
  readonly visibilityTimeoutSeconds: number;
}

/** A message that was received and not deleted can be received again. */
export interface MessageReturned extends OfMessage {
  readonly type: 'messageReturned';
  /** Its time was up, or the consumer gave it back by ChangeMessageVisibility. */
  readonly cause: 'timeout' | 'changed';
}

export interface MessageDeleted extends OfMessage {
  readonly type: 'messageDeleted';
  readonly cause: 'deleted' | 'purged';
}

/** A message left for another queue: for the dead-letter queue, or back from there. */
export interface MessageMoved extends OfMessage {
  readonly type: 'messageMoved';
  readonly toQueueName: string;
  readonly cause: 'maxReceiveCount' | 'moveTask';
  readonly receiveCount: number;
}

/** A message was older than the queue keeps messages. */
export interface MessageExpired extends OfMessage {
  readonly type: 'messageExpired';
}

/** A topic took a message. */
export interface MessagePublished extends At {
  readonly type: 'messagePublished';
  readonly topicName: string;
  readonly messageId: string;
  readonly bytes: number;
  /** Subscriptions that it goes to, and those whose filter policies did not want it. */
  readonly delivered: number;
  readonly filtered: number;
}

/** What a subscription got, or did not. */
export interface NotificationDelivered extends At {
  readonly type: 'notificationDelivered';
  readonly topicName: string;
  readonly messageId: string;
  readonly subscriptionArn: string;
  readonly endpoint: string;
}

export interface NotificationFailed extends At {
  readonly type: 'notificationFailed';
  readonly topicName: string;
  readonly messageId: string;
  readonly subscriptionArn: string;
  readonly endpoint: string;
  readonly error: string;
  /** What becomes of it. */
  readonly then: 'retry' | 'dead-letter-queue' | 'lost';
}

export type MessageEvent =
  | MessageSent
  | MessageReceived
  | MessageReturned
  | MessageDeleted
  | MessageMoved
  | MessageExpired
  | MessagePublished
  | NotificationDelivered
  | NotificationFailed;
