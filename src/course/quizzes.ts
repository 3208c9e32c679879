/** A lesson's questions, read from the quiz.yaml beside it. */
import { quizSchema, type Quiz } from '../../content/schema.ts';
import { parseContent } from '../../content/mistakes.ts';
import type { Lesson } from './course.ts';

const files = import.meta.glob<string>('/content/lessons/*/*/quiz.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** @throws when the lesson has no quiz.yaml or it does not fit its schema */
export function readQuiz(lesson: Lesson): Quiz {
  const file = `${lesson.folder}/quiz.yaml`;
  const text = files[`/${file}`];
  if (text === undefined) throw new Error(`${file} is missing: <Check /> in ${lesson.folder}/index.mdx needs it.`);
  return parseContent(quizSchema, { file, text });
}
