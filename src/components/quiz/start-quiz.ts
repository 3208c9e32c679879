/** Brings the questions of a lesson to life: answers are graded and kept in the record, and questions asked again. */
import { openRecord } from '../../progress/record.ts';
import { keepAnswer } from './keep-answer.ts';
import { loadQuiz } from './load-quiz.ts';
import { mountQuestion, type MountedQuestion } from './mount-question.ts';

/** Questions that are alive, or about to be, by their elements. */
const alive = new WeakMap<HTMLElement, Promise<MountedQuestion>>();

/** Takes the place of the static question; what was chosen or typed before stays. Asked again, it waits for the first time. */
export async function startQuestion(quiz: HTMLElement, question: HTMLElement): Promise<void> {
  const start = alive.get(question) ?? mountIn(quiz, question);
  alive.set(question, start);
  start.catch(() => alive.delete(question));
  await start;
}

async function mountIn(quiz: HTMLElement, question: HTMLElement): Promise<MountedQuestion> {
  const target = question.querySelector<HTMLElement>('[data-question]');
  const address = new URL(quiz.getAttribute('src') ?? '', document.baseURI).href;
  const data = (await loadQuiz(address)).find(({ id }) => id === question.dataset.id);
  if (!target || !data) throw new Error(`There is no question ${question.dataset.id ?? ''} in ${address}.`);
  const number = question.dataset.number;
  const mounted = await mountQuestion(
    target,
    data,
    {
      place: 'lesson',
      ...(number !== undefined && { number }),
      onanswer: (answer) => void openRecord().then((record) => keepAnswer(record, answer, 'lesson')),
    },
    target.childElementCount > 0,
  );
  question.dataset.alive = '';
  return mounted;
}

/** Asks all questions again, or only those that were missed: the others make room until all are asked again. */
export async function askAgain(quiz: HTMLElement, which: 'missed' | 'all'): Promise<void> {
  const questions = [...quiz.querySelectorAll<HTMLElement>('coldstart-question')];
  const again = questions.filter(({ dataset }) => which === 'all' || dataset.answered === 'wrong');
  for (const question of questions) question.hidden = !again.includes(question);
  for (const question of again) if (question.dataset.answered) (await alive.get(question))?.retry();
  again[0]?.scrollIntoView({ block: 'nearest' });
  again[0]?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
}
