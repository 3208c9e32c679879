/** What a learner's record says about a challenge. */
import { expect, it } from 'vitest';
import { standingOf } from '../../src/components/challenge/challenge-record.ts';
import type { Entry } from '../../src/progress/entry.ts';

const passed = (challenge: string, hash: string, at: number): Entry => ({
  kind: 'challenge-passed',
  id: `p${at}`,
  at,
  challenge,
  hash,
  hints: 0,
});
const hints = (challenge: string, value: unknown, at: number): Entry => ({
  kind: 'draft-kept',
  id: `h${at}`,
  at,
  draft: `challenge/${challenge}/hints`,
  version: 'h1',
  value,
});

it('is nothing at first', () => {
  expect(standingOf([], 'client', 'h1')).toEqual({ hints: 0 });
});

it('is passed since the first time, of what is asked now', () => {
  const entries = [
    passed('client', 'h0', 1),
    passed('other', 'h1', 2),
    passed('client', 'h1', 3),
    passed('client', 'h1', 4),
  ];
  expect(standingOf(entries, 'client', 'h1')).toEqual({ hints: 0, passedAt: 3 });
  expect(standingOf(entries, 'client', 'h2')).toEqual({ hints: 0 });
});

it('counts the most hints that were ever opened, and takes nothing else for a number of hints', () => {
  const entries = [hints('client', 1, 1), hints('client', 2, 2), hints('client', 'three', 3), hints('other', 3, 4)];
  expect(standingOf(entries, 'client', 'h1')).toEqual({ hints: 2 });
});
