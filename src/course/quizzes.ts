/** The course's questions, prepared for pages from the quiz.yaml beside each lesson. */
import { resolve } from 'node:path';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { recordRun } from '../components/runner/record-run.ts';
import { priceFacts } from '../components/runner/trace-readers.ts';
import { prepareQuiz, type QuizWorld } from '../quiz/prepare.ts';
import type { QuestionData } from '../quiz/question.ts';
import { readLessons, type Lesson } from './course.ts';
import { facts, findFact } from './facts.ts';
import { sectionsOf } from '../../content/sections.ts';

const files = import.meta.glob<string>('/content/lessons/*/*/quiz.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Whether the lesson has questions at all. */
export const hasQuiz = (lesson: Lesson): boolean => `/${lesson.folder}/quiz.yaml` in files;

const prepared = new Map<string, Promise<readonly QuestionData[]>>();

/**
 * A lesson's questions in the order of its quiz.yaml.
 * @throws when the lesson has no quiz.yaml or something in it is wrong
 */
export function readQuiz(lesson: Lesson): Promise<readonly QuestionData[]> {
  const file = `${lesson.folder}/quiz.yaml`;
  const text = files[`/${file}`];
  if (text === undefined) throw new Error(`${file} is missing: <Check /> in ${lesson.folder}/index.mdx needs it.`);
  const prepare = () => prepareQuiz({ file, text }, quizLesson(lesson), worldOf(lesson, file));
  // While authoring, the lesson and its functions may have changed since.
  if (import.meta.env.DEV) return prepare();
  const quiz = prepared.get(file) ?? prepare();
  prepared.set(file, quiz);
  return quiz;
}

/** All questions of the course, in the order of its lessons. */
export async function readQuestions(): Promise<readonly QuestionData[]> {
  const lessons = (await readLessons()).filter(hasQuiz);
  return (await Promise.all(lessons.map(readQuiz))).flat();
}

const quizLesson = ({ id, entry }: Lesson) => ({
  id,
  label: entry.data.label,
  topics: entry.data.topics,
  sections: sectionsOf(entry.body ?? ''),
});

function worldOf(lesson: Lesson, file: string): QuizWorld {
  return {
    readFunction: (name) => readFunctionFolder(resolve(lesson.folder, name)),
    record: recordRun,
    prices: priceFacts.map((id) => findFact(id, file)),
    findFact: (id) => facts.get(id),
  };
}
