/** The laws of merging: it does not matter in which order, how often and by which ways facts come together. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/progress/entry.ts';
import { FactSet, keyOf, mergeEntries, slotOf } from '../../src/progress/fact-set.ts';
import { test } from '../runner/property.ts';
import { anyEntries } from './any-entry.ts';

describe('merging', () => {
  test.prop([anyEntries, anyEntries])('is commutative', (a, b) => {
    expect(mergeEntries(a, b)).toEqual(mergeEntries(b, a));
  });

  test.prop([anyEntries, anyEntries, anyEntries])('is associative', (a, b, c) => {
    expect(mergeEntries(mergeEntries(a, b), c)).toEqual(mergeEntries(a, mergeEntries(b, c)));
  });

  test.prop([anyEntries, anyEntries])('is idempotent', (a, b) => {
    const once = mergeEntries(a, b);
    expect(mergeEntries(once, b)).toEqual(once);
    expect(mergeEntries(once, once)).toEqual(once);
  });

  test.prop([anyEntries, anyEntries])('loses no fact of which every one counts', (a, b) => {
    const ids = new Set(mergeEntries(a, b).map(({ id }) => id));
    const counting = [...a, ...b].filter((entry) => slotOf(entry) === undefined);
    expect(counting.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  test.prop([anyEntries, anyEntries])('never replaces a value with an older one', (a, b) => {
    const merged = new FactSet(mergeEntries(a, b));
    const latest = (entry: Entry) => merged.rivalOf(entry)?.at ?? -1;
    expect([...a, ...b].filter((entry) => slotOf(entry) !== undefined && latest(entry) < entry.at)).toEqual([]);
  });

  test.prop([anyEntries, anyEntries])('tells what it changed, so that rows can follow', (a, b) => {
    const set = new FactSet(a);
    const rows = new Map(set.inOrder.map((entry) => [keyOf(entry), entry]));
    const { added, dropped } = set.take(b);
    for (const key of dropped) rows.delete(key);
    for (const entry of added) rows.set(keyOf(entry), entry);
    expect(new FactSet(rows.values()).inOrder).toEqual(set.inOrder);
    expect(rows.size).toBe(set.inOrder.length);
  });

  it('keeps the drafts for two editions of a lesson', () => {
    const draft = { kind: 'draft-kept', draft: 'a/b', value: 1 } as const;
    const kept = mergeEntries(
      [{ ...draft, version: 'v1', id: '1', at: 1 }],
      [
        { ...draft, version: 'v2', id: '2', at: 2 },
        { ...draft, version: 'v1', id: '3', at: 3 },
      ],
    );
    expect(kept.map(({ id }) => id)).toEqual(['2', '3']);
  });
});

test.prop([anyEntries])('what is dropped is gone, and nothing else', (a) => {
  const set = new FactSet(a);
  const [first, ...rest] = set.inOrder;
  if (first) set.drop([keyOf(first)]);
  expect(set.inOrder).toEqual(rest);
});
