/** What counts as known, shaky and unseen. */
import { expect, it } from 'vitest';
import { topicStandings } from '../../src/progress/topic-mastery.ts';
import { answer, course } from './course-fixture.ts';

const standing = (entries: Parameters<typeof topicStandings>[0], topic: string) =>
  topicStandings(entries, course).find((found) => found.topic === topic);

it('lists every topic in the order of the course, unseen at first', () => {
  expect(topicStandings([], course).map(({ topic, mastery }) => [topic, mastery])).toEqual([
    ['cold-start', 'unseen'],
    ['warm-start', 'unseen'],
    ['billing', 'unseen'],
    ['vpc', 'unseen'],
  ]);
});

it('knows a topic when half of its questions are answered and these are right', () => {
  expect(standing([answer('cold/b', true)], 'warm-start')).toMatchObject({ mastery: 'shaky', answered: 1, right: 1 });
  const two = [answer('cold/b', true), answer('warm/a', true)];
  expect(standing(two, 'warm-start')).toMatchObject({ mastery: 'known', answered: 2, right: 2, questions: 3 });
});

it('goes by the latest answer, wherever it was given', () => {
  const known = answer('cold/a', true, 0);
  expect(standing([known, answer('cold/a', false, 10, { place: 'exam' })], 'cold-start')?.mastery).toBe('shaky');
  expect(standing([answer('cold/a', false, -10), known], 'cold-start')?.mastery).toBe('known');
});

it('does not take a right guess for knowledge', () => {
  const guessed = answer('cold/a', true, 0, { confidence: 'guess' });
  expect(standing([guessed], 'cold-start')).toMatchObject({ mastery: 'shaky', answered: 1, right: 0 });
});

it('has not seen a question whose wording has changed since', () => {
  expect(standing([answer('cold/a', true, 0, { hash: 'h0' })], 'cold-start')?.mastery).toBe('unseen');
});

it('leads to the sections that teach the topic', () => {
  expect(standing([], 'warm-start')?.places).toEqual([
    { label: 'Lesson cold', href: 'lessons/cold/' },
    { label: 'Lesson warm: First', href: 'lessons/warm/#first' },
    { label: 'Lesson warm', href: 'lessons/warm/' },
  ]);
  expect(standing([], 'vpc')?.places).toEqual([]);
});
