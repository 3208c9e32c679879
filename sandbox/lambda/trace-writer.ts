/** Where the service writes what happens. */
import type { TraceEvent } from '../trace.ts';

export interface TraceWriter {
  /** Freezes the event, keeps it, and returns it. */
  emit<Event extends TraceEvent>(event: Event): Event;
}
