/** Facts of every kind for properties. Few ids, moments and names, so that facts meet, differ and conflict. */
import { fc } from '../runner/property.ts';
import type { Entry } from '../../src/progress/entry.ts';

const lesson = fc.constantFrom('cold', 'warm');
const question = fc.constantFrom('cold/a', 'warm/b');
const hash = fc.constantFrom('h0', 'h1');
const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }), fc.jsonValue({ maxDepth: 1 }));

const written = {
  id: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('i1', 'i2', 'i3', 'i4') }, { weight: 1, arbitrary: fc.uuid() }),
  at: fc.integer({ min: 0, max: 5 }),
};
const fact = (fields: object) => fc.record({ ...written, ...fields } as never) as fc.Arbitrary<Entry>;
const kind = (name: Entry['kind']) => fc.constant(name);

export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fact({ kind: kind('lesson-opened'), lesson }),
  fact({ kind: kind('lesson-read'), lesson }),
  fact({ kind: kind('time-spent'), lesson, seconds: fc.integer({ min: 0, max: 90 }) }),
  fact({ kind: kind('prediction-made'), lesson, prediction: fc.constant('predict-a'), hash, held: fc.boolean() }),
  fact({
    kind: kind('answer-given'),
    question,
    hash,
    correct: fc.boolean(),
    given: value,
    place: fc.constantFrom('lesson', 'review', 'exam', 'practice'),
  }),
  fact({ kind: kind('card-reviewed'), question, hash, rating: fc.constantFrom('again', 'hard', 'good', 'easy') }),
  fact({ kind: kind('review-undone'), review: fc.constantFrom('i1', 'i2') }),
  fact({
    kind: kind('exam-finished'),
    exam: fc.constant('e1'),
    seconds: fc.nat(100),
    questions: fc.array(fc.record({ question, correct: fc.boolean() }), { maxLength: 2 }),
  }),
  fact({ kind: kind('challenge-passed'), challenge: fc.constantFrom('c1', 'c2'), hash, hints: fc.nat(2) }),
  fact({
    kind: kind('checklist-item-set'),
    item: fc.constantFrom('x', 'y'),
    value: fc.constantFrom('not-yet', 'think-so', 'can-show'),
  }),
  fact({
    kind: kind('draft-kept'),
    draft: fc.constantFrom('cold/f', 'warm/g'),
    version: fc.constantFrom('v1', 'v2'),
    value,
  }),
  fact({ kind: kind('setting-chosen'), setting: fc.constantFrom('s', 't'), value }),
);

export const anyEntries: fc.Arbitrary<readonly Entry[]> = fc.array(anyEntry, { maxLength: 25 });
