/**
 * Reads a queue for a function: several batches at a time, more of them while messages wait. It wakes when a message
 * arrives, a batch ends or its time has come, and does nothing in between.
 */
import { factNumber, factTexts } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import type { Queue } from '../../services/sqs/queue.ts';
import { utf8Length } from '../text-bytes.ts';
import { ConcurrencyRamp } from './concurrency-ramp.ts';
import { emit, roleCaller, type MappingContext } from './mapping-context.ts';
import { QueueBatch, type ReceivedMessage } from './queue-batch.ts';
import { sqsEventRecord } from './sqs-event-record.ts';

/** One ReceiveMessage call gets at most so many. */
const messagesPerReceive = 10;
/** How long a poller that may not read its queue waits before it tries again. */
const deniedRetryMs = 60_000;

export class QueuePoller {
  readonly #context: MappingContext;
  readonly #ramp: ConcurrencyRamp;
  readonly #running = new Set<QueueBatch>();
  #unsubscribe: Cancel | undefined;
  #isStopped = false;
  /** Messages that wait until their batch is full or its window has passed. */
  #gathered: ReceivedMessage[] = [];
  #gatheredBytes = 0;
  #windowEnds = 0;
  /** Batches that wait for room. */
  #ready: ReceivedMessage[][] = [];
  #wake: { readonly at: number; readonly cancel: Cancel } | undefined;

  constructor(context: MappingContext) {
    const { host, settings, kind } = context;
    const { clock, facts } = host;
    this.#context = context;
    const max = settings.maximumConcurrency ?? factNumber(facts, 'sqs-scaling', 'max');
    // From a FIFO queue as many as there are groups: the queue sees to that.
    const start = kind === 'sqs-fifo' ? max : factNumber(facts, 'sqs-scaling', 'start');
    this.#ramp = new ConcurrencyRamp(clock, { start, perMinute: factNumber(facts, 'sqs-scaling', 'perMinute'), max });
  }

  start(): void {
    const { host } = this.#context;
    this.#unsubscribe = this.#queue()?.subscribe(() => this.#wakeAt(host.clock.now));
    this.#wakeAt(host.clock.now);
  }

  /** Reads no more. What was received is still processed. */
  stop(): void {
    this.#isStopped = true;
    this.#unsubscribe?.();
    if (this.#gathered.length > 0) this.#closeBatch();
    this.#wakeAt(this.#context.host.clock.now);
  }

  /** Forgets everything: the whole account is going. */
  dispose(): void {
    this.#unsubscribe?.();
    this.#wake?.cancel();
    for (const batch of this.#running) batch.dispose();
  }

  #queue(): Queue | undefined {
    const { host, sourceArn } = this.#context;
    return host.queues.queue(sourceArn);
  }

  #wakeAt(at: number): void {
    if (this.#wake !== undefined && this.#wake.at <= at) return;
    this.#wake?.cancel();
    const cancel = this.#context.host.clock.schedule(at, () => {
      this.#wake = undefined;
      this.#pump();
    });
    this.#wake = { at, cancel };
  }

  /** Starts batches and receives messages as long as there is room for both. */
  #pump(): void {
    const queue = this.#queue();
    if (queue === undefined) return;
    const { clock } = this.#context.host;
    if (this.#isDue()) this.#closeBatch();
    this.#launch(queue);
    while (!this.#isStopped && queue.hasMessages && this.#hasRoom()) {
      const denied = this.#deniedAction();
      if (denied !== undefined) {
        this.#context.report(`PROBLEM: The function execution role does not have permissions to call ${denied} on SQS`);
        this.#wakeAt(clock.now + deniedRetryMs);
        return;
      }
      if (!this.#receive(queue)) break;
      this.#launch(queue);
    }
    if (this.#gathered.length > 0) this.#wakeAt(this.#windowEnds);
    if (!this.#isStopped) this.#scale(queue);
  }

  #hasRoom(): boolean {
    return this.#running.size + this.#ready.length < this.#ramp.limit;
  }

  #scale(queue: Queue): void {
    const isSaturated = queue.hasMessages && !this.#hasRoom();
    if (isSaturated && ![...this.#running].some(({ isWaiting }) => isWaiting)) this.#ramp.grow();
    else this.#ramp.hold();
    if (!queue.hasMessages && this.#running.size === 0) this.#ramp.reset();
    const next = this.#ramp.nextStep();
    if (next !== undefined) this.#wakeAt(next);
  }

  #deniedAction(): string | undefined {
    const { host, sourceArn, target } = this.#context;
    try {
      const caller = roleCaller(target());
      return factTexts(host.facts, 'esm-permissions', 'sqs').find(
        (action) => !host.permissions.allows({ caller, action: `sqs:${action}`, resource: sourceArn }),
      );
    } catch {
      // The function is gone: its batches tell so.
      return undefined;
    }
  }

  /** One ReceiveMessage. False when the queue gave nothing. */
  #receive(queue: Queue): boolean {
    const { settings } = this.#context;
    const received = this.#read(queue, Math.min(messagesPerReceive, settings.batchSize - this.#gathered.length));
    if (received === undefined) return false;
    for (const item of received) this.#gather(item);
    if (this.#isDue()) this.#closeBatch();
    return true;
  }

  /** Messages that the filter wants; the others are deleted. Undefined when there was none at all. */
  #read(queue: Queue, count: number): ReceivedMessage[] | undefined {
    const { host, settings, sourceArn } = this.#context;
    const { VisibilityTimeout: visibility } = queue.settings;
    const messages = queue.receive(count, visibility);
    if (messages.length === 0) return undefined;
    const visibleAt = host.clock.now + visibility * 1000;
    const wanted: ReceivedMessage[] = [];
    for (const message of messages) {
      const record = sqsEventRecord(message, host.queues.newHandle(message), sourceArn, host.location.region);
      if (settings.filter === undefined || settings.filter(record)) {
        const bytes = utf8Length(JSON.stringify(record));
        wanted.push({ message, record, bytes, receive: message.receivesHere, visibleAt });
      } else {
        queue.delete(message);
      }
    }
    const filtered = messages.length - wanted.length;
    if (filtered > 0) emit(this.#context, { type: 'itemsFiltered', count: filtered });
    return wanted;
  }

  /** A batch that would get too large goes without the message. */
  #gather(item: ReceivedMessage): void {
    const { host, settings } = this.#context;
    const limit = factNumber(host.facts, 'esm-batching', 'bytes');
    if (this.#gathered.length > 0 && this.#gatheredBytes + item.bytes > limit) this.#closeBatch();
    if (this.#gathered.length === 0) this.#windowEnds = host.clock.now + settings.windowSeconds * 1000;
    this.#gathered.push(item);
    this.#gatheredBytes += item.bytes;
  }

  #isDue(): boolean {
    const { host, settings } = this.#context;
    const { length } = this.#gathered;
    return length >= settings.batchSize || (length > 0 && host.clock.now >= this.#windowEnds);
  }

  #closeBatch(): void {
    this.#ready.push(this.#gathered);
    this.#gathered = [];
    this.#gatheredBytes = 0;
  }

  #launch(queue: Queue): void {
    while (this.#ready.length > 0 && this.#running.size < this.#ramp.limit) {
      const batch: QueueBatch = new QueueBatch(this.#context, queue, this.#ready.shift() ?? [], {
        throttled: () => this.#ramp.backOff(),
        ended: (succeeded) => {
          this.#running.delete(batch);
          if (!succeeded) this.#ramp.backOff();
          this.#wakeAt(this.#context.host.clock.now);
        },
      });
      this.#running.add(batch);
      batch.start();
    }
  }
}
