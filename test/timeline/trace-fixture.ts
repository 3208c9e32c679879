/** A small trace written by hand: a cold start, a warm one, 15 idle minutes in which the environment goes, a cold one. */
import type { TraceEvent } from '../../sandbox/trace.ts';

/** 2026-01-05T09:00:00Z */
export const startTime = 1767603600000;

const firstEnvironment = 'a41f9c2077d14b1f8a35d1f5a8f0b0c1';
const secondEnvironment = '9c20a41f77d14b1f8a35d1f5a8f0b0c2';
const request = (number: number) => `6f1c0000-0000-4000-8000-00000000000${number}`;

interface Run {
  readonly number: number;
  readonly environmentId: string;
  /** ms after the start of the trace. */
  readonly at: number;
  readonly durationMs: number;
  readonly initMs?: number;
}

function invocation({ number, environmentId, at, durationMs, initMs }: Run): TraceEvent[] {
  const requestId = request(number);
  const time = startTime + at;
  const invoked = time + (initMs ?? 0);
  const done = invoked + durationMs;
  const usage = {
    type: 'usageMetered',
    functionName: 'checkout',
    requestId,
    architecture: 'arm64',
    time: done,
  } as const;
  return [
    {
      type: 'requestArrived',
      time,
      requestId,
      functionName: 'checkout',
      invocationType: 'RequestResponse',
      payloadBytes: 2,
    },
    ...(initMs === undefined
      ? ([{ type: 'environmentResumed', time, environmentId }] as const)
      : ([
          {
            type: 'environmentCreated',
            time,
            environmentId,
            functionName: 'checkout',
            version: '$LATEST',
            runtime: 'nodejs24.x',
            runtimeVersion: 'nodejs:24.v18',
            runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0',
            architecture: 'arm64',
            memorySizeMB: 128,
            ephemeralStorageMB: 512,
            logGroupName: '/aws/lambda/checkout',
            logStreamName: `2026/01/05/[$LATEST]${environmentId}`,
            initializationType: 'on-demand',
          },
        ] as const)),
    { type: 'requestPlaced', time, environmentId, requestId, start: initMs === undefined ? 'warm' : 'cold' },
    ...(initMs === undefined
      ? []
      : ([
          { type: 'phaseStarted', time, environmentId, phase: 'init' },
          {
            type: 'phaseEnded',
            time: invoked,
            environmentId,
            phase: 'init',
            status: 'success',
            durationMs: initMs,
          },
        ] as const)),
    { type: 'phaseStarted', time: invoked, environmentId, phase: 'invoke', requestId },
    { type: 'invocationStarted', time: invoked, environmentId, requestId, version: '$LATEST' },
    { type: 'responseSent', time: done, environmentId, requestId, statusCode: 200, payload: `{"served":${number}}` },
    { type: 'phaseEnded', time: done, environmentId, phase: 'invoke', requestId, status: 'success', durationMs },
    {
      type: 'invocationReported',
      time: done,
      environmentId,
      requestId,
      durationMs,
      billedDurationMs: Math.ceil(durationMs + (initMs ?? 0)),
      memorySizeMB: 128,
      maxMemoryUsedMB: 70,
      ...(initMs === undefined ? {} : { initDurationMs: initMs }),
    },
    { ...usage, meter: 'requests', quantity: 1 },
    { ...usage, meter: 'gb-seconds', quantity: (Math.ceil(durationMs) / 1000) * 0.125 },
    { type: 'environmentFrozen', time: done, environmentId },
  ];
}

/** Cold (init 130 ms, handler 10 ms), warm at +140 ms (2 ms), gone after 6 min, cold again after 15 min. */
export const trace: readonly TraceEvent[] = [
  ...invocation({ number: 1, environmentId: firstEnvironment, at: 0, initMs: 130, durationMs: 10 }),
  ...invocation({ number: 2, environmentId: firstEnvironment, at: 140, durationMs: 2 }),
  { type: 'environmentGone', time: startTime + 360_142, environmentId: firstEnvironment, reason: 'idle' },
  ...invocation({ number: 3, environmentId: secondEnvironment, at: 900_142, initMs: 120, durationMs: 8 }),
];
