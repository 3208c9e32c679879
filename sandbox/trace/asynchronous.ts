/** Trace events of asynchronous invocation: what becomes of an event between its acceptance and its end. */
import type { At } from '../trace.ts';

interface OfEvent extends At {
  /** The same for all attempts. */
  readonly requestId: string;
  readonly functionName: string;
}

/**
 * Why an event ended. `FunctionDeleted`: there was no function any more, and nothing is told to anybody. The others but
 * `RecursiveInvocationException` are the `condition` of invocation records.
 */
export type EventCondition =
  | 'Success'
  | 'RetriesExhausted'
  | 'EventAgeExceeded'
  | 'ZeroReservedConcurrency'
  | 'RecursiveInvocationException'
  | 'FunctionDeleted';

/** An accepted event waits in the function's queue: for its first attempt, or for another one. */
export interface EventQueued extends OfEvent {
  readonly type: 'eventQueued';
  readonly cause: 'accepted' | 'function-error' | 'throttled';
  /** When it is tried next; virtual ms since the epoch. */
  readonly dueAt: number;
}

/** How an event ended. Every accepted event ends exactly once. */
export interface EventEnded extends OfEvent {
  readonly type: 'eventEnded';
  readonly condition: EventCondition;
  /** How often the function was invoked with it. */
  readonly approximateInvokeCount: number;
  /** Since it was accepted, ms. */
  readonly ageMs: number;
}

/** What remained of an event was delivered: its record to a destination, or its body to a dead-letter queue. */
export interface EventDelivered extends OfEvent {
  readonly type: 'eventDelivered';
  readonly to: 'on-success' | 'on-failure' | 'dead-letter-queue';
  readonly targetArn: string;
}

/** The target did not take it: CloudWatch counts DestinationDeliveryFailures or DeadLetterErrors. */
export interface EventDeliveryFailed extends OfEvent {
  readonly type: 'eventDeliveryFailed';
  readonly to: 'on-success' | 'on-failure' | 'dead-letter-queue';
  readonly targetArn: string;
  readonly error: string;
}

/** A failed event that nobody keeps: CloudWatch counts AsyncEventsDropped. */
export interface EventDropped extends OfEvent {
  readonly type: 'eventDropped';
  readonly condition: EventCondition;
}

export type AsynchronousEvent = EventQueued | EventEnded | EventDelivered | EventDeliveryFailed | EventDropped;
