/** The timeline as data: a trace read into lanes, segments, request marks and the moments that can be visited. Pure. */
import type { EnvironmentGone, PhaseName, StartKind, ThrottleReason, TraceEvent } from '../../../sandbox/trace.ts';
import { momentsOf, type Moment } from './moments.ts';
import { shortNames } from './short-names.ts';

/** A phase of an environment, or the time it spends frozen. */
export type SegmentKind = PhaseName | 'frozen';

/** One coloured piece of a lane. Times are virtual ms since the epoch. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
  readonly status: 'success' | 'error' | 'timeout';
  readonly requestId?: string;
  /** The handler answered with a function error. */
  readonly failed?: true;
}

/** The life of one execution environment. */
export interface Lane {
  readonly environmentId: string;
  /** The id cut to what tells it from its neighbours, such as `a41f`. */
  readonly name: string;
  readonly functionName: string;
  /** Made ahead of its requests; it costs while it waits. */
  readonly isProvisioned: boolean;
  readonly created: number;
  readonly segments: readonly Segment[];
  readonly gone?: { readonly time: number; readonly reason: EnvironmentGone['reason'] };
}

/** A request: a mark above the lanes and a line to the lane that served it. */
export interface RequestMark {
  readonly requestId: string;
  /** 1 for the first request of the trace. */
  readonly number: number;
  readonly time: number;
  /** Absent while the request has no environment. */
  readonly environmentId?: string;
  readonly start?: StartKind;
  /** It was refused, and has not found an environment since. */
  readonly throttled?: ThrottleReason;
  /** Its last invocation ended with a function error. */
  readonly failed: boolean;
}

export interface TimelineModel {
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly Lane[];
  readonly requests: readonly RequestMark[];
  readonly moments: readonly Moment[];
}

interface Open {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly requestId?: string;
  failed?: true;
}

interface Draft {
  environmentId: string;
  functionName: string;
  isProvisioned: boolean;
  created: number;
  segments: Segment[];
  open: Open | undefined;
  gone: Lane['gone'];
}

/** Whether environments of more than one function are among the lanes, so that each has to say whose it is. */
export const hasSeveralFunctions = ({ lanes }: Pick<TimelineModel, 'lanes'>): boolean =>
  new Set(lanes.map(({ functionName }) => functionName)).size > 1;

/** Reads a whole trace. `now` is the virtual time reached, when it is later than the last event (after a wait). */
export function timelineOf(trace: readonly TraceEvent[], now?: number): TimelineModel {
  const drafts = new Map<string, Draft>();
  const requests = new Map<string, RequestMark>();
  for (const event of trace) {
    readEnvironment(drafts, event);
    readRequest(requests, event);
  }
  const moments = momentsOf(trace, now);
  const start = moments[0]?.time ?? now ?? 0;
  const end = moments.at(-1)?.time ?? start;
  const names = shortNames([...drafts.keys()]);
  const lanes = [...drafts.values()].map((draft) => toLane(draft, names.get(draft.environmentId) ?? '', end));
  return { start, end, lanes, requests: [...requests.values()], moments };
}

function toLane(draft: Draft, name: string, end: number): Lane {
  close(draft, end, 'success');
  return {
    environmentId: draft.environmentId,
    name,
    functionName: draft.functionName,
    isProvisioned: draft.isProvisioned,
    created: draft.created,
    segments: draft.segments,
    ...(draft.gone ? { gone: draft.gone } : {}),
  };
}

function close(draft: Draft, time: number, status: Segment['status']): void {
  const open = draft.open;
  if (!open) return;
  draft.open = undefined;
  if (time <= open.start) return;
  draft.segments.push({
    kind: open.kind,
    start: open.start,
    end: time,
    status,
    ...(open.requestId ? { requestId: open.requestId } : {}),
    ...(open.failed ? { failed: true } : {}),
  });
}

function readEnvironment(drafts: Map<string, Draft>, event: TraceEvent): void {
  if (!('environmentId' in event)) return;
  const id = event.environmentId;
  if (event.type === 'environmentCreated') {
    const isProvisioned = event.initializationType === 'provisioned-concurrency';
    const { time: created, functionName } = event;
    drafts.set(id, {
      environmentId: id,
      functionName,
      isProvisioned,
      created,
      segments: [],
      open: undefined,
      gone: undefined,
    });
    return;
  }
  const draft = drafts.get(id);
  if (!draft) return;
  if (event.type === 'phaseStarted') {
    // An init that is repeated inside an invocation belongs to that invocation's time: it is drawn as init, then invoke.
    close(draft, event.time, 'success');
    draft.open = { kind: event.phase, start: event.time, ...(event.requestId ? { requestId: event.requestId } : {}) };
  } else if (event.type === 'phaseEnded') {
    if (draft.open?.kind === event.phase) close(draft, event.time, event.status);
  } else if (event.type === 'responseSent') {
    if (event.functionError && draft.open) draft.open.failed = true;
  } else if (event.type === 'environmentFrozen') {
    close(draft, event.time, 'success');
    draft.open = { kind: 'frozen', start: event.time };
  } else if (event.type === 'environmentResumed') {
    if (draft.open?.kind === 'frozen') close(draft, event.time, 'success');
  } else if (event.type === 'environmentGone') {
    close(draft, event.time, 'success');
    draft.gone = { time: event.time, reason: event.reason };
  }
}

function readRequest(requests: Map<string, RequestMark>, event: TraceEvent): void {
  if (event.type === 'requestArrived') {
    const number = requests.size + 1;
    requests.set(event.requestId, { requestId: event.requestId, number, time: event.time, failed: false });
    return;
  }
  const known = 'requestId' in event ? requests.get(event.requestId ?? '') : undefined;
  if (!known) return;
  if (event.type === 'requestPlaced') {
    // An asynchronous request may come back: after a throttle, or after a function error.
    const { throttled, ...waiting } = known;
    const { environmentId, start } = event;
    requests.set(known.requestId, { ...waiting, environmentId, start, failed: false });
  } else if (event.type === 'requestThrottled') {
    requests.set(known.requestId, { ...known, throttled: event.reason });
  } else if (event.type === 'responseSent' && event.functionError) {
    requests.set(known.requestId, { ...known, failed: true });
  }
}
