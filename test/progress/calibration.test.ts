/** Whether confidence was earned, and how little a few answers say. */
import { describe, expect, it } from 'vitest';
import { calibration, wilsonRange } from '../../src/progress/calibration.ts';
import { answer, day, hour } from './course-fixture.ts';

const answers = (confidence: string, right: number, wrong: number) => [
  ...Array.from({ length: right }, (_, at) => answer(`q/r${at}`, true, at, { confidence })),
  ...Array.from({ length: wrong }, (_, at) => answer(`q/w${at}`, false, at, { confidence })),
];
const level = (entries: Parameters<typeof calibration>[0], confidence: string) =>
  calibration(entries).find((found) => found.confidence === confidence);

it('counts answers by confidence and leaves out those without', () => {
  const entries = [...answers('sure', 9, 1), answer('q/plain', true)];
  expect(level(entries, 'sure')).toMatchObject({ answers: 10, right: 9 });
  expect(level(entries, 'guess')).toEqual({
    confidence: 'guess',
    answers: 0,
    right: 0,
    range: undefined,
    verdict: 'few',
  });
});

it('takes the first answer of a sitting only', () => {
  const sure = { confidence: 'sure' };
  const entries = [answer('q/a', false, 0, sure), answer('q/a', true, hour, sure), answer('q/a', true, 2 * day, sure)];
  expect(level(entries, 'sure')).toMatchObject({ answers: 2, right: 1 });
});

describe('the verdict', () => {
  it('waits for enough answers', () => {
    expect(level(answers('sure', 0, 4), 'sure')?.verdict).toBe('few');
    expect(level(answers('sure', 0, 5), 'sure')?.verdict).toBe('over');
  });

  it('says when sure is not sure, and when a guess is more than one', () => {
    expect(level(answers('sure', 12, 8), 'sure')?.verdict).toBe('over');
    expect(level(answers('sure', 19, 1), 'sure')?.verdict).toBe('fits');
    expect(level(answers('guess', 19, 1), 'guess')?.verdict).toBe('under');
    expect(level(answers('think-so', 8, 2), 'think-so')?.verdict).toBe('fits');
  });
});

it('widens the range for small numbers', () => {
  // The values of the usual tables for Wilson's interval at 95%.
  const few = wilsonRange(9, 10);
  expect(few.from).toBeCloseTo(0.596, 3);
  expect(few.to).toBeCloseTo(0.982, 3);
  const many = wilsonRange(90, 100);
  expect(many.from).toBeCloseTo(0.826, 3);
  expect(many.to).toBeCloseTo(0.945, 3);
  expect(wilsonRange(0, 3).from).toBe(0);
});
