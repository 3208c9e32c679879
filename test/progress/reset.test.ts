/** What goes with each kind of reset, what stays, and that a file from before brings it back. */
import { describe, expect, it } from 'vitest';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';
import { mergeEntries } from '../../src/progress/fact-set.ts';
import { memoryRecord } from '../../src/progress/memory-record.ts';
import { factsToReset, type ResetScope } from '../../src/progress/reset.ts';

const fact = (id: string, entry: NewEntry): Entry => ({ ...entry, id, at: 10 });
const draft = (name: string) => fact(`draft ${name}`, { kind: 'draft-kept', draft: name, version: 'v', value: 1 });
const answer = (question: string) =>
  fact(`answer ${question}`, { kind: 'answer-given', question, hash: 'h', correct: true, given: 1, place: 'lesson' });

const record: readonly Entry[] = [
  fact('opened cold', { kind: 'lesson-opened', lesson: 'cold' }),
  fact('opened cold-b', { kind: 'lesson-opened', lesson: 'cold-b' }),
  fact('read cold', { kind: 'lesson-read', lesson: 'cold' }),
  fact('time cold', { kind: 'time-spent', lesson: 'cold', seconds: 60 }),
  fact('predicted cold', { kind: 'prediction-made', lesson: 'cold', prediction: 'p', hash: 'h', held: true }),
  answer('cold/a'),
  answer('cold-b/a'),
  fact('card cold', { kind: 'card-reviewed', question: 'cold/a', hash: 'h', rating: 'good' }),
  fact('undone', { kind: 'review-undone', review: 'card cold' }),
  fact('exam', { kind: 'exam-finished', exam: 'e', seconds: 60, questions: [] }),
  fact('passed', { kind: 'challenge-passed', challenge: 'reuse', hash: 'h', hints: 1 }),
  fact('item', { kind: 'checklist-item-set', item: 'costs', value: 'can-show' }),
  fact('setting', { kind: 'setting-chosen', setting: 's', value: 1 }),
  draft('cold/checkout'),
  draft('cold-b/checkout'),
  draft('place/cold'),
  draft('exam'),
  draft('challenge/reuse'),
  draft('challenge/reuse/hints'),
];

const gone = (scope: ResetScope) => factsToReset(record, scope).map(({ id }) => id);

describe('a reset', () => {
  it('of a lesson takes all of that lesson and nothing of another', () => {
    expect(gone({ kind: 'lesson', lesson: 'cold' })).toEqual([
      'opened cold',
      'read cold',
      'time cold',
      'predicted cold',
      'answer cold/a',
      'card cold',
      'undone',
      'draft cold/checkout',
      'draft place/cold',
    ]);
  });

  it('of quizzes takes answers, reviews and exams', () => {
    expect(gone({ kind: 'quizzes' })).toEqual([
      'answer cold/a',
      'answer cold-b/a',
      'card cold',
      'undone',
      'exam',
      'draft exam',
    ]);
  });

  it('of challenges takes what was passed, typed and opened there', () => {
    expect(gone({ kind: 'challenges' })).toEqual(['passed', 'draft challenge/reuse', 'draft challenge/reuse/hints']);
  });

  it('of what was typed keeps what was earned with it', () => {
    expect(gone({ kind: 'drafts' })).toEqual(['draft cold/checkout', 'draft cold-b/checkout', 'draft challenge/reuse']);
  });

  it('of everything takes everything', () => {
    expect(gone({ kind: 'everything' })).toHaveLength(record.length);
  });

  it('can be undone, and a file from before brings back what it has', async () => {
    const kept = memoryRecord(record);
    const before = kept.entries;
    const facts = factsToReset(before, { kind: 'quizzes' });
    await kept.remove(facts);
    expect(kept.entries).toHaveLength(record.length - facts.length);
    await kept.merge(facts);
    expect(kept.entries).toEqual(before);
    await kept.remove(factsToReset(before, { kind: 'everything' }));
    expect(kept.entries).toEqual([]);
    await kept.merge(mergeEntries(record, []));
    expect(kept.entries).toEqual(before);
  });
});
