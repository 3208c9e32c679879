/**
 * What the learner's record knows of a lesson's questions: each is marked with that and when it was answered, not how, and
 * the line below them counts. Both follow the record, also what other tabs write.
 */
import { openRecord } from '../../progress/record.ts';
import { latestAnswers, tellAnswer } from './keep-answer.ts';

/** `element` holds the questions. */
export async function showAnswersSoFar(element: HTMLElement): Promise<void> {
  const record = await openRecord();
  const questions = [...element.querySelectorAll<HTMLElement>('coldstart-question')];
  const hashes = new Map(questions.map(({ dataset }) => [dataset.id ?? '', dataset.hash ?? '']));
  const show = () => {
    const answers = latestAnswers(record.entries, hashes);
    for (const question of questions) {
      const answer = answers.get(question.dataset.id ?? '');
      if (answer) question.dataset.answered = answer.correct ? 'right' : 'wrong';
      else delete question.dataset.answered;
      const line = question.querySelector<HTMLElement>('[data-earlier]');
      if (!line) continue;
      line.hidden = answer === undefined;
      line.textContent = answer ? `${answer.correct ? '✓' : '✗'} ${tellAnswer(answer, Date.now())}` : '';
    }
    count(element, questions);
  };
  record.subscribe(show);
  show();
}

function count(element: HTMLElement, questions: readonly HTMLElement[]): void {
  const line = element.querySelector<HTMLElement>('[data-tally]');
  const text = line?.querySelector('span');
  if (!line || !text) return;
  const of = (answered: string | undefined) => questions.filter(({ dataset }) => dataset.answered === answered).length;
  const [right, missed, open] = [of('right'), of('wrong'), of(undefined)];
  line.hidden = open === questions.length;
  text.textContent = `${right} right, ${missed} missed${open > 0 ? `, ${open} open` : ''}.`;
  line.querySelector('[data-again=missed]')?.toggleAttribute('hidden', missed === 0);
}
