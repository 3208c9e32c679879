/** Finds what is wrong in the quizzes of a project, with everything around them read from its files. Nothing is run. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { ContentMistakeError, parseContent, type Mistake, type YamlSource } from '../../content/mistakes.ts';
import { factFileSchema, lessonSchema } from '../../content/schema.ts';
import type { Fact } from '../../sandbox/facts.ts';
import { priceFacts } from '../components/runner/trace-readers.ts';
import { sectionsOf } from '../../content/sections.ts';
import { prepareQuiz, type QuizLesson, type QuizWorld } from '../quiz/prepare.ts';
import type { QuestionData } from '../quiz/question.ts';
import { frontmatterOf } from '../../content/frontmatter.ts';

/** All mistakes in quizzes, in the order of their files. Those of lessons, facts and functions are told with their own files. */
export async function findQuizMistakes(root: string): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const file of quizFiles(root)) {
    try {
      await readQuizFile(root, file);
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
      mistakes.push(...error.mistakes.filter((mistake) => mistake.file === file));
    }
  }
  return mistakes;
}

/** The quizzes of a project: paths from its root. */
export const quizFiles = (root: string): readonly string[] =>
  globSync('content/lessons/*/*/quiz.yaml', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

/**
 * The questions of one quiz. `record` runs what is to be run; without it questions with a run are checked and left out.
 * @throws {ContentMistakeError}
 */
export async function readQuizFile(
  root: string,
  file: string,
  record?: QuizWorld['record'],
): Promise<readonly QuestionData[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  return prepareQuizText(root, { file, text }, record);
}

/** The same for a text that stands for that file. */
export async function prepareQuizText(
  root: string,
  source: YamlSource,
  record?: QuizWorld['record'],
): Promise<readonly QuestionData[]> {
  const folder = path.posix.dirname(source.file);
  const facts = await readFacts(root);
  const world: QuizWorld = {
    readFunction: (name) => readFunctionFolder(path.join(root, folder, name), root),
    findFact: (id) => facts.get(id),
    prices: priceFacts.flatMap((id) => facts.get(id) ?? []),
    ...(record && { record }),
  };
  return prepareQuiz(source, await readLesson(root, `${folder}/index.mdx`), world);
}

async function readLesson(root: string, file: string): Promise<QuizLesson> {
  const text = await readFile(path.join(root, file), 'utf8');
  const { id, label, topics } = parseContent(lessonSchema, frontmatterOf(file, text));
  return { id, label, topics, sections: sectionsOf(text) };
}

async function readFacts(root: string): Promise<ReadonlyMap<string, Fact>> {
  const facts = new Map<string, Fact>();
  for (const file of globSync('content/facts/*.yaml', { cwd: root })) {
    try {
      const text = await readFile(path.join(root, file), 'utf8');
      for (const fact of parseContent(factFileSchema, { file, text })) facts.set(fact.id, fact);
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
    }
  }
  return facts;
}
