/** The end of an invocation in numbers: REPORT, what is metered, and the answer to the caller. */
import { factNumber, type Facts } from '../facts.ts';
import type { TraceEvent } from '../trace.ts';
import type { FunctionConfiguration, InvocationUsage } from './api.types.ts';
import type { Invocation, InvocationNumbers, InvocationReport } from './invocation.ts';
import { billedDuration, gigabyteSeconds } from './policies/billed-duration.ts';
import { roundToMicroseconds } from '../kernel/clock.ts';

export interface EndedInvocation {
  readonly environmentId: string;
  readonly configuration: FunctionConfiguration;
  /** Virtual ms since the epoch. */
  readonly now: number;
  readonly maxMemoryUsedMB: number;
  readonly initDurationMs?: number;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
}

/** Emits REPORT and the usage, and returns what the caller may want to know. */
export function reportInvocation(
  invocation: Invocation,
  ended: EndedInvocation,
  host: { readonly facts: Facts; readonly emit: (event: TraceEvent) => void },
): InvocationReport {
  const { configuration, now, environmentId } = ended;
  const { MemorySize: memorySizeMB, FunctionName: functionName } = configuration;
  const { requestId } = invocation.request;
  const durationMs = roundToMicroseconds(now - (invocation.startedAt ?? now));
  const billed = billedDuration(durationMs, ended.initDurationMs);
  const numbers: InvocationNumbers = {
    durationMs,
    billedDurationMs: billed.billedMs,
    memorySizeMB,
    maxMemoryUsedMB: ended.maxMemoryUsedMB,
    ...(ended.initDurationMs === undefined ? {} : { initDurationMs: ended.initDurationMs }),
    ...(ended.status === undefined ? {} : { status: ended.status }),
    ...(ended.errorType === undefined ? {} : { errorType: ended.errorType }),
  };
  host.emit({ type: 'invocationReported', time: now, environmentId, requestId, ...numbers });

  const includedMB = factNumber(host.facts, 'ephemeral-storage', 'default');
  const extraStorageMB = Math.max(0, configuration.EphemeralStorage.Size - includedMB);
  const usage: InvocationUsage = {
    requests: 1,
    initGBSeconds: gigabyteSeconds(billed.initMs, memorySizeMB),
    gbSeconds: gigabyteSeconds(billed.handlerMs, memorySizeMB),
    ephemeralStorageGBSeconds: gigabyteSeconds(billed.billedMs, extraStorageMB),
  };
  const architecture = configuration.Architectures[0];
  const meter = (
    name: 'requests' | 'init-gb-seconds' | 'gb-seconds' | 'ephemeral-storage-gb-seconds',
    quantity: number,
    sizeMB?: number,
  ): void => {
    if (quantity === 0) return;
    host.emit({
      type: 'usageMetered',
      time: now,
      functionName,
      requestId,
      architecture,
      meter: name,
      quantity,
      ...(sizeMB === undefined ? {} : { sizeMB }),
    });
  };
  meter('requests', 1);
  meter('init-gb-seconds', usage.initGBSeconds, memorySizeMB);
  meter('gb-seconds', usage.gbSeconds, memorySizeMB);
  meter('ephemeral-storage-gb-seconds', usage.ephemeralStorageGBSeconds, extraStorageMB);
  return { invocation, environmentId, executedVersion: configuration.Version, numbers, usage };
}
