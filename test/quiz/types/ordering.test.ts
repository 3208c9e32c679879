/** Ordering: what stands at its place, and how it is shown at first. */
import { expect, it } from 'vitest';
import { firstOrder, ordering, type OrderingBody } from '../../../src/quiz/ordering.ts';
import { fc, test } from '../../runner/property.ts';
import { exampleOf } from '../example.ts';

const question = await exampleOf<OrderingBody>('ordering');

it('judges each place', () => {
  const grade = ordering.grade(question, [0, 2, 1, 3]);
  expect(grade.correct).toBe(false);
  expect(grade.replies.map(({ right }) => right)).toEqual([true, false, false, true]);
});

it('takes only an order of all items for an answer', () => {
  expect(ordering.read(question, [3, 2, 1, 0])).toEqual([3, 2, 1, 0]);
  for (const kept of [[0, 1, 2], [0, 0, 1, 2], [0, 1, 2, 4], 'abcd']) {
    expect(ordering.read(question, kept)).toBeUndefined();
  }
});

test.prop([fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 3, max: 7 })])(
  'shows every item once, and never in the right order',
  (seed, count) => {
    const items = Array.from({ length: count }, (_, at) => ({ text: [`item ${at}`], reply: [] }));
    const order = firstOrder({ ...question, seed, body: { items } });
    expect(order.toSorted((a, b) => a - b)).toEqual(items.map((_, at) => at));
    expect(order).not.toEqual(items.map((_, at) => at));
  },
);
