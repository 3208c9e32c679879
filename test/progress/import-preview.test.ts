/** What is told before an import is done: all that changes, and nothing that does not. */
import { describe, expect, it } from 'vitest';
import type { CourseIndex } from '../../src/progress/course-index.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';
import { mergeEntries } from '../../src/progress/fact-set.ts';
import { previewImport } from '../../src/progress/import-preview.ts';
import { test } from '../runner/property.ts';
import { anyEntries } from './any-entry.ts';
import { course } from './course-fixture.ts';

let ids = 0;
const fact = (entry: NewEntry, at = 10): Entry => ({ ...entry, id: `n${(ids += 1)}`, at });
const answer = (question: string, correct: boolean) =>
  fact({ kind: 'answer-given', question, hash: 'h1', correct, given: 0, place: 'lesson' });
const draft = (draft: string, value: unknown, at = 10) => fact({ kind: 'draft-kept', draft, version: 'v1', value }, at);
const index: CourseIndex = {
  ...course,
  challenges: [{ id: 'reuse', title: 'Reuse a client', hash: 'c1', href: 'challenges/reuse/', topics: [] }],
  checklist: [{ id: 'costs', title: 'I know what it costs', topics: [] }],
};

describe('a preview', () => {
  it('names what is gained', () => {
    const incoming = [
      fact({ kind: 'lesson-opened', lesson: 'cold' }),
      fact({ kind: 'lesson-opened', lesson: 'cold' }),
      fact({ kind: 'lesson-opened', lesson: 'bill' }),
      fact({ kind: 'lesson-read', lesson: 'cold' }),
      fact({ kind: 'time-spent', lesson: 'cold', seconds: 4000 }),
      answer('cold/a', true),
      answer('cold/a', true),
      answer('cold/b', false),
      fact({ kind: 'challenge-passed', challenge: 'reuse', hash: 'c1', hints: 0 }),
      draft('cold/f', 'typed'),
      draft('place/cold', { section: 'x' }),
    ];
    expect(
      previewImport([fact({ kind: 'lesson-opened', lesson: 'bill' }), answer('cold/b', true)], incoming, index),
    ).toEqual({
      changes: 11,
      gains: [
        { text: '1 lesson begun', names: ['Lesson cold'] },
        { text: '1 lesson read to its end', names: ['Lesson cold'] },
        { text: '3 answers, with 1 question right', names: [] },
        { text: '1 challenge passed', names: ['Reuse a client'] },
        { text: '1 function you typed in', names: ['f (Lesson cold)'] },
        { text: '1 h 7 min of study', names: [] },
      ],
      replaces: [],
      notes: [],
    });
  });

  it('names what is replaced, and says that older things replace nothing', () => {
    const set = (value: 'not-yet' | 'can-show', at: number) =>
      fact({ kind: 'checklist-item-set', item: 'costs', value }, at);
    const current = [
      draft('cold/f', 'mine', 5),
      draft('warm/g', 'mine', 5),
      draft('bill/h', 'mine', 50),
      set('not-yet', 5),
    ];
    const incoming = [
      draft('cold/f', 'theirs', 20),
      draft('warm/g', null, 20),
      draft('bill/h', 'theirs', 20),
      set('can-show', 20),
      ...current.slice(0, 1),
    ];
    expect(previewImport(current, incoming, index)).toEqual({
      changes: 3,
      gains: [],
      replaces: [
        { text: '1 function that you typed in here, by what was typed later elsewhere', names: ['f (Lesson cold)'] },
        {
          text: '1 function that you typed in here, by the lesson’s code: it was reset later elsewhere',
          names: ['g (Lesson warm)'],
        },
        { text: '1 item of the checklist, by a later assessment', names: ['I know what it costs'] },
      ],
      notes: ['2 entries are older than what you have: yours stay.'],
    });
  });

  it('says that what the course does not have is kept', () => {
    const incoming = [fact({ kind: 'lesson-opened', lesson: 'gone' }), answer('cold/gone', true)];
    expect(previewImport([], incoming, index).notes).toEqual([
      '2 entries about what this edition of the course does not have: kept, and counted when it does.',
    ]);
    expect(previewImport([], incoming).notes).toEqual([]);
  });

  test.prop([anyEntries])('of what one has already has nothing to tell', (entries) => {
    const record = mergeEntries(entries, []);
    const preview = previewImport(record, record);
    expect(preview).toMatchObject({ changes: 0, gains: [], replaces: [] });
  });

  test.prop([anyEntries, anyEntries])(
    'tells of a change exactly when a value or the number of facts changes',
    (a, b) => {
      const record = mergeEntries(a, []);
      const after = mergeEntries(record, b);
      const shown = (entries: readonly Entry[]) =>
        entries.map((entry) => ('value' in entry ? [entry.kind, JSON.stringify(entry.value)] : entry.id)).sort();
      if (previewImport(record, b).changes === 0) expect(shown(after)).toEqual(shown(record));
      else expect(after).not.toEqual(record);
    },
  );
});
