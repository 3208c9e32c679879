/**
 * Lambda's own metrics and logs come from the trace. Reading it costs time for every event, and most accounts are never
 * asked for a metric: reading begins with the first question, from the beginning of what is kept.
 */
import type { TraceEvent } from '../../trace.ts';
import { LambdaLogs } from '../cloudwatch-logs/lambda-logs.ts';
import type { LogStore } from '../cloudwatch-logs/log-store.ts';
import { HttpMetrics } from './http-metrics.ts';
import { LambdaMetrics } from './lambda-metrics.ts';
import type { MetricStore } from './metric-store.ts';

/** Passes on every event that is kept, then each new one. */
export type FollowTrace = (listener: (event: TraceEvent) => void) => void;

export class TraceWatch {
  readonly #follow: FollowTrace;
  readonly #metrics: LambdaMetrics;
  readonly #http: HttpMetrics;
  readonly #logs: LambdaLogs;
  #isReading = false;

  constructor(follow: FollowTrace, metrics: MetricStore, logs: LogStore) {
    this.#follow = follow;
    this.#metrics = new LambdaMetrics(metrics);
    this.#http = new HttpMetrics(metrics);
    this.#logs = new LambdaLogs(logs);
  }

  /** From now on metrics and logs are up to date. */
  begin(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#follow((event) => {
      this.#metrics.read(event);
      this.#http.read(event);
      this.#logs.read(event);
    });
  }
}
