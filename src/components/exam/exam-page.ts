/** The exam page: goes on with an exam that is being sat, starts one, and lists those that were handed in. */
import { examInProgress, examDraft, startExam } from '../../progress/exam/exam-draft.ts';
import { examReports } from '../../progress/exam/report.ts';
import { minutesPerQuestion, selectQuestions } from '../../progress/exam/selection.ts';
import { loadCourseIndex, onSite } from '../../progress/load-index.ts';
import { openRecord } from '../../progress/record.ts';
import { newSeed } from '../../quiz/random.ts';
import { followRecord } from '../progress/follow-record.ts';
import { all, say } from '../progress/page-text.ts';
import { choiceSentence, linkBoxes, poolOf, readChoice } from './exam-choice.ts';
import { formatMoment } from './moments.ts';

const form = document.querySelector<HTMLFormElement>('[data-exam-form]');
let shown = false;

followRecord((entries, index) => {
  const reports = examReports(entries, index);
  for (const part of all('[data-earlier-exams]')) part.hidden = reports.length === 0;
  for (const list of all('[data-exam-list]')) {
    list.replaceChildren(
      ...reports.map(({ exam, finishedAt, right, questions }) => {
        const item = document.createElement('li');
        const link = document.createElement('a');
        link.href = onSite(`exam/?report=${encodeURIComponent(exam)}`);
        link.textContent = formatMoment(finishedAt);
        item.append(link, ` ${right} of ${questions} right`);
        return item;
      }),
    );
  }
  const report = new URLSearchParams(location.search).get('report');
  if (examInProgress(entries)) void showExam(undefined);
  else if (report !== null && reports.some(({ exam }) => exam === report)) void showExam(report);
});

if (form) {
  const sayChoice = () => say('exam-choice', choiceSentence(readChoice(form)));
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) linkBoxes(form, event.target);
    sayChoice();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void begin(form);
  });
  sayChoice();
}

async function begin(choices: HTMLFormElement): Promise<void> {
  const choice = readChoice(choices);
  if (choice.available === 0 || shown) return;
  say('exam-problem', '');
  try {
    const [record, index, { findQuestions }] = await Promise.all([
      openRecord(),
      loadCourseIndex(),
      import('../quiz/find-questions.ts'),
    ]);
    const seed = newSeed();
    const questions = selectQuestions(poolOf(index, choice), choice.length, seed);
    // The time runs from the moment the questions are there.
    await findQuestions(questions.map(({ id }) => id));
    const minutes = questions.length * minutesPerQuestion;
    const exam = startExam({ exam: seed.toString(36), about: choice.about, minutes, seed }, questions, Date.now());
    history.replaceState(null, '', location.pathname);
    // Shown as soon as the record has it.
    await record.add({ kind: 'draft-kept', ...examDraft, value: exam });
  } catch {
    say('exam-problem', 'The questions could not be loaded. Check the connection and try again.');
  }
}

async function showExam(report: string | undefined): Promise<void> {
  if (shown) return;
  shown = true;
  const [target] = all('[data-exam]');
  offer(false);
  try {
    const [{ runExam }, record, index] = await Promise.all([import('./run-exam.ts'), openRecord(), loadCourseIndex()]);
    if (target) await runExam(target, report, { record, index });
    offer(true);
    for (const heading of all('h1')) heading.focus();
  } catch {
    offer(true);
    say('exam-problem', 'The exam could not be loaded; it is kept. Check the connection and reload the page.');
  }
  shown = false;
}

function offer(offered: boolean): void {
  for (const part of all('[data-exam-offers]')) part.hidden = !offered;
}
