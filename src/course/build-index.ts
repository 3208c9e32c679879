/** Makes the course's index: what can be opened, predicted, answered and passed, each with the hash of what is asked now. */
import { createHash } from 'node:crypto';
import { render } from 'astro:content';
import type { CourseIndex, IndexedLesson, IndexedQuestion } from '../progress/course-index.ts';
import { type Lesson, readCourse } from './course.ts';
import { indexChallenges, indexChecklist } from './index-parts.ts';
import { findPredictions } from './predictions.ts';
import { readQuiz } from './quizzes.ts';
import { readTopics } from './reference.ts';

let built: Promise<CourseIndex> | undefined;

/** One index for all pages of a build; while authoring, one for each page, because the content may have changed. */
export function buildCourseIndex(): Promise<CourseIndex> {
  if (import.meta.env.DEV) return build();
  return (built ??= build());
}

/** Changes with the index, so that an address with it can be kept by a browser for ever. */
export async function courseIndexVersion(): Promise<string> {
  return hash(await buildCourseIndex());
}

async function build(): Promise<CourseIndex> {
  const units = await Promise.all(
    (await readCourse()).map(async ({ number, title, lessons }) => ({
      number,
      title,
      lessons: await Promise.all(lessons.map(indexLesson)),
    })),
  );
  return {
    units,
    topics: usedTopics(units.flatMap(({ lessons }) => lessons)),
    challenges: await indexChallenges(),
    checklist: await indexChecklist(),
  };
}

async function indexLesson(lesson: Lesson): Promise<IndexedLesson> {
  const { headings } = await render(lesson.entry);
  const { label, minutes, topics } = lesson.entry.data;
  return {
    id: lesson.id,
    label,
    href: lesson.href.slice(1),
    minutes,
    topics: Object.keys(topics),
    sections: headings.filter(({ depth }) => depth === 2).map(({ slug, text }) => ({ id: slug, title: text })),
    predictions: findPredictions(lesson.entry.body ?? '', `${lesson.folder}/index.mdx`),
    questions: await indexQuestions(lesson),
  };
}

async function indexQuestions(lesson: Lesson): Promise<readonly IndexedQuestion[]> {
  return (await readQuiz(lesson)).map(({ id, hash, topic, point, section }) => ({
    id,
    hash,
    topic,
    point,
    section: section.id,
  }));
}

/** The topics that lessons and their questions name, in the order of the list of topics. */
function usedTopics(lessons: readonly IndexedLesson[]): Record<string, string> {
  const used = new Set(lessons.flatMap(({ topics, questions }) => [...topics, ...questions.map(({ topic }) => topic)]));
  return Object.fromEntries(readTopics().flatMap(({ id, title }) => (used.has(id) ? [[id, title]] : [])));
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
