/**
 * Tumbling windows: invocations of a shard that pass a state on, until the window's time is over.
 * Source: Lambda developer guide, stateful processing of Kinesis and DynamoDB streams.
 */
import { utf8Length } from '../text-bytes.ts';

export interface OpenWindow {
  /** Virtual ms since the epoch; the end does not belong to it. */
  readonly start: number;
  readonly end: number;
  /** What the last invocation returned as its state. */
  readonly state: unknown;
  /** The state became too large: the window ends before its time. */
  readonly isTerminatedEarly: boolean;
}

/** The window that a time falls into; windows begin at multiples of their length. */
export function windowAt(time: number, lengthMs: number): OpenWindow {
  const start = Math.floor(time / lengthMs) * lengthMs;
  return { start, end: start + lengthMs, state: {}, isTerminatedEarly: false };
}

/** The window after an invocation that answered with `payload`. */
export function withState(window: OpenWindow, payload: string, maximumBytes: number): OpenWindow {
  const state = readState(payload);
  return { ...window, state, isTerminatedEarly: utf8Length(JSON.stringify(state)) > maximumBytes };
}

function readState(payload: string): unknown {
  try {
    const answer: unknown = JSON.parse(payload);
    const state =
      typeof answer === 'object' && answer !== null ? (answer as { readonly state?: unknown }).state : undefined;
    return state ?? {};
  } catch {
    return {};
  }
}

/** What the event has besides its records. */
export function windowFields(
  { start, end, state, isTerminatedEarly }: OpenWindow,
  place: { readonly shardId: string; readonly streamArn: string },
  isFinal: boolean,
): Readonly<Record<string, unknown>> {
  return {
    window: { start: isoSeconds(start), end: isoSeconds(end) },
    state,
    shardId: place.shardId,
    eventSourceARN: place.streamArn,
    isFinalInvokeForWindow: isFinal,
    isWindowTerminatedEarly: isTerminatedEarly,
  };
}

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
