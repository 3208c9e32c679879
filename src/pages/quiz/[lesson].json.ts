/** A lesson's questions as JSON: `quiz/<lesson id>.json`, fetched when a question is first touched. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { readLessons, type Lesson } from '../../course/course.ts';
import { hasQuiz, readQuiz } from '../../course/quizzes.ts';

export const getStaticPaths = (async () =>
  (await readLessons())
    .filter(hasQuiz)
    .map((lesson) => ({ params: { lesson: lesson.id }, props: { lesson } }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ lesson: Lesson }> = async ({ props }) =>
  new Response(JSON.stringify(await readQuiz(props.lesson)), { headers: { 'content-type': 'application/json' } });
