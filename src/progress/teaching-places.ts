/** Where the course teaches something: sections of lessons, as links that say where they lead. */
import { type CourseIndex, type IndexedQuestion, lessonOf, lessonsOf } from './course-index.ts';

export interface TeachingPlace {
  readonly label: string;
  /** Address from the site's root, without a slash in front. */
  readonly href: string;
}

/** The sections that teach what these questions ask, each once, in the order of the questions. */
export function placesOfQuestions(questions: readonly IndexedQuestion[], index: CourseIndex): readonly TeachingPlace[] {
  const lessons = new Map(lessonsOf(index).map((lesson) => [lesson.id, lesson]));
  const places = new Map<string, TeachingPlace>();
  for (const { id, section } of questions) {
    const lesson = lessons.get(lessonOf(id));
    if (!lesson) continue;
    const title = lesson.sections.find((heading) => heading.id === section)?.title;
    const href = title === undefined ? lesson.href : `${lesson.href}#${section}`;
    places.set(href, { label: title === undefined ? lesson.label : `${lesson.label}: ${title}`, href });
  }
  return [...places.values()];
}

/** The sections its questions point to; without questions, the lessons that name the topic. */
export function placesOfTopic(topic: string, index: CourseIndex): readonly TeachingPlace[] {
  const lessons = lessonsOf(index);
  const asked = lessons.flatMap(({ questions }) => questions.filter((question) => question.topic === topic));
  const named = lessons.filter(
    ({ topics, questions }) => topics.includes(topic) && !questions.some((q) => q.topic === topic),
  );
  return [...placesOfQuestions(asked, index), ...named.map(({ label, href }) => ({ label, href }))];
}
