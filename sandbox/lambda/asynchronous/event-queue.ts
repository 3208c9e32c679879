/**
 * The queue behind asynchronous invocation: an accepted event is tried until it succeeds, runs out of retries or gets
 * too old. Source: Lambda guide, error handling for asynchronous invocation.
 */
import { roundToMicroseconds, type Cancel, type Clock } from '../../kernel/clock.ts';
import type { EventCondition, EventQueued } from '../../trace.ts';
import type { InvocationAnswer, InvocationListener, InvocationRequestData } from '../invocation.ts';
import { decideRetry, type RetrySettings, type RetryTimes } from '../policies/asynchronous-retry.ts';
import type { TraceWriter } from '../trace-writer.ts';

/** An accepted event. */
export interface QueuedEvent {
  readonly request: InvocationRequestData;
  /** Version or alias that it was sent to. */
  readonly qualifier: string | undefined;
  /** Virtual ms since the epoch. */
  readonly acceptedAt: number;
}

/** How an event ended, with what the function said last. */
export interface EndedEvent {
  readonly event: QueuedEvent;
  readonly condition: EventCondition;
  readonly approximateInvokeCount: number;
  readonly last?: { readonly answer: InvocationAnswer; readonly executedVersion: string };
}

/** `refused`: no further attempt will be made. */
export type AttemptOutcome =
  | { readonly kind: 'placed' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'refused'; readonly condition: EventCondition };

export interface EventQueueHost {
  readonly clock: Clock;
  readonly trace: TraceWriter;
  readonly times: RetryTimes;
  readonly settingsOf: (event: QueuedEvent) => RetrySettings;
  /** Tries to place it now. */
  readonly attempt: (event: QueuedEvent, listener: InvocationListener) => AttemptOutcome;
  readonly ended: (ended: EndedEvent) => void;
}

/** An event on its way through the queue. */
interface Waiting {
  readonly event: QueuedEvent;
  invocations: number;
  failures: number;
  throttles: number;
  last: EndedEvent['last'];
  cancel: Cancel;
}

export class EventQueue {
  readonly #host: EventQueueHost;
  readonly #waiting = new Set<Waiting>();

  constructor(host: EventQueueHost) {
    this.#host = host;
  }

  /** Events that have not ended. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Takes an event over; its first attempt comes in this same virtual moment. */
  add(event: QueuedEvent): void {
    const waiting: Waiting = { event, invocations: 0, failures: 0, throttles: 0, last: undefined, cancel: noCancel };
    this.#waiting.add(waiting);
    this.#queue(waiting, 'accepted', 0);
  }

  /** Ends an event that is not to be tried at all. */
  refuse(event: QueuedEvent, condition: EventCondition): void {
    const waiting: Waiting = { event, invocations: 0, failures: 0, throttles: 0, last: undefined, cancel: noCancel };
    this.#end(waiting, condition);
  }

  /** Forgets all events without a trace: the whole account is going. */
  dispose(): void {
    for (const { cancel } of this.#waiting) cancel();
    this.#waiting.clear();
  }

  #queue(waiting: Waiting, cause: EventQueued['cause'], afterMs: number): void {
    const { clock, trace } = this.#host;
    const { requestId, functionName } = waiting.event.request;
    const dueAt = roundToMicroseconds(clock.now + afterMs);
    trace.emit({ type: 'eventQueued', time: clock.now, requestId, functionName, cause, dueAt });
    waiting.cancel = clock.schedule(dueAt, () => this.#attempt(waiting));
  }

  #attempt(waiting: Waiting): void {
    waiting.cancel = noCancel;
    const outcome = this.#host.attempt(waiting.event, {
      answered: (answer, executedVersion) => {
        // Later in the same moment: what follows must not run in the middle of the environment's own step.
        const { clock } = this.#host;
        waiting.cancel = clock.schedule(clock.now, () => this.#answered(waiting, answer, executedVersion));
      },
    });
    if (outcome.kind === 'refused') {
      this.#end(waiting, outcome.condition);
    } else if (outcome.kind === 'throttled') {
      waiting.throttles += 1;
      this.#tryAgain(waiting, 'throttled');
    } else {
      waiting.invocations += 1;
      waiting.throttles = 0;
    }
  }

  #answered(waiting: Waiting, answer: InvocationAnswer, executedVersion: string): void {
    waiting.last = { answer, executedVersion };
    if (!answer.functionError) {
      this.#end(waiting, 'Success');
      return;
    }
    waiting.failures += 1;
    this.#tryAgain(waiting, 'function-error');
  }

  #tryAgain(waiting: Waiting, outcome: 'function-error' | 'throttled'): void {
    const { clock, settingsOf, times } = this.#host;
    const { event, failures, throttles } = waiting;
    const ageMs = clock.now - event.acceptedAt;
    const decision = decideRetry({ outcome, failures, throttles, ageMs }, settingsOf(event), times);
    if (decision.kind === 'retry') {
      this.#queue(waiting, outcome, decision.afterMs);
    } else if (decision.afterMs === 0) {
      this.#end(waiting, decision.condition);
    } else {
      const { condition } = decision;
      waiting.cancel = clock.schedule(clock.now + decision.afterMs, () => this.#end(waiting, condition));
    }
  }

  #end(waiting: Waiting, condition: EventCondition): void {
    const { clock, trace, ended } = this.#host;
    const { event, invocations: approximateInvokeCount, last } = waiting;
    const { requestId, functionName } = event.request;
    this.#waiting.delete(waiting);
    trace.emit({
      type: 'eventEnded',
      time: clock.now,
      requestId,
      functionName,
      condition,
      approximateInvokeCount,
      ageMs: roundToMicroseconds(clock.now - event.acceptedAt),
    });
    ended({ event, condition, approximateInvokeCount, ...(last === undefined ? {} : { last }) });
  }
}

const noCancel: Cancel = () => undefined;
