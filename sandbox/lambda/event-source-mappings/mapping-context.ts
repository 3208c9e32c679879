/** What the parts of one mapping have in common: who it is, for whom it works, what it is set to. */
import type { Caller } from '../../services/service.ts';
import type { TraceEvent } from '../../trace.ts';
import type { SourceKind } from './event-source.ts';
import type { MappedFunction, MappingHost } from './mapping-host.ts';
import type { MappingSettings } from './mapping-settings.ts';

export interface MappingContext {
  readonly host: MappingHost;
  readonly mappingId: string;
  readonly sourceArn: string;
  readonly kind: SourceKind;
  /** As it is now: a function's role and timeout can change. @throws {Error} when it is gone */
  readonly target: () => MappedFunction;
  /** For the trace, also when the function is gone. */
  readonly functionName: string;
  readonly settings: MappingSettings;
  /** The next number for a batch. */
  readonly nextBatch: () => number;
  /** What LastProcessingResult says. */
  readonly report: (result: string) => void;
}

type OfMapping = Extract<TraceEvent, { readonly mappingId: string }>;

/** What an event of the trace has beyond what all of a mapping have. */
type Details<Event> = Event extends OfMapping
  ? Omit<Event, 'time' | 'mappingId' | 'functionName' | 'eventSourceArn'>
  : never;

/** Writes an event of the mapping into the trace. */
export function emit({ host, mappingId, functionName, sourceArn }: MappingContext, event: Details<OfMapping>): void {
  const { clock, trace } = host;
  const { type, ...details } = event;
  trace.emit({ type, time: clock.now, mappingId, functionName, eventSourceArn: sourceArn, ...details } as OfMapping);
}

/** Lambda's pollers, which read with the function's role. */
export function roleCaller({ roleArn, name }: MappedFunction): Caller {
  const [, accountId = '', role = ''] = /^arn:aws:iam::(\d*):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`;
  return { kind: 'role', roleArn, sessionArn, environmentId: '' };
}

/** Lambda's pollers, when they invoke. */
export function pollerCaller({ mappingId, host }: MappingContext, traceId?: string): Caller {
  const sourceArn = mappingArn(host.location, mappingId);
  return {
    kind: 'service',
    principal: 'lambda.amazonaws.com',
    sourceArn,
    ...(traceId === undefined ? {} : { traceId }),
  };
}

export function mappingArn({ region, accountId }: MappingHost['location'], mappingId: string): string {
  return `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${mappingId}`;
}

/** Waits before retries: doubling from the first to the last. `failures` from 1; result in ms. */
export function backOffMs(
  failures: number,
  { firstSeconds, lastSeconds }: { firstSeconds: number; lastSeconds: number },
): number {
  return Math.min(firstSeconds * 2 ** Math.min(failures - 1, 30), lastSeconds) * 1000;
}
