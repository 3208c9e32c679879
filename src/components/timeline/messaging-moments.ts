/** What happened to messages, events and records, in words. */
import type { BusEvent, MappingEvent, MessageEvent, StreamEvent } from '../../../sandbox/trace.ts';

/** Words for an event, or nothing when it is a detail of another one. */
export function tellMessaging(event: BusEvent | MappingEvent | MessageEvent | StreamEvent): string | undefined {
  switch (event.type) {
    case 'messageSent':
      return `a message is sent to ${event.queueName}`;
    case 'messageReceived':
      return event.receiveCount === 1
        ? `a message is received from ${event.queueName}`
        : `a message is received from ${event.queueName} for the ${ordinal(event.receiveCount)} time`;
    case 'messageReturned':
      return `a message can be received again from ${event.queueName}`;
    case 'messageDeleted':
      return `a message of ${event.queueName} is ${event.cause}`;
    case 'messageMoved':
      return `a message moves from ${event.queueName} to ${event.toQueueName}`;
    case 'messageExpired':
      return `a message of ${event.queueName} expires`;
    case 'messagePublished':
      return `a message is published to ${event.topicName}`;
    case 'notificationDelivered':
      return undefined;
    case 'notificationFailed':
      return `a message of ${event.topicName} cannot be delivered`;
    case 'recordPut':
      return `a record is put into ${event.streamName}`;
    case 'recordRefused':
      return `${event.streamName} refuses a record: too much for its shard`;
    case 'busEventPut':
      return event.rules.length === 0
        ? `an event matches no rule of ${event.busName}`
        : `an event matches ${event.rules.join(' and ')}`;
    case 'scheduleFired':
      return `${event.name} is due`;
    case 'targetReached':
      return undefined;
    case 'targetFailed':
      return `a target of ${event.name} cannot be reached`;
    case 'mappingChanged':
      return `the event source mapping of ${event.functionName} is ${event.state}`;
    case 'batchStarted':
      return `batch ${event.batch} of ${event.size} goes to ${event.functionName}`;
    case 'batchEnded':
      return event.outcome === 'success'
        ? `batch ${event.batch} is done`
        : `batch ${event.batch} ends with ${event.outcome}`;
    case 'batchSplit':
      return `batch ${event.batch} is split in two`;
    case 'itemsFiltered':
      return `${event.count} filtered out for ${event.functionName}`;
    case 'recordsDiscarded':
      return `${event.count} given up (${event.condition})`;
  }
}

function ordinal(count: number): string {
  const last = count % 10;
  if (last > 3 || last === 0 || Math.floor((count % 100) / 10) === 1) return `${count}th`;
  return `${count}${['st', 'nd', 'rd'][last - 1] ?? 'th'}`;
}
