/** Receipt handles: what a consumer shows to delete the message that it received. */
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { StoredMessage } from './message.ts';

export interface Receipt {
  readonly messageId: string;
  /** Which receive of the message it was, from 1. */
  readonly receive: number;
}

const start = 'AQEB';
/** Never in the base64 of a receipt, which has only digits, letters a to f, hyphens and colons. */
const separator = '+/';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A new handle for the last receive of a message. */
export function newReceiptHandle(message: StoredMessage, random: Random): string {
  const receipt = btoa(`${message.content.messageId}:${message.receivesHere}:`).replaceAll('=', '');
  return `${start}${receipt}${separator}${newToken(random, 40, alphabet)}`;
}

/** Undefined when the text is no handle of any queue. */
export function readReceiptHandle(handle: string): Receipt | undefined {
  if (typeof handle !== 'string' || !handle.startsWith(start)) return undefined;
  let text: string;
  try {
    text = atob(handle.slice(start.length).split(separator)[0] ?? '');
  } catch {
    return undefined;
  }
  const [, messageId, receive] = /^([0-9a-f-]{36}):(\d+):$/.exec(text) ?? [];
  return messageId === undefined ? undefined : { messageId, receive: Number(receive) };
}
