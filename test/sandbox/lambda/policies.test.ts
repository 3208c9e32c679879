/** The rules that the runner and the fleet share. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billedDuration, gigabyteSeconds } from '../../../sandbox/lambda/policies/billed-duration.ts';
import { throttleReason } from '../../../sandbox/lambda/policies/concurrency.ts';
import { expiresAt } from '../../../sandbox/lambda/policies/expiry.ts';
import { selectIdle } from '../../../sandbox/lambda/policies/selection.ts';

test.each([
  [12.68, 295.33, 309, 296],
  [3000, 402.04, 3403, 403],
  [250.06, 100.77, 351, 100],
  [10, undefined, 10, 0],
  [10.001, undefined, 11, 0],
  [0.1, 0.2, 1, 0],
])('%f ms with an init of %s ms bill %i ms', (duration, init, billed, initPart) => {
  expect(billedDuration(duration, init)).toEqual({ billedMs: billed, initMs: initPart, handlerMs: billed - initPart });
});

test('a sum that is whole is not rounded up because of its binary tail', () => {
  expect(billedDuration(0.7, 0.1 + 0.2).billedMs).toBe(1);
  const microseconds = fc.integer({ min: 0, max: 20_000_000 });
  fc.assert(
    fc.property(microseconds, microseconds, (duration, init) => {
      expect(billedDuration(duration / 1000, init / 1000).billedMs).toBe(Math.ceil((duration + init) / 1000));
    }),
  );
});

test('a second at 1,024 MB is a GB-second', () => {
  expect(gigabyteSeconds(1000, 1024)).toBe(1);
  expect(gigabyteSeconds(3, 128)).toBe(0.000375);
});

test('the most recently used idle environment is taken', () => {
  expect(selectIdle(0)).toBe(-1);
  expect(selectIdle(3)).toBe(2);
});

test('an idle environment goes when the keep-alive is over', () => {
  expect(expiresAt(1000, 600)).toBe(1600);
});

test('a reservation is guarantee and cap; the rest share the pool', () => {
  expect(throttleReason({ unreservedInFlight: 9, unreservedLimit: 10 })).toBeUndefined();
  expect(throttleReason({ unreservedInFlight: 10, unreservedLimit: 10 })).toBe('ConcurrentInvocationLimitExceeded');
  expect(
    throttleReason({ unreservedInFlight: 10, unreservedLimit: 10, reserved: { limit: 1, inFlight: 0 } }),
  ).toBeUndefined();
  expect(throttleReason({ unreservedInFlight: 0, unreservedLimit: 10, reserved: { limit: 0, inFlight: 0 } })).toBe(
    'ReservedFunctionConcurrentInvocationLimitExceeded',
  );
});
