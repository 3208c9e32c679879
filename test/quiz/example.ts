/** The example quiz and the course's quizzes, prepared as the build does it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { prepareQuizText, quizFiles, readQuizFile } from '../../src/build/check-quizzes.ts';
import { recordRun } from '../../src/components/runner/record-run.ts';
import type { QuestionData } from '../../src/quiz/question.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** Where the example stands, as far as its lesson, functions and messages are concerned. */
export const exampleFile = 'content/lessons/03-how-lambda-runs-your-code/02-cold-and-warm-starts/quiz.yaml';

/** The questions of a text that stands for the first lesson's quiz. */
export const prepare = (text: string): Promise<readonly QuestionData[]> =>
  prepareQuizText(root, { file: exampleFile, text }, recordRun);

/** A question of every type. */
export const readExample = async (): Promise<readonly QuestionData[]> =>
  prepare(await readFile(path.join(import.meta.dirname, 'every-type.yaml'), 'utf8'));

/** All questions of the course. */
export async function readCourseQuestions(): Promise<readonly QuestionData[]> {
  const quizzes = await Promise.all(quizFiles(root).map((file) => readQuizFile(root, file, recordRun)));
  return quizzes.flat();
}
