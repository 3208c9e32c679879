/** What the record shows of a statement of the self-audit, and where it disagrees with the learner. */
import { describe, expect, it } from 'vitest';
import { checklistEvidence, type SelfAssessment } from '../../src/progress/checklist-evidence.ts';
import { sayDisagreement, sayEvidence, saySummary, whereToGo } from '../../src/progress/checklist-words.ts';
import type { CourseIndex } from '../../src/progress/course-index.ts';
import type { Entry } from '../../src/progress/entry.ts';
import { answer, course, fact, finish, hour } from './course-fixture.ts';

const index: CourseIndex = {
  ...course,
  challenges: [
    { id: 'client', title: 'Reuse a client', hash: 'c1', href: 'challenges/client/', topics: ['warm-start'] },
    { id: 'cheap', title: 'Pay less', hash: 'c1', href: 'challenges/cheap/', topics: ['billing'] },
  ],
  checklist: [
    { id: 'starts', title: 'I can tell cold from warm.', topics: ['cold-start', 'warm-start'] },
    { id: 'money', title: 'I can read a bill.', topics: ['billing'] },
    { id: 'vpc', title: 'I can say what a VPC changes.', topics: ['vpc'] },
  ],
};

const says = (item: string, value: SelfAssessment, at = 0): Entry =>
  fact({ kind: 'checklist-item-set', item, value }, at);
const passed = (challenge: string, hash = 'c1'): Entry => fact({ kind: 'challenge-passed', challenge, hash, hints: 0 });
const of = (item: string, ...entries: readonly Entry[]) => {
  const found = checklistEvidence(entries, index).find((evidence) => evidence.item === item);
  if (!found) throw new Error(`There is no item ${item}.`);
  return found;
};
/** The questions about starts, answered in this order. */
const answers = (...right: readonly boolean[]): Entry[] =>
  right.map((correct, at) => answer(['cold/a', 'cold/b', 'warm/a', 'warm/b'][at % 4] ?? '', correct, at * hour));

describe('evidence', () => {
  it('is gathered by topic: lessons, questions, challenges', () => {
    const evidence = of('starts', ...finish('cold'), answer('warm/a', false, hour), passed('client'));
    expect(sayEvidence(evidence)).toBe(
      '1 of 3 lessons done, 2 of 3 answered questions right, challenge “Reuse a client” passed.',
    );
    expect(evidence.nextLesson?.id).toBe('warm');
  });

  it('says what there is before anything was done, and where the course has nothing', () => {
    expect(sayEvidence(of('money'))).toBe('1 question not answered yet, challenge “Pay less” not passed yet.');
    expect(sayEvidence(of('vpc'))).toBe('The course has no lesson, question or challenge on this yet.');
  });

  it('counts the last answer to each question, a guess for nothing, and passes of an earlier version for nothing', () => {
    const evidence = of(
      'starts',
      answer('cold/a', true, 1),
      answer('cold/a', false, 2),
      answer('cold/b', true, 3, { confidence: 'guess' }),
      answer('warm/a', true, 4, { hash: 'h0' }),
      passed('client', 'c0'),
    );
    expect(evidence.questions).toEqual({ all: 4, answered: 2, right: 0 });
    expect(evidence.challenges.passed).toEqual([]);
  });

  it('takes the latest judgement', () => {
    expect(of('starts', says('starts', 'can-show', 5), says('starts', 'not-yet', 9)).says).toBe('not-yet');
  });
});

describe('what is shown', () => {
  it.each([
    ['nothing', []],
    ['something', answers(true)],
    ['something', answers(true, true, true, true)],
    ['something', [...answers(true, false)]],
    ['shown', [passed('client')]],
    ['shown', [...answers(true, true), passed('client')]],
    ['against', [...answers(true, false, false, false)]],
    [
      'against',
      [
        ...answers(true, true, true, true),
        ...answers(false, false, false).map((entry) => ({ ...entry, at: entry.at + 99 * hour })),
      ],
    ],
    ['against', [...answers(false, false, false), passed('client')]],
  ] as const)('is %s', (shown, entries) => {
    expect(of('starts', ...entries).shown).toBe(shown);
  });

  it('is shown by questions alone where there is no challenge', () => {
    const without = { ...index, challenges: [] };
    expect(checklistEvidence(answers(true, true), without)[0]?.shown).toBe('shown');
  });
});

describe('where it disagrees', () => {
  it('tells somebody who says they can that the answers were wrong', () => {
    expect(sayDisagreement(of('starts', says('starts', 'can-show'), ...answers(false, false, false)))).toEqual({
      text: 'You say you can show it; your last 3 answers on it were wrong.',
      link: { text: 'Read it again: “Lesson cold”', href: 'lessons/cold/' },
    });
    expect(sayDisagreement(of('starts', says('starts', 'think-so'), ...answers(false, false, false, true)))?.text).toBe(
      'You think so; 1 of 4 questions on it was right at the last try.',
    );
  });

  it('tells somebody who says they can that nothing shows it yet, and where it could be shown', () => {
    expect(sayDisagreement(of('money', says('money', 'can-show')))).toEqual({
      text: 'You say you can show it; nothing you did here has shown it yet.',
      link: { text: 'Try the challenge “Pay less”', href: 'challenges/cheap/' },
    });
    expect(sayDisagreement(of('vpc', says('vpc', 'can-show')))).toBeUndefined();
  });

  it('tells somebody who doubts that it was shown', () => {
    expect(sayDisagreement(of('starts', says('starts', 'not-yet'), ...answers(true, true), passed('client')))).toEqual({
      text: 'You say not yet; yet you passed “Reuse a client”, and 2 of 2 questions were right. You may be further than you think.',
    });
    expect(sayDisagreement(of('starts', says('starts', 'think-so'), passed('client')))?.text).toBe(
      'You think so; you have shown it: you passed “Reuse a client”.',
    );
  });

  it('is silent where both agree, and where nothing was said', () => {
    expect(sayDisagreement(of('starts', says('starts', 'can-show'), passed('client')))).toBeUndefined();
    expect(sayDisagreement(of('starts', says('starts', 'not-yet'), ...answers(false, false, false)))).toBeUndefined();
    expect(sayDisagreement(of('starts', says('starts', 'think-so'), ...answers(true)))).toBeUndefined();
    expect(sayDisagreement(of('starts', ...answers(false, false, false)))).toBeUndefined();
  });
});

describe('where to go', () => {
  it('is the first lesson that is not done, then a challenge that is not passed, then nowhere', () => {
    expect(whereToGo(of('starts'))?.href).toBe('lessons/cold/');
    const read = ['cold', 'warm', 'bill'].flatMap((id) => finish(id));
    expect(whereToGo(of('starts', ...read))).toEqual({
      text: 'Try the challenge “Reuse a client”',
      href: 'challenges/client/',
    });
    expect(whereToGo(of('starts', ...read, passed('client')))).toBeUndefined();
  });
});

describe('the summary', () => {
  it('counts what was said, and how often it differs', () => {
    expect(saySummary(checklistEvidence([], index))).toBe('You have not judged any of them yet.');
    const entries = [says('starts', 'can-show'), says('money', 'not-yet'), says('vpc', 'think-so')];
    expect(saySummary(checklistEvidence(entries, index))).toBe(
      'You say you can show 1 of 3, think so for 1, and not yet for 1. What you did here says otherwise for 1.',
    );
    expect(saySummary(checklistEvidence([...entries, passed('client')], index))).toBe(
      'You say you can show 1 of 3, think so for 1, and not yet for 1.',
    );
  });
});
