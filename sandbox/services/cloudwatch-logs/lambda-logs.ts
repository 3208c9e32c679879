/** Puts what environments log into their log groups and streams, as the trace is written. */
import { LogReader } from '../../lambda/log-lines.ts';
import type { TraceEvent } from '../../trace.ts';
import type { LogStore } from './log-store.ts';

export class LambdaLogs {
  readonly #store: LogStore;
  readonly #reader = new LogReader();
  /** Group and stream by environment, for as long as the environment lives. */
  readonly #streams = new Map<string, { readonly group: string; readonly stream: string }>();

  constructor(store: LogStore) {
    this.#store = store;
  }

  read(event: TraceEvent): void {
    // Without permission to write logs, nothing of it arrives.
    if (event.type === 'environmentCreated' && event.logsDenied !== true) {
      this.#streams.set(event.environmentId, { group: event.logGroupName, stream: event.logStreamName });
    }
    for (const { environmentId, time, text, requestId } of this.#reader.read(event)) {
      const at = this.#streams.get(environmentId);
      if (at === undefined) continue;
      const of = requestId === undefined ? {} : { requestId };
      this.#store.append(at.group, at.stream, { timestamp: Math.floor(time), message: text, ...of });
    }
    if (event.type === 'environmentGone') this.#streams.delete(event.environmentId);
  }
}
