/** Numbers that a lesson quotes from a recorded run. */
import { expect, it } from 'vitest';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { readRunValue } from '../../src/components/lesson/run-value.ts';

const arrived = (time: number, requestId: string): TraceEvent => ({
  type: 'requestArrived',
  time,
  requestId,
  functionName: 'checkout',
  invocationType: 'RequestResponse',
  payloadBytes: 2,
});
const reported = (time: number, requestId: string, durationMs: number, initDurationMs?: number): TraceEvent => ({
  type: 'invocationReported',
  time,
  environmentId: 'a41f',
  requestId,
  durationMs,
  billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
  memorySizeMB: 128,
  maxMemoryUsedMB: 70,
  ...(initDurationMs === undefined ? {} : { initDurationMs }),
});
const trace = [
  arrived(1000, 'one'),
  reported(1470.4, 'one', 10.2, 400.3),
  arrived(2000, 'two'),
  reported(2007, 'two', 7),
];

it.each([
  [1, 'took', 470],
  [1, 'duration', 10],
  [1, 'billed', 411],
  [1, 'init', 400],
  [2, 'took', 7],
  [2, 'init', undefined],
  [3, 'took', undefined],
] as const)('request %i: %s is %s', (request, shown, value) => {
  expect(readRunValue(trace, request, shown)).toBe(value);
});
