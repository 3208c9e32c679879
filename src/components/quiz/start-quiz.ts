/** Brings the questions of a lesson to life: answers are graded, kept in the record, and counted at the end of the quiz. */
import { openRecord } from '../../progress/record.ts';
import { keepAnswer } from './keep-answer.ts';
import { loadQuiz } from './load-quiz.ts';
import { mountQuestion, type MountedQuestion } from './mount-question.ts';

interface Quiz {
  readonly element: HTMLElement;
  /** Questions that are alive, by their elements. */
  readonly mounted: Map<HTMLElement, MountedQuestion>;
  /** Whether the latest answer was right, of the questions that have one. */
  readonly right: Map<HTMLElement, boolean>;
}

const quizzes = new WeakMap<HTMLElement, Quiz>();
const starting = new WeakMap<HTMLElement, Promise<void>>();

/** Takes the place of the static question; what was chosen or typed before stays. Asked again, it waits for the first time. */
export function startQuestion(element: HTMLElement, question: HTMLElement): Promise<void> {
  const start = starting.get(question) ?? mountIn(quizOf(element), question);
  starting.set(question, start);
  start.catch(() => starting.delete(question));
  return start;
}

function quizOf(element: HTMLElement): Quiz {
  const known = quizzes.get(element);
  if (known) return known;
  const quiz: Quiz = { element, mounted: new Map(), right: new Map() };
  quizzes.set(element, quiz);
  element.addEventListener('click', ({ target }) => {
    const again = target instanceof HTMLElement ? target.dataset.again : undefined;
    if (again !== undefined) askAgain(quiz, again === 'missed');
  });
  return quiz;
}

async function mountIn(quiz: Quiz, question: HTMLElement): Promise<void> {
  const target = question.querySelector<HTMLElement>('[data-question]');
  const address = new URL(quiz.element.getAttribute('src') ?? '', document.baseURI).href;
  const data = (await loadQuiz(address)).find(({ id }) => id === question.dataset.id);
  if (!target || !data) throw new Error(`There is no question ${question.dataset.id ?? ''} in ${address}.`);
  const number = question.dataset.number;
  const mounted = await mountQuestion(
    target,
    data,
    {
      place: 'lesson',
      ...(number !== undefined && { number }),
      onanswer: (answer) => {
        quiz.right.set(question, answer.correct);
        tell(quiz);
        void openRecord().then((record) => keepAnswer(record, answer, 'lesson'));
      },
      onchange: () => {
        quiz.right.delete(question);
        tell(quiz);
      },
    },
    target.childElementCount > 0,
  );
  quiz.mounted.set(question, mounted);
  question.dataset.alive = '';
}

const questionsIn = ({ element }: Quiz): HTMLElement[] => [
  ...element.querySelectorAll<HTMLElement>('coldstart-question'),
];

/** The line under the questions: how many are right, and what can be asked again. */
function tell(quiz: Quiz): void {
  const questions = questionsIn(quiz);
  const right = [...quiz.right.values()].filter(Boolean).length;
  const missed = quiz.right.size - right;
  const line = quiz.element.querySelector<HTMLElement>('[data-tally]');
  if (!line) return;
  line.hidden = quiz.right.size === 0;
  const open = questions.length - quiz.right.size;
  const text = line.querySelector('span');
  if (text) text.textContent = `${right} right, ${missed} missed${open > 0 ? `, ${open} open` : ''}.`;
  line.querySelector<HTMLElement>('[data-again=missed]')?.toggleAttribute('hidden', missed === 0);
}

/** Asks all questions again, or only those that were missed: the others make room until all are asked again. */
function askAgain(quiz: Quiz, onlyMissed: boolean): void {
  const questions = questionsIn(quiz);
  const again = questions.filter((question) => !onlyMissed || quiz.right.get(question) === false);
  for (const question of questions) question.hidden = !again.includes(question);
  for (const question of again) if (quiz.right.has(question)) quiz.mounted.get(question)?.retry();
  again[0]?.scrollIntoView({ block: 'nearest' });
  again[0]?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
}
