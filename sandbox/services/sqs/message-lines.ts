/** The order in which a queue's visible messages are handed out: as they come, or group by group. */
import type { StoredMessage } from './message.ts';

/** Visible messages. Every call costs the same however many there are. */
export interface MessageLine {
  /** A message can be received, for the first time or again. */
  add(message: StoredMessage): void;
  /** The next messages to receive, taken out of the line: at most `count`, and fewer when `accept` wants fewer. */
  take(count: number, accept: (message: StoredMessage) => boolean): StoredMessage[];
  /** A message that was taken is deleted, or moved, or about to be added again. */
  release(message: StoredMessage): void;
  /** Whether `take` would find something. */
  isEmpty(): boolean;
}

/** A queue that keeps its head where it is, and drops it now and then. */
class Deque {
  #items: StoredMessage[] = [];
  #head = 0;

  push(message: StoredMessage): void {
    this.#items.push(message);
  }

  /** The first message that is still visible; those that are gone fall out. */
  peek(): StoredMessage | undefined {
    for (let first = this.#items[this.#head]; first !== undefined; first = this.#items[this.#head]) {
      if (first.state === 'visible') return first;
      this.shift();
    }
    return undefined;
  }

  shift(): void {
    this.#head += 1;
    if (this.#head * 2 > this.#items.length && this.#head > 32) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Puts a message where its sequence number belongs; mostly that is at one of the ends. */
  insert(message: StoredMessage): void {
    const live = this.#items.slice(this.#head).filter(({ state }) => state === 'visible');
    const index = live.findIndex((other) => sequenceOf(other) > sequenceOf(message));
    live.splice(index < 0 ? live.length : index, 0, message);
    this.#items = live;
    this.#head = 0;
  }

  get last(): StoredMessage | undefined {
    return this.#items.length > this.#head ? this.#items.at(-1) : undefined;
  }
}

/** Of standard queues: messages in the order in which they became visible. */
export class StandardLine implements MessageLine {
  readonly #messages = new Deque();

  isEmpty(): boolean {
    return this.#messages.peek() === undefined;
  }

  add(message: StoredMessage): void {
    this.#messages.push(message);
  }

  take(count: number, accept: (message: StoredMessage) => boolean): StoredMessage[] {
    const taken: StoredMessage[] = [];
    while (taken.length < count) {
      const message = this.#messages.peek();
      if (message === undefined) break;
      this.#messages.shift();
      if (accept(message)) taken.push(message);
    }
    return taken;
  }

  release(): void {
    // Nothing waits for a message of a standard queue.
  }
}

interface Group {
  readonly waiting: Deque;
  readonly inFlight: Set<StoredMessage>;
}

/**
 * Of FIFO queues: a group's messages in the order in which they were sent, and none while another one of the group is
 * in flight. Groups take turns.
 */
export class FifoLine implements MessageLine {
  readonly #groups = new Map<string, Group>();
  /** Groups with visible messages and none in flight, in the order of their turns. */
  readonly #ready = new Set<string>();

  isEmpty(): boolean {
    return this.#ready.size === 0;
  }

  add(message: StoredMessage): void {
    const id = groupOf(message);
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = { waiting: new Deque(), inFlight: new Set() };
      this.#groups.set(id, group);
    }
    const { last } = group.waiting;
    if (last === undefined || sequenceOf(last) < sequenceOf(message)) group.waiting.push(message);
    else group.waiting.insert(message);
    this.#settle(id, group);
  }

  take(count: number, accept: (message: StoredMessage) => boolean): StoredMessage[] {
    const taken: StoredMessage[] = [];
    for (const id of this.#ready) {
      if (taken.length >= count) break;
      const group = this.#groups.get(id);
      if (group === undefined) continue;
      for (let next = group.waiting.peek(); next !== undefined && taken.length < count; next = group.waiting.peek()) {
        group.waiting.shift();
        if (!accept(next)) continue;
        group.inFlight.add(next);
        taken.push(next);
      }
      this.#settle(id, group);
    }
    return taken;
  }

  release(message: StoredMessage): void {
    const id = groupOf(message);
    const group = this.#groups.get(id);
    if (group === undefined) return;
    group.inFlight.delete(message);
    this.#settle(id, group);
  }

  #settle(id: string, group: Group): void {
    const hasMessages = group.waiting.peek() !== undefined;
    if (hasMessages && group.inFlight.size === 0) this.#ready.add(id);
    else this.#ready.delete(id);
    if (!hasMessages && group.inFlight.size === 0) this.#groups.delete(id);
  }
}

const groupOf = ({ content }: StoredMessage): string => content.groupId ?? '';
const sequenceOf = ({ content }: StoredMessage): string => content.sequenceNumber ?? '';
