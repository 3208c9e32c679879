/** Trace events of event buses and schedules: which rules an event matched, when a schedule was due, who got it. */
import type { At } from '../trace.ts';

/** A bus took an event. */
export interface BusEventPut extends At {
  readonly type: 'busEventPut';
  readonly busName: string;
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  /** Names of the rules that it matched. Without any, nobody gets it. */
  readonly rules: readonly string[];
  /** There is no such bus: the event is lost, and the sender does not hear of it. */
  readonly noSuchBus?: true;
}

/** A schedule was due. */
export interface ScheduleFired extends At {
  readonly type: 'scheduleFired';
  readonly kind: 'rule' | 'schedule';
  readonly name: string;
  /** `rate(5 minutes)` */
  readonly expression: string;
}

interface OfTarget extends At {
  /** The rule's or the schedule's name. */
  readonly name: string;
  readonly targetArn: string;
  /** Of the event; a schedule's own id of this run. */
  readonly eventId: string;
}

export interface TargetReached extends OfTarget {
  readonly type: 'targetReached';
  /** From 1. */
  readonly attempt: number;
}

/** CloudWatch counts FailedInvocations when it is not tried again. */
export interface TargetFailed extends OfTarget {
  readonly type: 'targetFailed';
  readonly attempt: number;
  readonly error: string;
  /** What becomes of it. */
  readonly then: 'retry' | 'dead-letter-queue' | 'lost';
  /** Virtual ms since the epoch. */
  readonly retryAt?: number;
}

export type BusEvent = BusEventPut | ScheduleFired | TargetReached | TargetFailed;
