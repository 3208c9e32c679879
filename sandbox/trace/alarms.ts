/** Trace events of CloudWatch alarms. */
import type { At } from '../trace.ts';

/** An alarm has another state now. */
export interface AlarmStateChanged extends At {
  readonly type: 'alarmStateChanged';
  readonly alarmName: string;
  readonly before: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly after: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
}

/** An alarm's action was taken, or the target did not take it. */
export interface AlarmActionTaken extends At {
  readonly type: 'alarmActionTaken';
  readonly alarmName: string;
  readonly targetArn: string;
  /** Name of the error when it failed. */
  readonly errorName?: string;
}

export type AlarmEvent = AlarmStateChanged | AlarmActionTaken;
