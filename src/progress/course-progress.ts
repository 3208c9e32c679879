/** How far one is with a unit and with the course: every lesson weighs the same. */
import type { CourseIndex } from './course-index.ts';
import type { LessonProgress } from './lesson-progress.ts';

export interface Standing {
  /** Lessons that are done, of all. */
  readonly done: number;
  readonly lessons: number;
  /** Whole percent: 100 only when every lesson is done, and at least 1 as soon as something is. */
  readonly percent: number;
}

export function standingOf(lessons: readonly LessonProgress[]): Standing {
  const done = lessons.filter(({ state }) => state === 'done').length;
  const share = lessons.reduce((sum, lesson) => sum + lesson.share, 0) / Math.max(1, lessons.length);
  return { done, lessons: lessons.length, percent: percentOf(share, done === lessons.length && done > 0) };
}

function percentOf(share: number, complete: boolean): number {
  if (complete) return 100;
  if (share === 0) return 0;
  return Math.min(99, Math.max(1, Math.floor(share * 100)));
}

/** The standing in each unit, by its number. */
export function unitStandings(lessons: readonly LessonProgress[], index: CourseIndex): ReadonlyMap<number, Standing> {
  const byId = new Map(lessons.map((lesson) => [lesson.lesson, lesson]));
  return new Map(
    index.units.map((unit) => [unit.number, standingOf(unit.lessons.flatMap(({ id }) => byId.get(id) ?? []))]),
  );
}
