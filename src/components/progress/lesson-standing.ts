/** Fills the box at the end of a lesson: which steps are done, and what asks again because it was corrected. */
import type { LessonProgress } from '../../progress/lesson-progress.ts';

export function showLessonStanding(lessons: readonly LessonProgress[]): void {
  const box = document.querySelector<HTMLElement>('[data-standing]');
  const progress = lessons.find(({ lesson }) => lesson === box?.dataset.standing);
  if (!box || !progress) return;
  box.hidden = false;
  const state = box.querySelector('[data-state]');
  if (state) state.textContent = { new: 'not begun', begun: 'begun', done: 'done' }[progress.state];
  for (const { step, words, complete, part } of stepsOf(progress)) {
    const item = box.querySelector<HTMLElement>(`[data-step="${step}"]`);
    if (!item) continue;
    item.hidden = !part;
    item.toggleAttribute('data-complete', complete);
    const text = item.querySelector('.words');
    if (text) text.textContent = words;
  }
  const corrected = box.querySelector<HTMLElement>('.corrected');
  const sentence = correctedSentence(progress);
  if (!corrected) return;
  corrected.hidden = sentence === undefined;
  corrected.textContent = sentence ?? '';
}

function stepsOf({ read, predicted, predictions, right, questions }: LessonProgress) {
  return [
    { step: 'read', words: read ? 'read to the end' : 'not read to the end yet', complete: read, part: true },
    {
      step: 'predictions',
      words: `${predicted} of ${predictions} ${predictions === 1 ? 'prediction' : 'predictions'} made`,
      complete: predicted === predictions,
      part: predictions > 0,
    },
    {
      step: 'questions',
      words: `${right} of ${questions} ${questions === 1 ? 'question' : 'questions'} answered right`,
      complete: right === questions,
      part: questions > 0,
    },
  ];
}

/** Says that something settled asks again; nothing when nothing does. */
export function correctedSentence({ corrected }: LessonProgress): string | undefined {
  const parts = [
    counted(corrected.questions.length, 'question', 'questions'),
    counted(corrected.predictions.length, 'prediction', 'predictions'),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const one = corrected.questions.length + corrected.predictions.length === 1;
  return `${parts.join(' and ')} ${one ? 'was' : 'were'} corrected since you answered, and ${one ? 'asks' : 'ask'} again.`;
}

const counted = (count: number, one: string, many: string): string | undefined =>
  count === 0 ? undefined : count === 1 ? `One ${one}` : `${count} ${many}`;
