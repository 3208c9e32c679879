/** Traces of an account as a page shows them: a list, and one of them as a waterfall. */
import type { Account } from '../../account.ts';
import { asError } from '../../kernel/pump.ts';
import type { Marks, SegmentDocument, SubsegmentDocument } from '../../services/xray/segment.types.ts';
import type { Trace, TraceSummary } from '../../services/xray/xray.types.ts';
import type { LabQuestion, TracePart, TraceState, TracesView, TraceView } from '../lab.types.ts';
import { read } from './read.ts';

/** The newest traces that fit an expression. */
export function tracesView(
  account: Account,
  { filterExpression, most }: Extract<LabQuestion, { about: 'traces' }>,
): TracesView {
  try {
    const { TraceSummaries: all } = read<{ TraceSummaries: readonly TraceSummary[] }>(
      account,
      'xray',
      'GetTraceSummaries',
      { StartTime: new Date(0), EndTime: new Date(account.clock.now), FilterExpression: filterExpression },
    );
    const traces = all
      .slice(-most)
      .reverse()
      .map((trace) => ({
        id: trace.Id,
        time: trace.StartTime.getTime(),
        duration: trace.Duration * 1000,
        entry: trace.EntryPoint.Name,
        state: stateOf({ fault: trace.HasFault, throttle: trace.HasThrottle, error: trace.HasError }),
        isPartial: trace.IsPartial,
        ...(trace.Http === undefined ? {} : { httpStatus: trace.Http.HttpStatus }),
      }));
    return { traces, count: all.length };
  } catch (error) {
    return { traces: [], count: 0, mistake: asError(error).message };
  }
}

/** One trace; undefined when X-Ray has none of that id. */
export function traceView(account: Account, id: string): TraceView | undefined {
  const { Traces } = read<{ Traces: readonly Trace[] }>(account, 'xray', 'BatchGetTraces', { TraceIds: [id] });
  const [trace] = Traces;
  if (trace === undefined) return undefined;
  const segments = trace.Segments.map(({ Document }) => JSON.parse(Document) as SegmentDocument);
  const start = Math.min(...segments.map(({ start_time: from }) => from));
  return { id, start: start * 1000, duration: trace.Duration * 1000, parts: partsOf(segments, start) };
}

/** Segments stand under the segment or subsegment that names them its child, and where none does at the top. */
function partsOf(segments: readonly SegmentDocument[], start: number): readonly TracePart[] {
  const ids = new Set(segments.flatMap(idsOf));
  const under = Map.groupBy(segments, ({ parent_id: parent }) =>
    parent !== undefined && ids.has(parent) ? parent : undefined,
  );
  const parts: TracePart[] = [];
  const add = (part: SubsegmentDocument, depth: number): void => {
    parts.push(partOf(part, depth, start));
    const inside = [...(part.subsegments ?? []), ...(under.get(part.id) ?? [])];
    for (const child of inside.sort((a, b) => a.start_time - b.start_time)) add(child, depth + 1);
  };
  for (const root of under.get(undefined) ?? []) add(root, 0);
  return parts;
}

const idsOf = ({ id, subsegments = [] }: SubsegmentDocument): readonly string[] => [id, ...subsegments.flatMap(idsOf)];

function partOf(part: SubsegmentDocument & Partial<SegmentDocument>, depth: number, start: number): TracePart {
  const operation = part.aws?.['operation'];
  const kind = typeof operation === 'string' ? operation : part.origin;
  const [exception] = part.cause?.exceptions ?? [];
  const status = part.http?.response?.status;
  return {
    id: part.id,
    name: part.name,
    ...(kind === undefined ? {} : { kind }),
    depth,
    from: milliseconds(part.start_time - start),
    ...(part.end_time === undefined ? {} : { duration: milliseconds(part.end_time - part.start_time) }),
    state: stateOf(part),
    ...(status === undefined ? {} : { httpStatus: status }),
    ...(exception === undefined
      ? {}
      : { exception: [exception.type, exception.message].filter((text) => text !== undefined).join(': ') }),
  };
}

/** Of seconds; microseconds are kept. */
const milliseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e3;

/** The worst of the marks. */
function stateOf({ fault, throttle, error }: { readonly [Mark in keyof Marks]?: boolean }): TraceState {
  if (fault === true) return 'fault';
  if (throttle === true) return 'throttle';
  return error === true ? 'error' : 'ok';
}
