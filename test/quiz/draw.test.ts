/** Drawing: the same seed asks the same, every number can come up, and shuffling keeps exactly one key. */
import { describe, expect, it } from 'vitest';
import { countDrawings, drawings, drawQuestion, firstSeed } from '../../src/quiz/draw.ts';
import { gradeAnswer } from '../../src/quiz/grade.ts';
import type { NumberField } from '../../src/quiz/number.ts';
import { optionOrder, standInOrder, type Choices } from '../../src/quiz/options.ts';
import { orderOf } from '../../src/quiz/random.ts';
import { plainText } from '../../src/quiz/text.ts';
import { typeOf } from '../../src/quiz/types.ts';
import { fc, test } from '../runner/property.ts';
import { exampleOf, readExample } from './example.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const example = await readExample();
const billed = example.find(({ type }) => type === 'number');
if (!billed) throw new Error('There is no example of a number.');
const choice = await exampleOf<Choices>('single-choice');

describe('numbers', () => {
  it('come from the seed, and stem, key and reply follow', () => {
    const question = drawQuestion<NumberField>(billed, 1);
    const [, n] = /^(\d) cold starts/.exec(plainText(question.stem)) ?? [];
    expect(question.body.answer).toBe(Number(n) * 351);
    expect(plainText(question.explanation)).toBe(`Each is billed 351 ms; ${n ?? ''} times that.`);
    expect(drawQuestion(billed, 1)).toEqual(question);
  });

  it('all come up', () => {
    const answers = Array.from({ length: 200 }, (_, seed) => drawQuestion<NumberField>(billed, seed).body.answer / 351);
    expect([...new Set(answers)].sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are all combinations of what is drawn', () => {
    const draw = { n: { from: 1, to: 2, step: 0.5 }, memory: [128, 256] };
    expect(countDrawings(draw)).toBe(6);
    expect([...drawings(draw)]).toEqual([
      { n: 1, memory: 128 },
      { n: 1.5, memory: 128 },
      { n: 2, memory: 128 },
      { n: 1, memory: 256 },
      { n: 1.5, memory: 256 },
      { n: 2, memory: 256 },
    ]);
  });
});

test.prop([fc.constantFrom(...example), seeds])(
  'whatever is drawn, the key is right and nothing else is',
  (data, seed) => {
    const question = drawQuestion(data, seed);
    const type = typeOf(data);
    expect(gradeAnswer(data, seed, type.key(question)).correct).toBe(true);
    for (const wrong of type.foreseen(question)) expect(gradeAnswer(data, seed, wrong).correct).toBe(false);
  },
);

describe('shuffling', () => {
  test.prop([seeds, fc.integer({ min: 1, max: 12 })])('shows each option once', (seed, count) => {
    expect(orderOf(count, seed).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
  });

  test.prop([seeds])('keeps exactly one key, and its reply with it', (seed) => {
    const question = { ...choice, seed };
    const shown = optionOrder(question.body, question).map((at) => question.body.options[at]);
    expect(shown.filter((option) => option?.right).map((option) => plainText(option?.text ?? []))).toEqual([
      'Four orders',
    ]);
    expect(shown.every((option) => option && option.reply.length > 0)).toBe(true);
  });

  it('gives every place to the key', () => {
    const places = Array.from({ length: 60 }, (_, seed) => optionOrder(choice.body, { ...choice, seed }).indexOf(1));
    expect([...new Set(places)].sort()).toEqual([0, 1, 2]);
  });

  it.each([
    [['1', '4', '6'], true],
    [['None', 'One', 'Four', 'Six'], true],
    [['128 MB', '1,024 MB'], true],
    [['{= n} ms', '{= n + 1} ms'], true],
    [['The handler', 'Init', 'Both of the above'], true],
    [['Neither', 'The first', 'Init'], true],
    [['Init runs once', 'Init runs twice'], false],
    [['The alias', 'The version'], false],
  ])('%j stand in order: %s', (texts, inOrder) => {
    expect(standInOrder(texts)).toBe(inOrder);
  });
});

describe('an answer that was kept', () => {
  it('is wrong when it is missing or incomplete', () => {
    for (const data of example) {
      expect(gradeAnswer(data, firstSeed(data), undefined)).toEqual({ correct: false, replies: [] });
    }
  });
});
