/** Handing in an exam: its answers and its result become facts, once, whatever is closed in the middle of it. */
import type { LearnerRecord } from '../entry.ts';
import { isOver, tick } from './clock.ts';
import { type ExamInProgress, type ExamItem, examDraft, examInProgress } from './exam-draft.ts';

/** Whether an answer is right; nothing when the question is no longer asked in this wording. */
export type GradeItem = (item: ExamItem) => boolean | undefined;

/**
 * Writes the answers, then the result, then that nothing is being sat any more. Called again after a crash, it writes
 * what is missing. A question that was corrected meanwhile is left out, and one without an answer counts as missed.
 * `now` is ms since the Unix epoch.
 */
export async function handIn(
  record: LearnerRecord,
  exam: ExamInProgress,
  grade: GradeItem,
  now: number,
): Promise<void> {
  // What another tab has handed in is not handed in again.
  if (examInProgress(record.entries)?.exam !== exam.exam) return;
  const written = new Set<string>();
  for (const fact of record.entries) {
    if (fact.kind === 'answer-given' && fact.place === 'exam' && fact.at >= exam.startedAt) written.add(fact.question);
  }
  const questions: { question: string; correct: boolean }[] = [];
  for (const item of exam.items) {
    const { question, hash, seed, given, confidence } = item;
    const correct = given === undefined ? false : grade(item);
    if (correct === undefined) continue;
    questions.push({ question, correct });
    if (given === undefined || written.has(question)) continue;
    const answer = { question, hash, correct, given, seed, ...(confidence && { confidence }) };
    await record.add({ kind: 'answer-given', place: 'exam', ...answer });
  }
  const seconds = Math.round(tick(exam.clock, now).spentMs / 1000);
  await record.add({ kind: 'exam-finished', exam: exam.exam, seconds, questions });
  await record.add({ kind: 'draft-kept', ...examDraft, value: null });
}

/** An exam whose time has run out, perhaps while no page was open. */
export const isDue = (exam: ExamInProgress, now: number): boolean => isOver(tick(exam.clock, now));
