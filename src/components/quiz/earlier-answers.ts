/** Marks questions that were answered before, from the learner's record: that they were, and when, not how. */
import { openRecord } from '../../progress/record.ts';
import { latestAnswers, tellAnswer } from './keep-answer.ts';

/** `element` holds the questions of a lesson. The marks follow the record, also what other tabs write. */
export async function showEarlierAnswers(element: HTMLElement): Promise<void> {
  const record = await openRecord();
  const questions = [...element.querySelectorAll<HTMLElement>('coldstart-question')];
  const hashes = new Map(questions.map(({ dataset }) => [dataset.id ?? '', dataset.hash ?? '']));
  const show = () => {
    const answers = latestAnswers(record.entries, hashes);
    for (const question of questions) {
      const answer = answers.get(question.dataset.id ?? '');
      const line = question.querySelector<HTMLElement>('[data-earlier]');
      if (!line) continue;
      line.hidden = answer === undefined;
      line.dataset.earlier = answer ? (answer.correct ? 'right' : 'wrong') : '';
      line.textContent = answer ? `${answer.correct ? '✓' : '✗'} ${tellAnswer(answer, Date.now())}` : '';
    }
  };
  record.subscribe(show);
  show();
}
