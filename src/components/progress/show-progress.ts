/** Sets what every page shows of the learner's record: marks, percentages, the way on, reviews due. */
import { type ContinuePlace, continuePlace } from '../../progress/continue-place.ts';
import type { CourseIndex, IndexedChallenge } from '../../progress/course-index.ts';
import { standingOf } from '../../progress/course-progress.ts';
import type { Entry } from '../../progress/entry.ts';
import { examInProgress } from '../../progress/exam/exam-draft.ts';
import { type LessonState, lessonProgress } from '../../progress/lesson-progress.ts';
import { onSite } from '../../progress/load-index.ts';
import { followRecord } from './follow-record.ts';
import { showLessonStanding } from './lesson-standing.ts';
import { all, setText } from './page-text.ts';

const words: Record<LessonState, string> = { new: 'not begun:', begun: 'begun:', done: 'done:' };

followRecord((entries, index) => {
  const lessons = lessonProgress(entries, index);
  const states = new Map(lessons.map(({ lesson, state }) => [lesson, state]));
  for (const mark of all('[data-lesson][data-progress]')) {
    const state = states.get(mark.dataset.lesson ?? '') ?? 'new';
    mark.dataset.progress = state;
    setText(mark.firstElementChild, words[state]);
  }
  showChallenges(entries, index);
  const { done, lessons: count, percent } = standingOf(lessons);
  for (const place of all('[data-percent]')) setText(place, `${percent}%`);
  for (const place of all('[data-done-count]')) setText(place, `${done} of ${count} done`);
  for (const meter of all('[data-course]')) meter.style.setProperty('--percent', `${percent}`);
  showWay(wayOn(entries, continuePlace(entries, index), done === count));
  showLessonStanding(lessons);
  if (entries.some(({ kind }) => kind === 'answer-given')) whenIdle(() => void showDue(entries, index));
});

/** A challenge is passed when all its checks passed, of what is asked now. */
function showChallenges(entries: readonly Entry[], { challenges }: CourseIndex): void {
  const isPassed = ({ id, hash }: IndexedChallenge) =>
    entries.some((entry) => entry.kind === 'challenge-passed' && entry.challenge === id && entry.hash === hash);
  const passed = new Set(challenges.filter(isPassed).map(({ id }) => id));
  for (const mark of all('[data-challenge][data-progress]')) {
    const done = passed.has(mark.dataset.challenge ?? '');
    mark.dataset.progress = done ? 'done' : 'new';
    setText(mark.firstElementChild, done ? 'Challenge, passed:' : 'Challenge, not passed:');
  }
  for (const word of all('[data-challenge-passed]')) word.hidden = !passed.has(word.dataset.challengePassed ?? '');
}

interface Way {
  readonly href: string;
  readonly text: string;
}

function wayOn(entries: readonly Entry[], place: ContinuePlace | undefined, complete: boolean): Way | undefined {
  if (examInProgress(entries)) return { href: 'exam/', text: 'Back to your exam' };
  if (place) return { href: place.href, text: `${place.begun ? 'Continue' : 'Next'}: ${place.label}` };
  return complete ? { href: 'review/', text: 'All lessons done: review' } : undefined;
}

function showWay(way: Way | undefined): void {
  if (!way) return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-continue]')) {
    link.href = onSite(way.href);
    setText(link, way.text);
  }
}

async function showDue(entries: readonly Entry[], index: CourseIndex): Promise<void> {
  const { dueNow } = await import('./due-now.ts');
  const due = dueNow(entries, index);
  for (const badge of all('[data-due]')) {
    badge.hidden = due === 0;
    setText(badge.querySelector('.count'), String(due));
  }
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
  else setTimeout(work, 200);
}
