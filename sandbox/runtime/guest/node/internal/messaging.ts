/** MessageChannel, MessagePort and BroadcastChannel inside one process. */
import { defineHandler, Event, EventTarget } from './event-target.ts';
import { structuredClone } from './structured-clone.ts';

export class MessageEvent extends Event {
  readonly #data: unknown;

  constructor(type: string, options: { data?: unknown } = {}) {
    super(type);
    this.#data = options.data ?? null;
  }

  get data(): unknown {
    return this.#data;
  }
}

const pairing = Symbol('pairing');

export class MessagePort extends EventTarget {
  #peer: MessagePort | undefined;
  #queue: unknown[] = [];
  #started = false;
  #closed = false;

  static [pairing](): [MessagePort, MessagePort] {
    const [first, second] = [new MessagePort(), new MessagePort()];
    first.#peer = second;
    second.#peer = first;
    return [first, second];
  }

  postMessage(message: unknown): void {
    const copy = structuredClone(message);
    const peer = this.#peer;
    if (peer === undefined || peer.#closed) return;
    peer.#queue.push(copy);
    if (peer.#started) peer.#deliverLater();
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    if (this.#queue.length > 0) this.#deliverLater();
  }

  close(): void {
    for (const port of [this, this.#peer]) {
      if (port === undefined || port.#closed) continue;
      port.#closed = true;
      internals.timers.setImmediate(() => port.dispatchEvent(new Event('close')));
    }
  }

  ref(): void {
    // Ports never keep the process alive here.
  }

  unref(): void {
    // See ref().
  }

  on(type: string, listener: (value: unknown) => void): this {
    this.addEventListener(type, (event: unknown) => listener(event instanceof MessageEvent ? event.data : event));
    if (type === 'message') this.start();
    return this;
  }

  once(type: string, listener: (value: unknown) => void): this {
    this.addEventListener(type, (event: unknown) => listener(event instanceof MessageEvent ? event.data : event), {
      once: true,
    });
    if (type === 'message') this.start();
    return this;
  }

  #deliverLater(): void {
    internals.timers.setImmediate(() => {
      while (this.#queue.length > 0 && !this.#closed) {
        this.dispatchEvent(new MessageEvent('message', { data: this.#queue.shift() }));
      }
    });
  }
}
defineHandler(MessagePort.prototype, 'message');
const onMessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage') as PropertyDescriptor;
Object.defineProperty(MessagePort.prototype, 'onmessage', {
  ...onMessage,
  set(this: MessagePort, handler: unknown) {
    onMessage.set?.call(this, handler);
    this.start();
  },
});

export class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;

  constructor() {
    [this.port1, this.port2] = MessagePort[pairing]();
  }
}

const channels = new Map<string, Set<BroadcastChannel>>();

export class BroadcastChannel extends EventTarget {
  readonly name: string;

  constructor(name: unknown) {
    super();
    this.name = String(name);
    const members = channels.get(this.name) ?? new Set();
    channels.set(this.name, members.add(this));
  }

  postMessage(message: unknown): void {
    for (const member of channels.get(this.name) ?? []) {
      if (member === this) continue;
      const data = structuredClone(message);
      internals.timers.setImmediate(() => member.dispatchEvent(new MessageEvent('message', { data })));
    }
  }

  close(): void {
    channels.get(this.name)?.delete(this);
  }
}
defineHandler(BroadcastChannel.prototype, 'message');
for (const type of [MessageEvent, MessagePort, MessageChannel, BroadcastChannel]) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}
