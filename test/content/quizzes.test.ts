/** Every question of the course, and one of every type: its key is right, every answer it lists as wrong is wrong. */
import { describe, expect, it } from 'vitest';
import { closeQuestion, drawings } from '../../src/quiz/draw.ts';
import { questionSources, questionTypes, typeOf } from '../../src/quiz/types.ts';
import { readCourseQuestions, readExample } from '../quiz/example.ts';

const example = await readExample();
const course = await readCourseQuestions();

it('there is an example of every type', () => {
  expect(new Set(example.map(({ type }) => type))).toEqual(new Set(Object.keys(questionTypes)));
  expect(Object.keys(questionSources)).toEqual(Object.keys(questionTypes));
});

describe.each([...example, ...course].map((data) => [data.id, data] as const))('%s', (_, data) => {
  const type = typeOf(data);
  const drawn = [...drawings(data.draw)].map((numbers) => closeQuestion(data, numbers, 7));

  it('grades its own key right, whatever is drawn', () => {
    const grades = drawn.map((question) => type.grade(question, type.key(question)));
    expect(grades.every(({ correct }) => correct)).toBe(true);
    expect(grades.flatMap(({ replies }) => replies).every(({ right }) => right)).toBe(true);
  });

  it('grades each answer that it lists as wrong wrong, with a reply', () => {
    for (const question of drawn) {
      const foreseen = type.foreseen(question);
      expect(foreseen.length).toBeGreaterThan(0);
      for (const wrong of foreseen) {
        const { correct, replies } = type.grade(question, wrong);
        expect([wrong, correct]).toEqual([wrong, false]);
        expect(replies.some(({ right, text }) => !right && text.length > 0)).toBe(true);
      }
    }
  });

  it('keeps its answers as JSON, and reads them again', () => {
    for (const question of drawn) {
      const key = type.key(question);
      expect(type.read(question, JSON.parse(JSON.stringify(key)))).toEqual(key);
      expect(type.lacks(question, key)).toBeUndefined();
    }
  });

  it('takes nothing that it does not know for an answer', () => {
    for (const kept of [
      undefined,
      null,
      99,
      -1,
      {},
      [],
      [99],
      { reason: 99 },
      { __proto__: null },
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
    ]) {
      const [question] = drawn;
      if (!question) continue;
      const given = type.read(question, kept);
      expect(given === undefined || type.lacks(question, given) !== undefined).toBe(true);
    }
  });

  it('leaves no expression standing in what it shows', () => {
    for (const question of drawn) expect(JSON.stringify(question)).not.toContain('{=');
  });

  it('has a sheet that says the answer', () => {
    for (const question of drawn) expect(type.sheet(question).some(({ right }) => right)).toBe(true);
  });
});
