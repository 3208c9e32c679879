/** The reminder to keep a copy: after much work, seldom, and not after a copy was kept. */
import { expect, it } from 'vitest';
import { copyKept, isCopyDue, lastCopy, reminderPutAway } from '../../src/progress/copy-reminder.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 25);
let ids = 0;
const fact = (entry: NewEntry, at: number): Entry => ({ ...entry, id: `r${(ids += 1)}`, at });
const answers = (number: number, at: number) =>
  Array.from({ length: number }, () =>
    fact({ kind: 'answer-given', question: 'a/b', hash: 'h', correct: true, given: 1, place: 'lesson' }, at),
  );
const setting = (name: string, at: number) => fact({ kind: 'setting-chosen', setting: name, value: true }, at);

it('comes after an hour or so of work', () => {
  expect(isCopyDue([], start)).toBe(false);
  expect(isCopyDue(answers(59, start), start)).toBe(false);
  expect(isCopyDue(answers(60, start), start)).toBe(true);
  const passed = fact({ kind: 'challenge-passed', challenge: 'c', hash: 'h', hints: 0 }, start);
  expect(isCopyDue([passed, passed, passed], start)).toBe(true);
});

it('counts work since the last copy only, and gives a week of peace', () => {
  const record = [...answers(100, start), setting(copyKept, start + 1)];
  expect(lastCopy(record)).toBe(start + 1);
  expect(isCopyDue(record, start + 30 * day)).toBe(false);
  const more = [...record, ...answers(60, start + 2 * day)];
  expect(isCopyDue(more, start + 2 * day)).toBe(false);
  expect(isCopyDue(more, start + 8 * day)).toBe(true);
});

it('that was put away comes back after a week', () => {
  const record = [...answers(100, start), setting(reminderPutAway, start)];
  expect(isCopyDue(record, start + 6 * day)).toBe(false);
  expect(isCopyDue(record, start + 7 * day)).toBe(true);
});
