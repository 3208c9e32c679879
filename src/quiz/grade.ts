/** Grades an answer that was kept: what an exam does when it is handed in. Nothing is run. Pure. */
import { drawQuestion } from './draw.ts';
import type { Grade, QuestionData } from './question.ts';
import { typeOf } from './types.ts';

/** An answer that is missing or incomplete is wrong and has no replies. */
export function gradeAnswer(data: QuestionData, seed: number, given: unknown): Grade {
  const question = drawQuestion(data, seed);
  const type = typeOf(data);
  const answer = type.read(question, given);
  if (answer === undefined || type.lacks(question, answer) !== undefined) return { correct: false, replies: [] };
  return type.grade(question, answer);
}
