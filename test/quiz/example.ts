/** The example quiz and the course's quizzes, prepared as the build does it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { prepareQuizText, quizFiles, readQuizFile } from '../../src/build/check-quizzes.ts';
import { recordRun } from '../../src/components/runner/record-run.ts';
import { closeQuestion, type Drawn } from '../../src/quiz/draw.ts';
import type { Question, QuestionData } from '../../src/quiz/question.ts';
import { plainText } from '../../src/quiz/text.ts';
import { typeOf } from '../../src/quiz/types.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** Where the example stands, as far as its lesson, functions and messages are concerned. */
export const exampleFile = 'content/lessons/03-how-lambda-runs-your-code/02-cold-and-warm-starts/quiz.yaml';

/** The questions of a text that stands for the first lesson's quiz. */
export const prepare = (text: string): Promise<readonly QuestionData[]> =>
  prepareQuizText(root, { file: exampleFile, text }, recordRun);

/** A question of every type. */
export const readExample = async (): Promise<readonly QuestionData[]> =>
  prepare(await readFile(path.join(import.meta.dirname, 'every-type.yaml'), 'utf8'));

const example = readExample();

/** The example of a type, with these numbers drawn; `id` where a type has several. */
export async function exampleOf<Body>(type: string, drawn: Drawn = {}, id?: string): Promise<Question<Body>> {
  const data = (await example).find((one) => one.type === type && (id === undefined || one.id.endsWith(`/${id}`)));
  if (!data) throw new Error(`There is no example of ${type}.`);
  return closeQuestion<Body>(data, drawn, 7);
}

/** What is said to an answer, as text: one line a reply, with the place it is about. */
export function said(question: Question, given: unknown): string[] {
  const { replies } = typeOf(question).grade(question, given);
  return replies.map(({ at, right, text }) => `${at ?? '-'} ${right ? 'right' : 'wrong'}: ${plainText(text)}`);
}

/** All questions of the course. */
export async function readCourseQuestions(): Promise<readonly QuestionData[]> {
  const quizzes = await Promise.all(quizFiles(root).map((file) => readQuizFile(root, file, recordRun)));
  return quizzes.flat();
}
