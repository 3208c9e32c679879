/** Laws: whatever is derived is the same for the same facts, in any order, repeated, or merged from two devices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOfStudy, timeByLesson } from '../../src/progress/activity.ts';
import { calibration } from '../../src/progress/calibration.ts';
import { continuePlace } from '../../src/progress/continue-place.ts';
import { daysIn } from '../../src/progress/day.ts';
import type { Entry } from '../../src/progress/entry.ts';
import { lessonProgress } from '../../src/progress/lesson-progress.ts';
import { reviewQueue } from '../../src/progress/review/queue.ts';
import { schedule } from '../../src/progress/review/schedule.ts';
import { topicStandings } from '../../src/progress/topic-mastery.ts';
import { anyRecord, course, day, monday } from './course-fixture.ts';

const utc = daysIn('UTC');

const derivations: Record<string, (entries: readonly Entry[]) => unknown> = {
  'lesson progress': (entries) => lessonProgress(entries, course),
  'place to continue': (entries) => continuePlace(entries, course),
  'topic standings': (entries) => topicStandings(entries, course),
  'days of study': (entries) => daysOfStudy(entries, utc),
  'time by lesson': (entries) => [...timeByLesson(entries)],
  calibration: (entries) => calibration(entries),
  schedule: (entries) => [...schedule(entries, course)],
  'review queue': (entries) => reviewQueue(entries, course, monday + 20 * day, utc),
};

const shuffledRecord = anyRecord.chain((entries) =>
  fc.tuple(
    fc.constant(entries),
    fc.shuffledSubarray([...entries], { minLength: entries.length, maxLength: entries.length }),
    fc.array(fc.boolean(), { minLength: entries.length, maxLength: entries.length }),
  ),
);

describe.each(Object.entries(derivations))('%s', (_name, derive) => {
  it('does not depend on the order of the facts', () => {
    fc.assert(
      fc.property(shuffledRecord, ([entries, shuffled]) => {
        expect(derive(shuffled)).toEqual(derive(entries));
      }),
    );
  });

  it('is the same after a merge of two records that share some facts', () => {
    fc.assert(
      fc.property(shuffledRecord, ([entries, shuffled, onOne]) => {
        const one = entries.filter((_, at) => onOne[at]);
        expect(derive([...shuffled, ...one])).toEqual(derive(entries));
      }),
    );
  });
});

it('undoing a review restores the schedule exactly, wherever in the record it stands', () => {
  fc.assert(
    fc.property(anyRecord, fc.nat(), (entries, pick) => {
      const undone = new Set(entries.filter((entry) => entry.kind === 'review-undone').map(({ review }) => review));
      const reviews = entries.filter(({ kind, id }) => kind === 'card-reviewed' && !undone.has(id));
      const slip = reviews[pick % Math.max(1, reviews.length)];
      fc.pre(slip !== undefined);
      const before = entries.filter((entry) => entry !== slip);
      const after: Entry[] = [...entries, { kind: 'review-undone', review: slip.id, id: 'undo', at: slip.at + 1 }];
      expect([...schedule(after, course)]).toEqual([...schedule(before, course)]);
    }),
  );
});
