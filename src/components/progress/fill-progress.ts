/** Fills the progress page from the learner's record, as soon as there is something in it, and after every change. */
import { timeByLesson } from '../../progress/activity.ts';
import { calibration } from '../../progress/calibration.ts';
import type { CourseIndex, IndexedChallenge } from '../../progress/course-index.ts';
import { unitStandings } from '../../progress/course-progress.ts';
import { type DayOf, daysIn } from '../../progress/day.ts';
import type { Entry } from '../../progress/entry.ts';
import { type LessonProgress, lessonProgress } from '../../progress/lesson-progress.ts';
import { minutesFor, reviewQueue } from '../../progress/review/queue.ts';
import { topicStandings } from '../../progress/topic-mastery.ts';
import { followRecord } from './follow-record.ts';
import { showHistory } from './history.ts';
import { correctedSentence } from './lesson-standing.ts';
import { all, say } from './page-text.ts';
import { count, formatTime } from '../../progress/words.ts';
import { confidenceSentence, formatDayName } from './words.ts';

const dayOf = daysIn();

followRecord((entries, index) => {
  for (const empty of all('[data-progress-empty]')) empty.hidden = true;
  for (const parts of all('[data-progress-parts]')) parts.hidden = false;
  const lessons = lessonProgress(entries, index);
  const times = timeByLesson(entries);
  say('time-spent', formatTime([...times.values()].reduce((sum, seconds) => sum + seconds, 0)));
  showChallenges(entries, index);
  showReviews(entries, index, Date.now(), dayOf);
  showUnits(lessons, index, times);
  showTopics(entries, index);
  showHistory(entries, Date.now(), dayOf);
  showCalibration(entries);
});

function showChallenges(entries: readonly Entry[], { challenges }: CourseIndex): void {
  // Of what is asked now: a challenge that was changed asks again.
  const isPassed = ({ id, hash }: IndexedChallenge) =>
    entries.some((entry) => entry.kind === 'challenge-passed' && entry.challenge === id && entry.hash === hash);
  say('challenges-passed', `${challenges.filter(isPassed).length} of ${challenges.length} passed`);
}

function showReviews(entries: readonly Entry[], index: CourseIndex, at: number, days: DayOf): void {
  const { due, fresh, met, ahead, waiting } = reviewQueue(entries, index, at, days);
  const now = due.length + fresh.length;
  const minutes = count(minutesFor(now), 'minute');
  say(
    'reviews',
    met === 0
      ? 'Questions you have answered in a lesson come back here, shortly before you would forget them.'
      : now === 0
        ? 'Nothing is due today.'
        : `${count(now, 'question')} due today, about ${minutes}.`,
  );
  for (const link of all('[data-review-link]')) link.hidden = now === 0;
  const later = ahead.slice(0, 6).map(({ day, cards }) => `${cards} on ${formatDayName(day)}`);
  const more = ahead.length > later.length ? ', and more after that' : '';
  const wait = waiting === 1 ? 'waits' : 'wait';
  say(
    'reviews-later',
    [
      later.length > 0 ? `Later: ${later.join(', ')}${more}.` : '',
      waiting > 0 ? `${count(waiting, 'question')} you have met ${wait} for a first review, from tomorrow on.` : '',
    ]
      .join(' ')
      .trim(),
  );
}

function showUnits(lessons: readonly LessonProgress[], index: CourseIndex, times: ReadonlyMap<string, number>): void {
  for (const [unit, { percent, done, lessons: number }] of unitStandings(lessons, index)) {
    for (const section of all(`[data-unit="${unit}"]`)) {
      say('unit-standing', `${percent}%, ${done} of ${number} done`, section);
      for (const meter of all('[data-unit-meter]', section)) meter.style.setProperty('--percent', `${percent}`);
    }
  }
  for (const progress of lessons) {
    for (const row of all(`[data-lesson-row="${progress.lesson}"]`)) {
      say('steps', stepsSentence(progress, times.get(progress.lesson)), row);
      say('corrected', correctedSentence(progress) ?? '', row);
    }
  }
}

function stepsSentence(progress: LessonProgress, spent: number | undefined): string {
  if (progress.state === 'new') return 'not begun';
  const { read, predicted, predictions, right, questions } = progress;
  return [
    progress.state,
    read ? 'read' : 'not read to the end',
    ...(predictions > 0 ? [`${predicted} of ${predictions} predicted`] : []),
    ...(questions > 0 ? [`${right} of ${questions} right`] : []),
    ...(spent === undefined ? [] : [formatTime(spent)]),
  ].join(' · ');
}

function showTopics(entries: readonly Entry[], index: CourseIndex): void {
  const standings = topicStandings(entries, index);
  for (const group of all('[data-mastery]')) {
    const inGroup = standings.filter(({ mastery }) => mastery === group.dataset.mastery);
    say('topics', count(inGroup.length, 'topic'), group);
    const rows = inGroup.flatMap(({ topic }) => all(`[data-topic="${topic}"]`));
    // Moved only when the group has changed: what has the focus keeps it.
    const list = group.querySelector('ul');
    if (rows.some((row, at) => list?.children[at] !== row)) list?.append(...rows);
  }
  for (const { topic, questions, answered, right } of standings) {
    const words =
      questions === 0
        ? 'no question yet'
        : answered === 0
          ? count(questions, 'question')
          : `${right} of ${answered} right, ${count(questions, 'question')} in all`;
    for (const row of all(`[data-topic="${topic}"]`)) {
      say('answers', words, row);
      for (const link of all('[data-practise]', row)) link.hidden = answered === 0;
    }
  }
}

function showCalibration(entries: readonly Entry[]): void {
  for (const level of calibration(entries)) {
    for (const row of all(`[data-confidence="${level.confidence}"]`)) {
      say('confidence', confidenceSentence(level), row);
      const { range, right, answers } = level;
      for (const part of all('.range, .dot', row)) part.hidden = range === undefined;
      for (const bar of all('.range', row)) {
        bar.style.left = `${(range?.from ?? 0) * 100}%`;
        bar.style.right = `${(1 - (range?.to ?? 0)) * 100}%`;
      }
      for (const dot of all('.dot', row)) dot.style.left = `${(right / Math.max(1, answers)) * 100}%`;
    }
  }
}
