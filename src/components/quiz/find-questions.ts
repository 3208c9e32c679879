/** Questions by their ids, wherever in the course they are: each lesson's file is fetched once. */
import { lessonOf } from '../../progress/course-index.ts';
import { onSite } from '../../progress/load-index.ts';
import type { QuestionData } from '../../quiz/question.ts';
import { loadQuiz } from './load-quiz.ts';

/** Those that exist. Rejects when a lesson's questions cannot be fetched. */
export async function findQuestions(ids: readonly string[]): Promise<ReadonlyMap<string, QuestionData>> {
  const lessons = [...new Set(ids.map(lessonOf))];
  const quizzes = await Promise.all(lessons.map((lesson) => loadQuiz(onSite(`quiz/${lesson}.json`))));
  const wanted = new Set(ids);
  return new Map(quizzes.flat().flatMap((question) => (wanted.has(question.id) ? [[question.id, question]] : [])));
}
