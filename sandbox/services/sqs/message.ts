/** One message of a queue: what was sent, and how far it has come. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Cancel } from '../../kernel/clock.ts';
import type { MessageAttributes } from './sqs.types.ts';

/** What a message is; it never changes. */
export interface MessageContent {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  readonly md5OfAttributes?: string;
  /** Body and attributes. */
  readonly bytes: number;
  /** Virtual ms since the epoch. */
  readonly sentAt: number;
  readonly senderId: string;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Twenty digits, growing within the queue; only of FIFO queues. */
  readonly sequenceNumber?: string;
}

/** Where a message is in its queue. */
export type MessageState = 'delayed' | 'visible' | 'in-flight' | 'gone';

export class StoredMessage {
  readonly content: MessageContent;
  state: MessageState = 'delayed';
  /** When it is thrown away; virtual ms since the epoch. */
  expiresAt: number;
  receiveCount = 0;
  /** Since it came to this queue: a dead-letter queue counts anew. */
  receivesHere = 0;
  firstReceivedAt: number | undefined;
  /** The queue that gave it up. */
  deadLetterSourceArn: string | undefined;
  /** Takes back what makes it visible. */
  cancel: Cancel = noCancel;

  constructor(content: MessageContent, expiresAt: number) {
    this.content = content;
    this.expiresAt = expiresAt;
  }
}

export const noCancel: Cancel = () => undefined;

export function md5Hex(text: string): string {
  return bytesToHex(md5(new TextEncoder().encode(text)));
}
