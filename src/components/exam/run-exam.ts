/** Shows the exam that is being sat, and its report once it is handed in; or the report of an earlier one. */
import { mount, unmount } from 'svelte';
import type { CourseIndex } from '../../progress/course-index.ts';
import type { LearnerRecord } from '../../progress/entry.ts';
import { type ExamInProgress, examInProgress } from '../../progress/exam/exam-draft.ts';
import { examAnswers, examReports } from '../../progress/exam/report.ts';
import { findQuestions } from '../quiz/find-questions.ts';
import ExamReport from './ExamReport.svelte';
import ExamSheet from './ExamSheet.svelte';
import { ExamState } from './exam-state.svelte.ts';

interface Known {
  readonly record: LearnerRecord;
  readonly index: CourseIndex;
}

/** Resolves when the learner leaves the report. Rejects when the questions cannot be fetched. */
export async function runExam(target: HTMLElement, report: string | undefined, known: Known): Promise<void> {
  const exam = examInProgress(known.record.entries);
  if (!exam) {
    if (report !== undefined) await showReport(target, report, false, known);
    return;
  }
  const { timedOut } = await sit(target, exam, known);
  const address = new URL(location.href);
  address.search = new URLSearchParams({ report: exam.exam }).toString();
  history.replaceState(null, '', address);
  await showReport(target, exam.exam, timedOut, known);
}

/** Until it is handed in: by the learner, by its time, or in another tab. */
async function sit(target: HTMLElement, exam: ExamInProgress, { record }: Known): Promise<ExamState> {
  const questions = await findQuestions(exam.items.map(({ question }) => question));
  const running = new ExamState(exam, record, questions, Date.now);
  // While no page was open its time may have run out.
  const sheet = running.timedOut ? undefined : mount(ExamSheet, { target, props: { running } });
  await running.handedIn;
  if (sheet) await unmount(sheet);
  return running;
}

async function showReport(target: HTMLElement, exam: string, timedOut: boolean, known: Known): Promise<void> {
  const { entries } = known.record;
  const report = examReports(entries, known.index).find((one) => one.exam === exam);
  if (!report) return;
  const finished = entries.find((entry) => entry.kind === 'exam-finished' && entry.exam === exam);
  const ids = finished?.kind === 'exam-finished' ? finished.questions.map(({ question }) => question) : [];
  const found = await findQuestions(ids);
  await new Promise<void>((resolve) => {
    const shown = mount(ExamReport, {
      target,
      props: {
        report,
        questions: ids.flatMap((id) => found.get(id) ?? []),
        answers: examAnswers(entries, report),
        timedOut,
        onclose: () => {
          void unmount(shown);
          history.replaceState(null, '', location.pathname);
          resolve();
        },
      },
    });
  });
}
