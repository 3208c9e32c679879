/** Requests that arrive at the same moment share one mark above the lanes. Pure. */
import type { Layout } from './layout.ts';
import type { Lane, RequestMark } from './model.ts';

export interface RequestGroup {
  readonly time: number;
  /** `×5`, or empty for a single request that was served. */
  readonly label: string;
  readonly throttled: number;
  /** Down to where the dotted line goes, in CSS pixels; absent when no lane on show serves the group. */
  readonly deepest?: number;
}

/** The marks of all requests, in order of time. */
export function groupRequests(
  requests: readonly RequestMark[],
  lanes: readonly Lane[],
  layout: Layout,
): readonly RequestGroup[] {
  const rows = new Map(lanes.map((lane, row) => [lane.environmentId, row]));
  const groups = Map.groupBy(requests, (request) => request.time);
  return [...groups].map(([time, members]) => {
    const throttled = members.filter((request) => request.throttled).length;
    const served = members.flatMap((request) => {
      const row = request.environmentId === undefined ? undefined : rows.get(request.environmentId);
      return row === undefined ? [] : [row];
    });
    const several = members.length > 1 ? `×${members.length}` : '';
    const refused = throttled === 0 ? '' : throttled === members.length ? 'throttled' : `${throttled} throttled`;
    return {
      time,
      label: [several, refused].filter(Boolean).join(' '),
      throttled,
      ...(served.length > 0 ? { deepest: layout.lanesTop + Math.max(...served) * layout.rowHeight } : {}),
    };
  });
}
