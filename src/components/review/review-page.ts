/** What the review page offers, from the learner's record; a session is loaded when it is begun. */
import type { CourseIndex, IndexedQuestion } from '../../progress/course-index.ts';
import { daysIn } from '../../progress/day.ts';
import type { Entry } from '../../progress/entry.ts';
import { loadCourseIndex } from '../../progress/load-index.ts';
import { openRecord } from '../../progress/record.ts';
import { practiceChoice, practiceQuestions } from '../../progress/review/practice.ts';
import { minutesFor, reviewQueue, sessionOf } from '../../progress/review/queue.ts';
import { followRecord } from '../progress/follow-record.ts';
import { all, say } from '../progress/page-text.ts';
import { count } from '../../progress/words.ts';
import { formatDayName } from '../progress/words.ts';
import type { SessionKind } from './session-state.svelte.ts';

const dayOf = daysIn();
const asked = practiceChoice(location.search);
let busy = false;

followRecord((entries, index) => {
  if (!busy) offer(entries, index);
});

for (const kind of ['review', 'practice'] as const) {
  for (const button of all(`[data-start="${kind}"]`)) button.addEventListener('click', () => void start(kind));
}

function questionsFor(kind: SessionKind, entries: readonly Entry[], index: CourseIndex): readonly IndexedQuestion[] {
  return kind === 'review'
    ? sessionOf(reviewQueue(entries, index, Date.now(), dayOf))
    : practiceQuestions(entries, index, asked ?? { of: 'anything' });
}

function offer(entries: readonly Entry[], index: CourseIndex): void {
  const queue = reviewQueue(entries, index, Date.now(), dayOf);
  const practice = questionsFor('practice', entries, index);
  const nothing = queue.met === 0 && practice.length === 0 && !asked;
  show('[data-review-empty]', nothing);
  show('[data-review-offer]', !nothing && !asked);
  show('[data-practice-offer]', !nothing);
  if (nothing) return;
  const session = sessionOf(queue);
  say('due', dueSentence(session.length, queue.due.length + queue.fresh.length));
  say('later', laterSentence(queue.waiting, queue.ahead));
  show('[data-start="review"]', session.length > 0);
  say('practice', practiceSentence(practice.length, index));
  show('[data-start="practice"]', practice.length > 0);
  show('[data-practice-only]', asked !== undefined);
}

function dueSentence(now: number, due: number): string {
  if (due === 0) return 'Nothing is due today.';
  const minutes = `about ${count(minutesFor(now), 'minute')}`;
  if (due === now) return `${count(now, 'question')} due today: ${minutes}.`;
  return `${count(due, 'question')} due today. A session asks ${now} of them, in ${minutes}; the others can wait.`;
}

function laterSentence(waiting: number, ahead: readonly { day: string; cards: number }[]): string {
  const [next] = ahead;
  return [
    ...(next ? [`Next: ${count(next.cards, 'question')} on ${formatDayName(next.day)}.`] : []),
    ...(waiting > 0 ? [`${count(waiting, 'new question')} from tomorrow on.`] : []),
  ].join(' ');
}

function practiceSentence(questions: number, index: CourseIndex): string {
  const topic = asked?.of === 'topic' ? (index.topics[asked.topic] ?? asked.topic) : '';
  const what =
    asked?.of === 'exam'
      ? 'What you missed in your exam'
      : asked
        ? `Questions you have met on: ${topic}`
        : 'What needs it most';
  if (questions === 0) return `${what}: there are no questions.`;
  return `${what}: ${count(questions, 'question')}, about ${count(minutesFor(questions), 'minute')}.`;
}

function show(selector: string, visible: boolean): void {
  for (const element of all(selector)) element.hidden = !visible;
}

async function start(kind: SessionKind): Promise<void> {
  if (busy) return;
  busy = true;
  const [target] = all('[data-review-session]');
  say('review-problem', '');
  try {
    const [{ runSession }, record, index] = await Promise.all([
      import('./run-session.ts'),
      openRecord(),
      loadCourseIndex(),
    ]);
    show('[data-review-offers]', false);
    if (target) await runSession(target, kind, questionsFor(kind, record.entries, index), { record, index });
    busy = false;
    offer(record.entries, index);
    for (const heading of all('h1')) heading.focus();
  } catch {
    busy = false;
    say('review-problem', 'The questions could not be loaded. Check the connection and try again.');
  }
  show('[data-review-offers]', true);
}
