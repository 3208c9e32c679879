/** AWS X-Ray: the traces of an account, read from what happens in it, by GetTraceSummaries and BatchGetTraces. */
import { factNumber } from '../../facts.ts';
import type { TraceEvent } from '../../trace.ts';
import { factError } from '../fact-errors.ts';
import type { Operation, Service, ServiceHost } from '../service.ts';
import { readFilter } from './filter-expression.ts';
import type { Marks, SegmentDocument, SubsegmentDocument } from './segment.types.ts';
import { segmentsOf } from './segments.ts';
import { TraceBook, type TraceRecord } from './trace-book.ts';
import type * as api from './xray.types.ts';

export interface XRayHost extends ServiceHost {
  /** Passes on every event that is kept, then each new one. */
  readonly follow: (listener: (event: TraceEvent) => void) => void;
}

export class XRay implements Service {
  readonly name = 'xray';
  readonly #host: XRayHost;
  readonly #book: TraceBook;
  #isReading = false;

  constructor(host: XRayHost) {
    this.#host = host;
    this.#book = new TraceBook(factNumber(host.facts, 'xray-kept-traces'));
  }

  readonly operations = {
    GetTraceSummaries: this.#operation('GetTraceSummaries', (input: api.GetTraceSummariesRequest) =>
      this.#summaries(input),
    ),
    BatchGetTraces: this.#operation('BatchGetTraces', ({ TraceIds: ids }: api.BatchGetTracesRequest) => {
      const most = factNumber(this.#host.facts, 'xray-batch-traces');
      if (!Array.isArray(ids) || ids.length === 0 || ids.length > most) {
        throw this.#invalid(`TraceIds must have 1 to ${most} ids`);
      }
      const found = ids.flatMap((id: string) => this.#book.get(id) ?? []);
      return {
        Traces: found.map((trace) => this.#describe(trace)),
        UnprocessedTraceIds: ids.filter((id: string) => this.#book.get(id) === undefined) as string[],
      };
    }),
  };

  /** From now on traces are up to date: for accounts that forget what they have told. */
  begin(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#host.follow((event) => this.#book.read(event));
  }

  #operation<Input, Output>(name: string, run: (input: Input) => Output): Operation<Input, Output> {
    return {
      action: `xray:${name}`,
      resources: () => ['*'],
      run: (input) => {
        this.begin();
        return run(input);
      },
    };
  }

  #summaries({ StartTime, EndTime, FilterExpression: filter = '' }: api.GetTraceSummariesRequest): {
    readonly TraceSummaries: readonly api.TraceSummary[];
    readonly TracesProcessedCount: number;
    readonly ApproximateTime: Date;
  } {
    const [start, end] = [StartTime, EndTime].map((time) => new Date(time).getTime());
    if (start === undefined || end === undefined || !(start <= end)) {
      throw this.#invalid('StartTime and EndTime must be times, the first not after the second');
    }
    const matches = filter.trim() === '' ? () => true : readFilter(filter);
    const inRange = this.#book.list().filter((trace) => trace.start >= start && trace.start <= end);
    const TraceSummaries = inRange.map((trace) => this.#summarise(trace)).filter(matches);
    return {
      TraceSummaries,
      TracesProcessedCount: inRange.length,
      ApproximateTime: new Date(this.#host.clock.now),
    };
  }

  #segments(trace: TraceRecord): readonly SegmentDocument[] {
    return segmentsOf(trace, this.#host.location);
  }

  #describe(trace: TraceRecord): api.Trace {
    const segments = this.#segments(trace);
    return {
      Id: trace.id,
      Duration: durationOf(segments),
      LimitExceeded: false,
      Segments: segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment) })),
    };
  }

  #summarise(trace: TraceRecord): api.TraceSummary {
    const segments = this.#segments(trace);
    const ids = new Set(segments.map(({ id }) => id));
    const entry = segments.find(({ parent_id: parent }) => parent === undefined || !ids.has(parent)) ?? segments[0];
    const services = new Map(
      segments.map(({ name, origin }) => [`${name} ${origin}`, this.#service(name, origin)] as const),
    );
    const has = (mark: keyof Marks): boolean => segments.some((segment) => isMarked(segment, mark));
    const { http } = entry ?? {};
    return {
      Id: trace.id,
      StartTime: new Date(trace.start),
      Duration: durationOf(segments),
      ResponseTime: rounded((entry?.end_time ?? entry?.start_time ?? 0) - (entry?.start_time ?? 0)),
      HasFault: has('fault'),
      HasError: has('error'),
      HasThrottle: has('throttle'),
      IsPartial: segments.some(({ in_progress: goesOn }) => goesOn === true),
      ...(http?.request === undefined || http.response === undefined
        ? {}
        : {
            Http: { HttpURL: http.request.url, HttpStatus: http.response.status, HttpMethod: http.request.method },
          }),
      EntryPoint: this.#service(entry?.name ?? '', entry?.origin ?? ''),
      ServiceIds: [...services.values()],
    };
  }

  #service(name: string, type: string): api.ServiceId {
    return { Name: name, Names: [name], AccountId: this.#host.location.accountId, Type: type };
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-xray', 'invalid', { reason });
  }
}

/** Itself, or anything in it. */
function isMarked(segment: SubsegmentDocument, mark: keyof Marks): boolean {
  return segment[mark] === true || (segment.subsegments ?? []).some((part) => isMarked(part, mark));
}

function durationOf(segments: readonly SegmentDocument[]): number {
  const starts = segments.map(({ start_time: start }) => start);
  const ends = segments.map(({ start_time: start, end_time: end }) => end ?? start);
  return segments.length === 0 ? 0 : rounded(Math.max(...ends) - Math.min(...starts));
}

/** Seconds with microseconds. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
