/** A batch of messages on its way through the function: invoked, tried again while throttled, deleted as far as it succeeded. */
import { factNumber } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import type { InvokeOutcome } from '../../services/service.ts';
import type { StoredMessage } from '../../services/sqs/message.ts';
import type { Queue } from '../../services/sqs/queue.ts';
import { readBatchResponse } from './batch-response.ts';
import { backOffMs, emit, pollerCaller, type MappingContext } from './mapping-context.ts';
import type { SqsEventRecord } from './sqs-event-record.ts';

/** A message that this mapping has received. */
export interface ReceivedMessage {
  readonly message: StoredMessage;
  readonly record: SqsEventRecord;
  /** The record as text, in bytes. */
  readonly bytes: number;
  /** Which receive of the message it was. */
  readonly receive: number;
  /** When others can receive it again; virtual ms since the epoch. */
  readonly visibleAt: number;
}

export interface QueueBatchListener {
  /** There was no room for the invocation; it is tried again. */
  throttled(): void;
  /** Once: the messages are deleted or left to the queue. */
  ended(succeeded: boolean): void;
}

export class QueueBatch {
  readonly #context: MappingContext;
  readonly #queue: Queue;
  readonly #items: readonly ReceivedMessage[];
  readonly #number: number;
  readonly #listener: QueueBatchListener;
  #attempt = 0;
  #cancelRetry: Cancel | undefined;
  #isWaiting = false;

  constructor(context: MappingContext, queue: Queue, items: readonly ReceivedMessage[], listener: QueueBatchListener) {
    this.#context = context;
    this.#queue = queue;
    this.#items = items;
    this.#number = context.nextBatch();
    this.#listener = listener;
  }

  /** Waits to be tried again. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  start(): void {
    const { host } = this.#context;
    const ids = this.#items.map(({ record }) => record.messageId);
    const payload = JSON.stringify({ Records: this.#items.map(({ record }) => record) });
    this.#attempt += 1;
    emit(this.#context, {
      type: 'batchStarted',
      batch: this.#number,
      size: ids.length,
      bytes: this.#items.reduce((sum, { bytes }) => sum + bytes, 0),
      attempt: this.#attempt,
      items: ids,
    });
    const traceId = this.#items[0]?.message.content.traceHeader;
    try {
      const { arn } = this.#context.target();
      host.invoker.invokeSync(arn, payload, pollerCaller(this.#context, traceId), (outcome) => this.#answered(outcome));
    } catch (error) {
      this.#answered({ ok: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** The mapping is gone: the messages are left to the queue. */
  dispose(): void {
    this.#cancelRetry?.();
  }

  #answered(outcome: InvokeOutcome): void {
    if (!outcome.ok) {
      this.#notInvoked(outcome.error);
      return;
    }
    const { requestId } = outcome;
    if (outcome.functionError) {
      this.#end('function-error', this.#items.length, requestId);
      return;
    }
    const { settings } = this.#context;
    const response = settings.reportsItemFailures
      ? readBatchResponse(
          outcome.payload,
          this.#items.map(({ record }) => record.messageId),
        )
      : ({ kind: 'success' } as const);
    if (response.kind === 'malformed') {
      this.#end('malformed-response', this.#items.length, requestId);
      return;
    }
    const failed = new Set(response.kind === 'partial' ? response.failed : []);
    this.#items.forEach((item, index) => {
      if (!failed.has(index)) this.#delete(item);
    });
    this.#end(failed.size === 0 ? 'success' : 'partial-failure', failed.size, requestId);
  }

  /** Throttled, or no function there: again a little later, as long as the messages are still ours. */
  #notInvoked(error: Error): void {
    const { host } = this.#context;
    const { clock, facts } = host;
    const waits = {
      firstSeconds: factNumber(facts, 'sqs-throttled-batch', 'firstSeconds'),
      lastSeconds: factNumber(facts, 'sqs-throttled-batch', 'lastSeconds'),
    };
    const retryAt = clock.now + backOffMs(this.#attempt, waits);
    const isThrottled = error.name === 'TooManyRequestsException';
    const outcome = isThrottled ? 'throttled' : 'not-invoked';
    const visibleAt = Math.min(...this.#items.map((item) => item.visibleAt));
    if (retryAt >= visibleAt) {
      this.#end(outcome, this.#items.length, undefined, error);
      return;
    }
    this.#trace(outcome, this.#items.length, { retryAt, error: error.message });
    this.#cancelRetry = clock.schedule(retryAt, () => {
      this.#isWaiting = false;
      this.start();
    });
    this.#isWaiting = true;
    this.#listener.throttled();
  }

  /** Only as long as nobody received it again: an old receipt handle deletes nothing. */
  #delete({ message, receive }: ReceivedMessage): void {
    const isOurs = message.receivesHere === receive && message.state !== 'gone';
    if (!isOurs || (this.#queue.identity.isFifo && message.state !== 'in-flight')) return;
    this.#queue.delete(message);
  }

  #end(outcome: BatchOutcome, failed: number, requestId?: string, error?: Error): void {
    this.#trace(outcome, failed, {
      ...(requestId === undefined ? {} : { requestId }),
      ...(error === undefined ? {} : { error: error.message }),
    });
    const succeeded = outcome === 'success' || outcome === 'partial-failure';
    this.#context.report(succeeded ? 'OK' : `PROBLEM: ${error?.message ?? 'Function call failed'}`);
    this.#listener.ended(succeeded);
  }

  #trace(
    outcome: BatchOutcome,
    failed: number,
    details: { requestId?: string; retryAt?: number; error?: string },
  ): void {
    emit(this.#context, {
      type: 'batchEnded',
      batch: this.#number,
      outcome,
      attempt: this.#attempt,
      failed,
      ...details,
    });
  }
}

type BatchOutcome =
  'success' | 'partial-failure' | 'function-error' | 'malformed-response' | 'throttled' | 'not-invoked';
