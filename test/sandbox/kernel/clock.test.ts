/** The virtual clock: order, cancelling, advancing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../sandbox/kernel/clock.ts';

test('runs events by time, and events of one time in the order they were scheduled', () => {
  const clock = new VirtualClock(1000);
  const seen: string[] = [];
  clock.schedule(1200, () => seen.push('b'));
  clock.schedule(1100, () => seen.push('a'));
  clock.schedule(1200, () => seen.push('c'));
  clock.advance({ milliseconds: 200 });
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(clock.now).toBe(1200);
});

test('an event sees its own time, and may schedule more of it', () => {
  const clock = new VirtualClock(0);
  const times: number[] = [];
  clock.schedule(10, () => {
    times.push(clock.now);
    clock.schedule(clock.now, () => times.push(clock.now));
    clock.schedule(5, () => times.push(clock.now));
    clock.schedule(11, () => times.push(clock.now));
  });
  clock.advance({ seconds: 1 });
  expect(times).toEqual([10, 10, 10, 11]);
  expect(clock.now).toBe(1000);
});

test('advance stops short of later events', () => {
  const clock = new VirtualClock(0);
  let ran = false;
  clock.schedule(3_600_000.001, () => (ran = true));
  clock.advance({ hours: 1 });
  expect(ran).toBe(false);
  clock.advance({ milliseconds: 0.001 });
  expect(ran).toBe(true);
});

test('adds up the parts of a duration', () => {
  const clock = new VirtualClock(0);
  clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5.5 });
  expect(clock.now).toBe(93_784_005.5);
  expect(() => clock.advance({ seconds: -1 })).toThrow('A duration must be 0 or more, not -1000 ms.');
});

test('rounds times to microseconds', () => {
  const clock = new VirtualClock(Date.parse('2026-01-05T09:00:00Z'));
  clock.schedule(clock.now + 0.1231, () => undefined);
  clock.runNext();
  expect(clock.now).toBe(1767603600000.123);
});

test('a cancelled event never runs and is not kept', () => {
  const clock = new VirtualClock(0);
  const cancels = Array.from({ length: 100 }, (_, index) => clock.schedule(index, () => expect.unreachable()));
  for (const cancel of cancels) cancel();
  for (const cancel of cancels) cancel();
  expect(clock.pending).toBe(0);
  clock.advance({ seconds: 1 });
});

test('any mixture of scheduling and cancelling runs what is left in order', () => {
  const step = fc.record({ at: fc.integer({ min: 0, max: 20 }), cancels: fc.option(fc.nat(50), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const clock = new VirtualClock(0);
      const ran: number[] = [];
      const cancels = steps.map(({ at }, index) => clock.schedule(at, () => ran.push(index)));
      const cancelled = new Set(steps.flatMap(({ cancels: target }) => (target === undefined ? [] : [target])));
      for (const target of cancelled) cancels[target]?.();
      clock.advance({ seconds: 1 });
      const expected = steps
        .map(({ at }, index) => ({ at, index }))
        .filter(({ index }) => !cancelled.has(index))
        .sort((a, b) => a.at - b.at || a.index - b.index)
        .map(({ index }) => index);
      expect(ran).toEqual(expected);
    }),
  );
});
