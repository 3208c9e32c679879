/** How many questions are due for review now. Loaded after the page, because it brings the schedule's arithmetic. */
import type { CourseIndex } from '../../progress/course-index.ts';
import { daysIn } from '../../progress/day.ts';
import type { Entry } from '../../progress/entry.ts';
import { reviewQueue } from '../../progress/review/queue.ts';

const localDay = daysIn();

export function dueNow(entries: readonly Entry[], index: CourseIndex): number {
  const { due, fresh } = reviewQueue(entries, index, Date.now(), localDay);
  return due.length + fresh.length;
}
