/** The course's index as a file that pages load when a learner's record has something in it: see `CourseIndex`. */
import type { APIRoute } from 'astro';
import { buildCourseIndex } from '../course/build-index.ts';

export const GET: APIRoute = async () =>
  new Response(JSON.stringify(await buildCourseIndex()), { headers: { 'Content-Type': 'application/json' } });
