/** An exam from drawing its questions to its report. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, LearnerRecord } from '../../src/progress/entry.ts';
import type { IndexedQuestion } from '../../src/progress/course-index.ts';
import {
  examDraft,
  examInProgress,
  type ExamInProgress,
  readExam,
  startExam,
  withAnswer,
  withFlag,
} from '../../src/progress/exam/exam-draft.ts';
import { handIn, isDue } from '../../src/progress/exam/hand-in.ts';
import { examAnswers, examReports } from '../../src/progress/exam/report.ts';
import { selectQuestions } from '../../src/progress/exam/selection.ts';
import { answer, course, fact, monday } from './course-fixture.ts';

const questions: fc.Arbitrary<IndexedQuestion[]> = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 })
  .map((topics) => topics.map((topic, at) => ({ id: `q/${at}`, hash: 'h1', topic, point: 'p' })));

describe('drawing questions', () => {
  it('gives as many as asked for, or all there are, none twice, the same for the same seed', () => {
    fc.assert(
      fc.property(questions, fc.integer({ min: 0, max: 65 }), fc.nat(), (pool, count, seed) => {
        const drawn = selectQuestions(pool, count, seed);
        expect(drawn).toHaveLength(Math.min(count, pool.length));
        expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
        expect(selectQuestions(pool, count, seed)).toEqual(drawn);
      }),
    );
  });

  it('spreads them over the topics', () => {
    fc.assert(
      fc.property(questions, fc.integer({ min: 1, max: 40 }), fc.nat(), (pool, count, seed) => {
        const drawn = selectQuestions(pool, count, seed);
        const of = (from: readonly IndexedQuestion[], topic: string) => from.filter((q) => q.topic === topic).length;
        const topics = [...new Set(pool.map(({ topic }) => topic))];
        const most = Math.max(0, ...topics.map((topic) => of(drawn, topic)));
        for (const topic of topics) {
          if (of(drawn, topic) < of(pool, topic)) expect(of(drawn, topic)).toBeGreaterThanOrEqual(most - 1);
        }
      }),
    );
  });

  it('draws others with another seed', () => {
    const pool = Array.from({ length: 30 }, (_, at) => ({
      id: `q/${at}`,
      hash: 'h1',
      topic: `t${at % 3}`,
      point: 'p',
    }));
    const drawn = [1, 2, 3].map((seed) => selectQuestions(pool, 5, seed).map(({ id }) => id));
    expect(new Set(drawn.map((ids) => ids.join())).size).toBe(3);
  });
});

const asked = [
  { id: 'cold/a', hash: 'h1' },
  { id: 'warm/a', hash: 'h1' },
  { id: 'bill/a', hash: 'h1' },
];
const started = startExam({ exam: 'e1', about: 'All topics', minutes: 6, seed: 4_294_967_295 }, asked, monday);
const kept = (exam: ExamInProgress | null, at: number) =>
  fact({ kind: 'draft-kept', ...examDraft, value: JSON.parse(JSON.stringify(exam)) as unknown }, at);

describe('an exam being sat', () => {
  it('comes back from the record as it was', () => {
    const worked = withFlag(withAnswer(started, 1, [0, 2], 'sure'), 2, true);
    expect(examInProgress([kept(started, 0), kept(worked, 10)])).toEqual(worked);
    expect(worked.items.map(({ given, flagged }) => [given, flagged])).toEqual([
      [undefined, false],
      [[0, 2], false],
      [undefined, true],
    ]);
  });

  it('forgets an answer that was taken back', () => {
    expect(withAnswer(withAnswer(started, 1, 'a', 'sure'), 1, undefined)).toEqual(started);
  });

  it('is none once it was handed in or given up', () => {
    expect(examInProgress([kept(started, 0), kept(null, 10)])).toBeUndefined();
    const finished = fact({ kind: 'exam-finished', exam: 'e1', seconds: 1, questions: [] }, 5);
    expect(examInProgress([kept(started, 0), finished])).toBeUndefined();
  });

  it('is due when its time is over, also by a clock that was read long after', () => {
    expect(isDue(started, monday + 359_999)).toBe(false);
    expect(isDue(started, monday + 360_000)).toBe(true);
    expect(isDue(started, monday + 90 * 86_400_000)).toBe(true);
  });

  it('is repaired where it can be, and refused where not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const exam = readExam(value);
        expect(exam === undefined || exam.items.length > 0).toBe(true);
      }),
    );
    const damaged = { ...started, at: 99, items: [...started.items, { question: 7 }, null] };
    expect(readExam(damaged)).toEqual({ ...started, at: 2 });
    expect(readExam({ ...started, clock: { ...started.clock, seenAt: 'now' } })).toBeUndefined();
  });
});

/** A record in memory. `failAfter` writes it breaks down, as a tab that is closed does. */
function recordOf(entries: readonly Entry[], failAfter = Infinity): LearnerRecord & { entries: Entry[] } {
  let left = failAfter;
  const record = {
    entries: [...entries],
    add: async (entry: Parameters<LearnerRecord['add']>[0]) => {
      if ((left -= 1) < 0) throw new Error('closed');
      const written = fact(entry, 1000 + record.entries.length);
      record.entries.push(written);
      return written;
    },
    subscribe: () => () => undefined,
  };
  return record;
}
const right = ({ given }: { given?: unknown }) => given === 'right';

describe('handing in', () => {
  const sat = withAnswer(withAnswer(started, 0, 'right'), 1, 'wrong');
  const kinds = (entries: readonly Entry[]) => entries.map(({ kind }) => kind);

  it('writes answers, the result, and that the exam is over', async () => {
    const record = recordOf([kept(sat, 0)]);
    await handIn(record, sat, right, monday + 90_000);
    expect(record.entries.slice(1)).toMatchObject([
      { kind: 'answer-given', question: 'cold/a', correct: true, place: 'exam', given: 'right', seed: 4_294_967_295 },
      { kind: 'answer-given', question: 'warm/a', correct: false, place: 'exam', given: 'wrong', seed: 0 },
      {
        kind: 'exam-finished',
        exam: 'e1',
        seconds: 90,
        questions: [
          { question: 'cold/a', correct: true },
          { question: 'warm/a', correct: false },
          { question: 'bill/a', correct: false },
        ],
      },
      { kind: 'draft-kept', draft: 'exam', value: null },
    ]);
  });

  it('counts no more than the time that was allowed', async () => {
    const record = recordOf([kept(sat, 0)]);
    await handIn(record, sat, right, monday + 86_400_000);
    expect(record.entries).toContainEqual(expect.objectContaining({ kind: 'exam-finished', seconds: 360 }));
  });

  it('happens once, however often it is asked for', async () => {
    const record = recordOf([kept(sat, 0)]);
    await handIn(record, sat, right, monday + 1);
    const once = kinds(record.entries);
    await handIn(record, sat, right, monday + 1);
    expect(kinds(record.entries)).toEqual(once);
  });

  it.each([0, 1, 2, 3])('is completed after a page was closed %i facts into it', async (writes) => {
    const broken = recordOf([kept(sat, 0)], writes);
    await expect(handIn(broken, sat, right, monday + 1)).rejects.toThrow('closed');
    const record = recordOf(broken.entries);
    await handIn(record, sat, right, monday + 1);
    expect(kinds(record.entries).filter((kind) => kind === 'answer-given')).toHaveLength(2);
    expect(kinds(record.entries).filter((kind) => kind === 'exam-finished')).toHaveLength(1);
    expect(examInProgress(record.entries)).toBeUndefined();
  });

  it('leaves out a question that was corrected meanwhile', async () => {
    const record = recordOf([kept(sat, 0)]);
    await handIn(record, sat, (item) => (item.question === 'cold/a' ? undefined : right(item)), monday + 1);
    expect(examReports(record.entries, course)[0]).toMatchObject({ questions: 2, right: 0 });
  });
});

describe('a report', () => {
  const finished = (exam: string, at: number, results: Record<string, boolean>) =>
    fact(
      {
        kind: 'exam-finished',
        exam,
        seconds: 60,
        questions: Object.entries(results).map(([question, correct]) => ({ question, correct })),
      },
      at,
    );

  it('says what was right by topic, the weakest first, with the way back to what was missed', () => {
    const [report] = examReports([finished('e1', 0, { 'bill/a': true, 'cold/b': true, 'warm/a': false })], course);
    expect(report).toMatchObject({ right: 2, questions: 3, missed: ['warm/a'] });
    expect(report?.topics).toEqual([
      {
        topic: 'warm-start',
        title: 'Warm starts',
        right: 1,
        questions: 2,
        points: ['point of warm/a'],
        places: [{ label: 'Lesson warm: First', href: 'lessons/warm/#first' }],
      },
      { topic: 'billing', title: 'The bill', right: 1, questions: 1, points: [], places: [] },
    ]);
  });

  it('counts an exam handed in twice once, and puts the latest first', () => {
    const entries = [
      finished('e1', 0, { 'bill/a': false }),
      finished('e1', 5, { 'bill/a': true }),
      finished('e2', 9, {}),
    ];
    expect(examReports(entries, course).map(({ exam, right }) => [exam, right])).toEqual([
      ['e2', 0],
      ['e1', 0],
    ]);
  });

  it('finds the answers that were handed in with it', () => {
    const exam = { place: 'exam' };
    const entries = [
      answer('bill/a', false, 0, exam),
      finished('e1', 1, { 'bill/a': false }),
      answer('bill/a', true, 10, exam),
      answer('bill/a', false, 11, { place: 'practice' }),
      finished('e2', 12, { 'bill/a': true, 'cold/a': false }),
      answer('bill/a', false, 20, exam),
    ];
    const [second, first] = examReports(entries, course);
    if (!first || !second) throw new Error('There are two reports.');
    expect([...examAnswers(entries, first).values()].map(({ correct }) => correct)).toEqual([false]);
    expect([...examAnswers(entries, second).values()].map(({ correct }) => correct)).toEqual([true]);
  });
});
