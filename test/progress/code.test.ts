/** Progress codes: short, the same again, read against an older or newer course without ever claiming a wrong thing. */
import { describe, expect, it } from 'vitest';
import { ProgressCodeError } from '../../src/progress/code/format.ts';
import { withEdition } from '../../src/progress/code/editions.ts';
import { everyGroupOf } from '../../src/progress/code/groups.ts';
import { readCode } from '../../src/progress/code/read-code.ts';
import { writeCode } from '../../src/progress/code/write-code.ts';
import type { CourseIndex, IndexedLesson } from '../../src/progress/course-index.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';
import { mergeEntries } from '../../src/progress/fact-set.ts';
import { lessonProgress, lessonWorkedOn } from '../../src/progress/lesson-progress.ts';
import { fc, test } from '../runner/property.ts';

const now = Date.UTC(2026, 10, 25, 15, 30);
const startOfToday = Date.UTC(2026, 10, 25);

interface Size {
  readonly units: number;
  readonly lessons: number;
  readonly questions: number;
  readonly predictions: number;
  readonly challenges: number;
  readonly items: number;
}
// More of everything than the course has.
const wholeCourse: Size = { units: 8, lessons: 68, questions: 12, predictions: 2, challenges: 24, items: 24 };
const small: Size = { units: 2, lessons: 4, questions: 3, predictions: 1, challenges: 2, items: 3 };
const upTo = (number: number) => Array.from({ length: number }, (_, at) => at);

const lessonOf = (id: string, size: Size): IndexedLesson => ({
  id,
  label: `Lesson ${id}`,
  href: `lessons/${id}/`,
  minutes: 10,
  topics: [],
  sections: [],
  predictions: upTo(size.predictions).map((at) => ({ id: `predict-${at}`, hash: `ph-${id}-${at}` })),
  questions: upTo(size.questions).map((at) => ({ id: `${id}/q${at}`, hash: `h-${id}-${at}`, topic: 't', point: 'p' })),
});

function courseOf(size: Size): CourseIndex {
  const lessons = upTo(size.lessons).map((at) => lessonOf(`lesson-${at}`, size));
  return {
    units: upTo(size.units).map((unit) => ({
      number: unit + 1,
      title: `Unit ${unit + 1}`,
      lessons: lessons.filter((_, at) => Math.floor((at * size.units) / lessons.length) === unit),
    })),
    topics: {},
    challenges: upTo(size.challenges).map((at) => ({
      id: `challenge-${at}`,
      title: `Challenge ${at}`,
      hash: `ch-${at}`,
      href: '',
      topics: [],
    })),
    checklist: upTo(size.items).map((at) => ({ id: `item-${at}`, title: `Item ${at}`, topics: [] })),
  };
}

/** The course with the first question of a lesson in other words. */
const correctedIn = (course: CourseIndex, lesson: string): CourseIndex => ({
  ...course,
  units: course.units.map((unit) => ({
    ...unit,
    lessons: unit.lessons.map((each) =>
      each.id === lesson
        ? {
            ...each,
            questions: each.questions.map((question, at) => (at === 0 ? { ...question, hash: 'new' } : question)),
          }
        : each,
    ),
  })),
});

let ids = 0;
const fact = (entry: NewEntry): Entry => ({ ...entry, id: `f${(ids += 1)}`, at: now - 1000 });

/** A record that has of every thing what `draw` says: 0 nothing, 1 something, 2 and 3 more. */
function recordOf(index: CourseIndex, draw: () => number): Entry[] {
  const lessons = index.units.flatMap((unit) => unit.lessons);
  return [
    ...lessons.flatMap(({ id, predictions, questions }) => [
      ...(draw() ? [fact({ kind: 'lesson-opened', lesson: id })] : []),
      ...(draw() > 1 ? [fact({ kind: 'lesson-read', lesson: id })] : []),
      ...predictions.flatMap(({ id: prediction, hash }) => {
        const drawn = draw();
        return drawn > 0 ? [fact({ kind: 'prediction-made', lesson: id, prediction, hash, held: drawn > 1 })] : [];
      }),
      ...questions.flatMap(({ id: question, hash }) => {
        const drawn = draw();
        const answer = { kind: 'answer-given', question, hash, given: 1, place: 'lesson' } as const;
        return drawn > 0 ? [fact({ ...answer, correct: drawn > 1 })] : [];
      }),
    ]),
    ...index.challenges.flatMap(({ id: challenge, hash }) =>
      draw() > 1 ? [fact({ kind: 'challenge-passed', challenge, hash, hints: 1 })] : [],
    ),
    ...index.checklist.flatMap(({ id: item }) => {
      const value = ([undefined, 'not-yet', 'think-so', 'can-show'] as const)[draw()];
      return value ? [fact({ kind: 'checklist-item-set', item, value })] : [];
    }),
  ];
}

const all = () => 3;
const anyDraw = fc.infiniteStream(fc.integer({ min: 0, max: 3 })).map((stream) => () => Number(stream.next().value));
const without = ({ id: _id, at: _at, ...rest }: Entry) => rest;

describe('a code', () => {
  it('of a whole finished course speaks of each lesson by itself', () => {
    const course = courseOf(wholeCourse);
    const code = writeCode(recordOf(course, all), course, now);
    expect(code.length).toBeLessThanOrEqual(300);
    const { facts, unknown } = readCode(code, { index: correctedIn(course, 'lesson-3') });
    expect([facts.filter(({ kind }) => kind === 'lesson-read').length, unknown]).toEqual([67, 1]);
  });

  it('of a course with something amiss in every lesson speaks of some units as a whole', () => {
    const course = courseOf(wholeCourse);
    const missesLast = recordOf(course, all).filter(
      (entry) => entry.kind !== 'answer-given' || !entry.question.endsWith('/q11'),
    );
    const code = writeCode(missesLast, course, now);
    expect(code.length).toBeLessThanOrEqual(300);
    const readIn = (index: CourseIndex) =>
      readCode(code, { index }).facts.filter(({ kind }) => kind === 'lesson-read').length;
    const unitsChanged = course.units.map(({ lessons }) => readIn(correctedIn(course, lessons[0]?.id ?? '')));
    expect(readIn(course)).toBe(68);
    // A unit has eight or nine lessons; where there was room, only the changed one is lost.
    expect([...new Set(unitsChanged)].sort()).toEqual(expect.arrayContaining([59, 60]));
    expect(Math.min(...unitsChanged)).toBe(59);
  });

  it('of nothing is shorter', () => {
    expect(writeCode([], courseOf(wholeCourse), now)).toMatch(/^[A-Za-z0-9_-]{11}$/);
  });

  test.prop([anyDraw])('of a whole course in whatever state has at most 300 characters', (draw) => {
    const course = courseOf(wholeCourse);
    const code = writeCode(recordOf(course, draw), course, now);
    expect(code).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(code.length).toBeLessThanOrEqual(300);
  });

  test.prop([anyDraw, fc.constantFrom(small, wholeCourse)])(
    'gives somebody else the same progress, challenges and assessments',
    (draw, size) => {
      const course = courseOf(size);
      const record = recordOf(course, draw);
      const { facts, unknown, made } = readCode(writeCode(record, course, now), { index: course });
      expect([unknown, made]).toEqual([0, startOfToday]);
      const progress = (entries: readonly Entry[]) => lessonProgress(entries, course);
      expect(progress(facts)).toEqual(progress(record));
      const kept = (entries: readonly Entry[]) =>
        entries
          .flatMap((entry) =>
            entry.kind === 'challenge-passed'
              ? [entry.challenge]
              : entry.kind === 'checklist-item-set'
                ? [`${entry.item} ${entry.value}`]
                : [],
          )
          .sort();
      expect(kept(facts)).toEqual(kept(record));
    },
  );

  test.prop([anyDraw])('counts once, however often it is read, and adds nothing that is known', (draw) => {
    const course = courseOf(small);
    const record = recordOf(course, draw);
    const code = writeCode(record, course, now);
    expect(readCode(code, { index: course, record }).facts).toEqual([]);
    const { facts } = readCode(code, { index: course });
    expect(mergeEntries(facts, readCode(code, { index: course }).facts)).toEqual(mergeEntries(facts, []));
    expect(readCode(code, { index: course, record: facts }).facts).toEqual([]);
  });

  it('says what a fact of it is', () => {
    const course = courseOf({ units: 1, lessons: 1, questions: 1, predictions: 1, challenges: 1, items: 1 });
    expect(readCode(writeCode(recordOf(course, all), course, now), { index: course }).facts).toEqual([
      { kind: 'lesson-opened', lesson: 'lesson-0', id: 'code:lesson-opened:lesson-0', at: startOfToday },
      { kind: 'lesson-read', lesson: 'lesson-0', id: 'code:lesson-read:lesson-0', at: startOfToday },
      {
        kind: 'prediction-made',
        lesson: 'lesson-0',
        prediction: 'predict-0',
        hash: 'ph-lesson-0-0',
        held: true,
        id: 'code:prediction-made:lesson-0:predict-0:ph-lesson-0-0:true',
        at: startOfToday,
      },
      {
        kind: 'answer-given',
        question: 'lesson-0/q0',
        hash: 'h-lesson-0-0',
        correct: true,
        given: null,
        place: 'lesson',
        id: 'code:answer-given:lesson-0/q0:h-lesson-0-0',
        at: startOfToday,
      },
      {
        kind: 'challenge-passed',
        challenge: 'challenge-0',
        hash: 'ch-0',
        hints: 0,
        id: 'code:challenge-passed:challenge-0:ch-0',
        at: startOfToday,
      },
      {
        kind: 'checklist-item-set',
        item: 'item-0',
        value: 'can-show',
        id: 'code:checklist-item-set:item-0:can-show',
        at: startOfToday,
      },
    ]);
  });
});

describe('a code from another edition of the course', () => {
  const old = courseOf({ ...wholeCourse, units: 1, lessons: 8 });
  const oldLessons = old.units[0]?.lessons ?? [];
  const withLessons = (lessons: readonly IndexedLesson[]): CourseIndex => ({
    ...old,
    units: [{ number: 1, title: 'Unit', lessons }],
  });
  const changed = (id: string, change: (lesson: IndexedLesson) => IndexedLesson): CourseIndex =>
    withLessons(oldLessons.map((lesson) => (lesson.id === id ? change(lesson) : lesson)));
  const corrected = changed('lesson-3', (lesson) => ({
    ...lesson,
    questions: lesson.questions.map((question, at) => (at === 4 ? { ...question, hash: 'corrected' } : question)),
  }));
  const record = recordOf(old, all);
  const code = writeCode(record, old, now);
  const right = (index: CourseIndex, earlier = everyGroupOf(index)) =>
    readCode(code, { index, earlier }).facts.flatMap((entry) =>
      entry.kind === 'answer-given' ? [entry.question] : [],
    );

  it('says everything about lessons that are as they were, when others came, went and moved', () => {
    const [first, second, ...rest] = oldLessons;
    const fresh = lessonOf('new-lesson', wholeCourse);
    const index = withLessons([...rest.reverse(), fresh, ...(second ? [second] : [])]);
    const { facts, unknown } = readCode(code, { index });
    expect(unknown).toBe(1);
    const done = lessonProgress(facts, index).filter(({ state }) => state === 'done');
    expect(done.map(({ lesson }) => lesson).sort()).toEqual(
      oldLessons.map(({ id }) => id).filter((id) => id !== first?.id),
    );
    expect(facts.filter((entry) => JSON.stringify(entry).includes('new-lesson'))).toEqual([]);
  });

  it('says nothing about a lesson in which a question was corrected, when the edition is not remembered', () => {
    expect(right(corrected)).toHaveLength(84);
    expect(right(corrected).filter((question) => question.startsWith('lesson-3/'))).toEqual([]);
  });

  it('says it of all its other questions when the edition is remembered', () => {
    const read = right(corrected, withEdition([], old));
    expect(read).toHaveLength(95);
    expect(read).not.toContain('lesson-3/q4');
  });

  it('is remembered once, but for the lesson and the unit that were different', () => {
    const remembered = withEdition([], old);
    expect(withEdition(remembered, old)).toEqual(remembered);
    expect(withEdition(remembered, corrected)).toHaveLength(remembered.length + 2);
  });

  it('does not bring back what the course no longer has', () => {
    const index = withLessons(oldLessons.slice(1));
    const { facts, unknown } = readCode(code, { index, earlier: everyGroupOf(old) });
    expect(unknown).toBe(0);
    expect(facts.filter((entry) => JSON.stringify(without(entry)).includes('lesson-0'))).toEqual([]);
  });

  it('keeps other challenges when one was corrected or added', () => {
    const index: CourseIndex = {
      ...old,
      challenges: old.challenges.map((challenge, at) => (at === 0 ? { ...challenge, hash: 'other' } : challenge)),
    };
    const passed = readCode(code, { index }).facts.filter(({ kind }) => kind === 'challenge-passed');
    expect(passed.length).toBeGreaterThanOrEqual(10);
    expect(passed.filter((entry) => 'challenge' in entry && entry.challenge === 'challenge-0')).toEqual([]);
  });

  const edit = fc.oneof(
    fc.record({ kind: fc.constantFrom('remove', 'correct', 'add', 'swap'), lesson: fc.nat(7), question: fc.nat(9) }),
  );
  test.prop([anyDraw, fc.array(edit, { maxLength: 12 })])('never says what was not so', (draw, edits) => {
    let lessons = oldLessons;
    for (const { kind, lesson: at, question } of edits) {
      const with0 = (change: (questions: IndexedLesson['questions']) => IndexedLesson['questions']) => {
        lessons = lessons.map((each, place) => (place === at ? { ...each, questions: change(each.questions) } : each));
      };
      if (kind === 'remove') with0((questions) => questions.filter((_, place) => place !== question));
      if (kind === 'correct')
        with0((questions) => questions.map((each, place) => (place === question ? { ...each, hash: 'new' } : each)));
      if (kind === 'add')
        with0((questions) => [{ id: `lesson-${at}/new`, hash: 'n', topic: 't', point: 'p' }, ...questions]);
      if (kind === 'swap') with0((questions) => [...questions].reverse());
    }
    const mixed = recordOf(old, draw);
    const had = new Set(mixed.map(claim));
    // Whoever did anything in a lesson has begun it.
    for (const entry of mixed) had.add(JSON.stringify(['lesson-opened', lessonWorkedOn(entry)]));
    const written = writeCode(mixed, old, now);
    for (const earlier of [[], everyGroupOf(old)]) {
      const { facts } = readCode(written, { index: withLessons(lessons), earlier });
      expect(facts.map(claim).filter((each) => !had.has(each))).toEqual([]);
    }
  });
});

const claim = (entry: Entry): string => JSON.stringify([entry.kind, ...aboutWhat(entry)]);

/** What a fact is about and says, without how it came to be. */
function aboutWhat(entry: Entry): readonly unknown[] {
  switch (entry.kind) {
    case 'answer-given':
      return [entry.question, entry.hash, entry.correct];
    case 'prediction-made':
      return [entry.lesson, entry.prediction, entry.hash, entry.held];
    case 'challenge-passed':
      return [entry.challenge, entry.hash];
    case 'checklist-item-set':
      return [entry.item, entry.value];
    default:
      return ['lesson' in entry && entry.lesson];
  }
}

describe('a code that is not right', () => {
  const course = courseOf(small);
  const code = writeCode(recordOf(course, all), course, now);
  const reading = (text: string) => {
    try {
      return readCode(text, { index: course }).facts.length;
    } catch (error) {
      expect(error).toBeInstanceOf(ProgressCodeError);
      return (error as Error).message;
    }
  };

  it('may have spaces and line ends in it', () => {
    expect(reading(` ${code.slice(0, 9)}\n ${code.slice(9)}\r\n`)).toBe(reading(code));
  });

  it('is refused with any one character changed, left out, doubled or two exchanged', () => {
    const wrong = upTo(code.length).flatMap((at) => [
      `${code.slice(0, at)}${code[at] === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`,
      code.slice(0, at) + code.slice(at + 1),
      `${code.slice(0, at)}${code.charAt(at)}${code.slice(at)}`,
      code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2),
    ]);
    const accepted = wrong.filter((text) => text !== code && typeof reading(text) === 'number');
    expect(accepted).toEqual([]);
    expect(reading(wrong[0] ?? '')).toBe(
      'This code is mistyped or cut: it does not agree with itself. Copy all of it again.',
    );
  });

  it.each(['', 'hello', '{"course":"Coldstart"}', 'ä'.repeat(40), '<b>'.repeat(10)])('%j is no code', (text) => {
    expect(reading(text)).toMatch(/^This is not a progress code/);
  });

  test.prop([fc.string({ unit: 'binary', maxLength: 400 })])('of whatever text says so', (text) => {
    expect(typeof reading(text)).toBe('string');
  });
});
