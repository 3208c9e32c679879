/** Log groups and streams with their events, kept as long as each group's retention says. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';

export interface LogEvent {
  /** Virtual ms since the epoch. */
  readonly timestamp: number;
  readonly message: string;
  readonly logStreamName: string;
  /** In the order of arrival, unique in the account. */
  readonly eventId: number;
  /** The invocation that wrote it, where it is known. */
  readonly requestId?: string;
}

export interface LogStream {
  readonly logStreamName: string;
  readonly creationTime: number;
  firstEventTimestamp?: number;
  lastEventTimestamp?: number;
}

export interface LogGroup {
  readonly logGroupName: string;
  readonly creationTime: number;
  /** Never deletes when absent. */
  retentionInDays?: number;
  /** Bytes of all messages that were ever taken in, with what CloudWatch adds to each event: what ingestion is billed by. */
  ingestedBytes: number;
  readonly streams: Map<string, LogStream>;
  /** Oldest first. */
  events: LogEvent[];
  /** Events that were given up because the store was full. */
  droppedEvents: number;
}

const dayMs = 24 * 60 * 60 * 1000;
export class LogStore {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #groups = new Map<string, LogGroup>();
  readonly #maximumEvents: number;
  readonly #eventOverheadBytes: number;
  #count = 0;
  /** Told of every message that comes in. */
  onEvent: (message: string) => void = () => undefined;
  #lastId = 0;

  /** When the store holds more than `maximumEvents`, the group that has most gives up its oldest quarter. */
  constructor(
    clock: Pick<Clock, 'now'>,
    facts: Facts,
    { maximumEvents = 400_000 }: { readonly maximumEvents?: number } = {},
  ) {
    this.#clock = clock;
    this.#maximumEvents = maximumEvents;
    this.#eventOverheadBytes = factNumber(facts, 'log-event-overhead');
  }

  groups(): readonly LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  }

  /** The group with what its retention has left of it. */
  group(name: string): LogGroup | undefined {
    const group = this.#groups.get(name);
    if (group !== undefined) this.#expire(group);
    return group;
  }

  createGroup(logGroupName: string): LogGroup {
    const group: LogGroup = {
      logGroupName,
      creationTime: this.#clock.now,
      ingestedBytes: 0,
      streams: new Map(),
      events: [],
      droppedEvents: 0,
    };
    this.#groups.set(logGroupName, group);
    return group;
  }

  deleteGroup(name: string): boolean {
    this.#count -= this.#groups.get(name)?.events.length ?? 0;
    return this.#groups.delete(name);
  }

  createStream(group: LogGroup, logStreamName: string): LogStream {
    const stream: LogStream = { logStreamName, creationTime: this.#clock.now };
    group.streams.set(logStreamName, stream);
    return stream;
  }

  /** Adds an event; its group and stream are created when there are none. */
  append(
    groupName: string,
    streamName: string,
    event: { timestamp: number; message: string; requestId?: string },
  ): void {
    const group = this.#groups.get(groupName) ?? this.createGroup(groupName);
    const stream = group.streams.get(streamName) ?? this.createStream(group, streamName);
    this.#lastId += 1;
    group.events.push({ ...event, logStreamName: streamName, eventId: this.#lastId });
    group.ingestedBytes += utf8Bytes(event.message) + this.#eventOverheadBytes;
    stream.firstEventTimestamp ??= event.timestamp;
    stream.lastEventTimestamp = event.timestamp;
    this.#count += 1;
    if (this.#count > this.#maximumEvents) this.#makeRoom();
    this.onEvent(event.message);
  }

  #expire(group: LogGroup): void {
    const { retentionInDays: days, events } = group;
    if (days === undefined) return;
    const oldest = this.#clock.now - days * dayMs;
    const first = events[0];
    if (first === undefined || first.timestamp >= oldest) return;
    const kept = events.filter(({ timestamp }) => timestamp >= oldest);
    this.#count -= events.length - kept.length;
    group.events = kept;
  }

  #makeRoom(): void {
    let largest: LogGroup | undefined;
    for (const group of this.#groups.values()) {
      this.#expire(group);
      if (largest === undefined || group.events.length > largest.events.length) largest = group;
    }
    if (largest === undefined || this.#count <= this.#maximumEvents) return;
    const given = Math.ceil(largest.events.length / 4);
    largest.events = largest.events.slice(given);
    largest.droppedEvents += given;
    this.#count -= given;
  }
}

/** Length in UTF-8; most messages are plain ASCII. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
