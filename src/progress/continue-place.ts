/** Where to go on: the lesson one was in last, at the place one left it; when it is done, the next that is not. */
import type { CourseIndex, IndexedLesson } from './course-index.ts';
import { lessonsOf } from './course-index.ts';
import { readingPlaceDraft } from './draft-names.ts';
import type { Entry } from './entry.ts';
import { countingFacts, wordingKey } from './facts.ts';
import { lessonProgress, lessonWorkedOn } from './lesson-progress.ts';

export interface ContinuePlace {
  readonly lesson: string;
  readonly label: string;
  /** Address from the site's root, without a slash in front, with the place in the page. */
  readonly href: string;
  /** Whether the lesson was begun before. */
  readonly begun: boolean;
}

/** Nothing before the first lesson was opened, and nothing when all are done. */
export function continuePlace(entries: readonly Entry[], index: CourseIndex): ContinuePlace | undefined {
  const facts = countingFacts(entries);
  const lessons = lessonsOf(index);
  const last = facts.findLast((fact) => lessons.some(({ id }) => id === lessonWorkedOn(fact)));
  if (!last) return undefined;
  const at = lessons.findIndex(({ id }) => id === lessonWorkedOn(last));
  const progress = lessonProgress(facts, index);
  const inTurn = [...lessons.keys()].map((step) => (at + step) % lessons.length);
  const open = inTurn.find((position) => progress[position]?.state !== 'done');
  const lesson = open === undefined ? undefined : lessons[open];
  if (open === undefined || !lesson) return undefined;
  const place = placeIn(lesson, facts, progress[open]?.read === true);
  return {
    lesson: lesson.id,
    label: lesson.label,
    href: place === undefined ? lesson.href : `${lesson.href}#${place}`,
    begun: progress[open]?.state === 'begun',
  };
}

/** The heading one had come to; once the text is read, the first prediction or question that is open. */
function placeIn(lesson: IndexedLesson, facts: readonly Entry[], read: boolean): string | undefined {
  if (!read) {
    const section = leftAt(facts, lesson.id);
    return lesson.sections.some(({ id }) => id === section) ? section : undefined;
  }
  const predicted = new Set<string>();
  const right = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === 'prediction-made' && fact.lesson === lesson.id)
      predicted.add(wordingKey(fact.prediction, fact.hash));
    if (fact.kind === 'answer-given' && fact.correct) right.add(wordingKey(fact.question, fact.hash));
  }
  const prediction = lesson.predictions.find(({ id, hash }) => !predicted.has(wordingKey(id, hash)));
  if (prediction) return prediction.id;
  const question = lesson.questions.find(({ id, hash }) => !right.has(wordingKey(id, hash)));
  return question && questionAnchor(question.id);
}

/** The `id` of a question's element on its lesson's page. */
export const questionAnchor = (question: string): string => `question-${question.slice(question.indexOf('/') + 1)}`;

function leftAt(facts: readonly Entry[], lesson: string): string | undefined {
  const draft = facts.findLast((fact) => fact.kind === 'draft-kept' && fact.draft === readingPlaceDraft(lesson));
  const value: unknown = draft?.kind === 'draft-kept' ? draft.value : undefined;
  const section: unknown =
    typeof value === 'object' && value !== null && 'section' in value ? value.section : undefined;
  return typeof section === 'string' ? section : undefined;
}
