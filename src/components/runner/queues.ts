/** How many messages lie in each queue, read off a trace. Pure. */
import type { TraceEvent } from '../../../sandbox/trace.ts';

export interface QueueView {
  readonly name: string;
  /** Hidden ones included. */
  readonly messages: number;
}

/** Every queue that a message has been in, in the order of their first messages. */
export function queuesOf(trace: readonly TraceEvent[]): readonly QueueView[] {
  const counts = new Map<string, number>();
  const add = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  for (const event of trace) {
    if (event.type === 'messageSent') add(event.queueName, 1);
    else if (event.type === 'messageDeleted' || event.type === 'messageExpired') add(event.queueName, -1);
    else if (event.type === 'messageMoved') {
      add(event.queueName, -1);
      add(event.toQueueName, 1);
    }
  }
  return [...counts].map(([name, messages]) => ({ name, messages }));
}
