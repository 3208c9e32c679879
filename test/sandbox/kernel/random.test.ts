/** Seeded randomness: fixed numbers, independent streams, the right distributions. */
import { expect, test } from 'vitest';
import { exponential, naturalLogarithm } from '../../../sandbox/kernel/arithmetic.ts';
import { newEnvironmentId, newTraceId, newUuid } from '../../../sandbox/kernel/ids.ts';
import { Random } from '../../../sandbox/kernel/random.ts';

const draw = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.uniform());

test('the same seed gives the same numbers, another seed others', () => {
  expect(draw(new Random(7), 20)).toEqual(draw(new Random(7), 20));
  expect(draw(new Random(7), 3)).not.toEqual(draw(new Random(8), 3));
  expect(draw(new Random(7), 3)).not.toEqual(draw(new Random(7 + 2 ** 32), 3));
});

test('a stream does not notice what other streams draw', () => {
  const quiet = new Random(7);
  const busy = new Random(7);
  draw(busy, 1000);
  draw(busy.stream('handler'), 1000);
  expect(draw(busy.stream('place'), 5)).toEqual(draw(quiet.stream('place'), 5));
  expect(draw(busy.stream('handler'), 5)).not.toEqual(draw(quiet.stream('place'), 5));
});

test('neighbouring seeds are not correlated', () => {
  const count = 2000;
  const pairs = Array.from({ length: count }, (_, seed) => [
    new Random(seed).uniform(),
    new Random(seed + 1).uniform(),
  ]);
  const covariance = pairs.reduce((sum, [a = 0, b = 0]) => sum + (a - 0.5) * (b - 0.5), 0) / count;
  expect(Math.abs(covariance * 12)).toBeLessThan(0.1);
});

test('uniform numbers are spread over [0, 1)', () => {
  const values = draw(new Random(1), 10_000);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  expect(values.filter((value) => value < 0.1).length).toBeGreaterThan(900);
});

test('a lognormal keeps its mean, or its median and 90th percentile', () => {
  const random = new Random(3);
  const byMean = Array.from({ length: 20_000 }, () => random.lognormal(50, 0.3));
  expect(byMean.reduce((sum, value) => sum + value, 0) / byMean.length / 50).toBeCloseTo(1, 1);
  const byQuantiles = Array.from({ length: 20_000 }, () => random.lognormalFromQuantiles(133, 1.14));
  const below = (limit: number): number => byQuantiles.filter((value) => value < limit).length / byQuantiles.length;
  expect(below(133)).toBeCloseTo(0.5, 1);
  expect(below(133 * 1.14)).toBeCloseTo(0.9, 1);
});

test('exponential and logarithm agree with the language', () => {
  for (let x = -20; x <= 20; x += 0.37) expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 12);
  for (let x = 1e-9; x < 1e9; x *= 3.7) expect(naturalLogarithm(x)).toBeCloseTo(Math.log(x), 12);
  expect(() => naturalLogarithm(0)).toThrow(RangeError);
});

test('identifiers have the shapes of the real ones', () => {
  const random = new Random(7);
  const ids = Array.from({ length: 200 }, () => newUuid(random));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
  expect(newEnvironmentId(random)).toMatch(/^[0-9a-f]{32}$/);
  expect(newTraceId(random, Date.parse('2026-01-05T09:00:00Z'))).toMatch(
    /^Root=1-695b7d90-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
  );
});
