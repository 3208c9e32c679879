/** The end of an invocation in numbers: REPORT, and what is metered. */
import { factNumber, type Facts } from '../facts.ts';
import type { TraceEvent, UsageMetered } from '../trace.ts';
import type { FunctionConfiguration, InvocationUsage } from './api.types.ts';
import type { Invocation, InvocationNumbers, InvocationReport } from './invocation.ts';
import { billedDuration, gigabyteSeconds } from './policies/billed-duration.ts';
import { requestsOfEvent } from './policies/billed-requests.ts';
import type { TracedInvocation } from './tracing.ts';
import { roundToMicroseconds } from '../kernel/clock.ts';

export interface EndedInvocation {
  readonly environmentId: string;
  readonly configuration: FunctionConfiguration;
  /** Duration has another price in a provisioned environment, and its init was billed when it was made. */
  readonly isProvisioned: boolean;
  /** Virtual ms since the epoch. */
  readonly now: number;
  readonly maxMemoryUsedMB: number;
  readonly initDurationMs?: number;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
  /** With active tracing. */
  readonly tracing?: TracedInvocation;
}

/** Emits REPORT and the usage, and returns what the caller may want to know. */
export function reportInvocation(
  invocation: Invocation,
  ended: EndedInvocation,
  host: { readonly facts: Facts; readonly emit: (event: TraceEvent) => void },
): InvocationReport {
  const { configuration, isProvisioned, now, environmentId } = ended;
  const { MemorySize: memorySizeMB } = configuration;
  const { requestId } = invocation.request;
  const durationMs = roundToMicroseconds(now - (invocation.startedAt ?? now));
  const billed = billedDuration(durationMs, isProvisioned ? 0 : ended.initDurationMs);
  const numbers: InvocationNumbers = {
    durationMs,
    billedDurationMs: billed.billedMs,
    memorySizeMB,
    maxMemoryUsedMB: ended.maxMemoryUsedMB,
    ...(ended.initDurationMs === undefined ? {} : { initDurationMs: ended.initDurationMs }),
    ...(ended.status === undefined ? {} : { status: ended.status }),
    ...(ended.errorType === undefined ? {} : { errorType: ended.errorType }),
  };
  const tracing = ended.tracing === undefined ? {} : { tracing: ended.tracing };
  host.emit({ type: 'invocationReported', time: now, environmentId, requestId, ...numbers, ...tracing });

  const includedMB = factNumber(host.facts, 'ephemeral-storage', 'default');
  const extraStorageMB = Math.max(0, configuration.EphemeralStorage.Size - includedMB);
  const usage: InvocationUsage = {
    requests: invocation.request.isEvent ? requestsOfEvent(invocation.request.payloadBytes, eventRule(host.facts)) : 1,
    initGBSeconds: gigabyteSeconds(billed.initMs, memorySizeMB),
    gbSeconds: gigabyteSeconds(billed.handlerMs, memorySizeMB),
    ephemeralStorageGBSeconds: gigabyteSeconds(billed.billedMs, extraStorageMB),
  };
  const meter = meterOf(configuration, now, host.emit, requestId);
  meter('requests', usage.requests);
  meter('init-gb-seconds', usage.initGBSeconds, memorySizeMB);
  meter(isProvisioned ? 'provisioned-gb-seconds' : 'gb-seconds', usage.gbSeconds, memorySizeMB);
  const freeBytes = factNumber(host.facts, 'streaming-bandwidth', 'uncappedMB') * 1024 * 1024;
  meter('streamed-bytes', Math.max(0, invocation.streamedBytes - freeBytes));
  meter('ephemeral-storage-gb-seconds', usage.ephemeralStorageGBSeconds, extraStorageMB);
  return { invocation, environmentId, executedVersion: configuration.Version, numbers, usage };
}

/** The init of a provisioned environment, which belongs to no request. */
export function meterProvisionedInit(
  initDurationMs: number,
  configuration: FunctionConfiguration,
  now: number,
  emit: (event: TraceEvent) => void,
): void {
  const { billedMs } = billedDuration(initDurationMs);
  const { MemorySize: memorySizeMB } = configuration;
  meterOf(configuration, now, emit)('provisioned-gb-seconds', gigabyteSeconds(billedMs, memorySizeMB), memorySizeMB);
}

function meterOf(
  { FunctionName: functionName, Architectures: [architecture] }: FunctionConfiguration,
  time: number,
  emit: (event: TraceEvent) => void,
  requestId?: string,
): (meter: UsageMetered['meter'], quantity: number, sizeMB?: number) => void {
  return (meter, quantity, sizeMB) => {
    if (quantity === 0) return;
    emit({
      type: 'usageMetered',
      time,
      functionName,
      ...(requestId === undefined ? {} : { requestId }),
      architecture,
      meter,
      quantity,
      ...(sizeMB === undefined ? {} : { sizeMB }),
    });
  };
}

const eventRule = (facts: Facts): { readonly firstBytes: number; readonly chunkBytes: number } => ({
  firstBytes: factNumber(facts, 'async-payload-billing', 'firstKB') * 1024,
  chunkBytes: factNumber(facts, 'async-payload-billing', 'chunkKB') * 1024,
});
