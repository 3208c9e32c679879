/**
 * How far one is with a lesson. A lesson is done when it was read to its end, every prediction in it was committed to,
 * and every question was answered right at least once, anywhere. A prediction need not hold and a first answer need not
 * be right: what counts is having looked. A question or prediction that was corrected since asks again.
 */
import type { CourseIndex, IndexedLesson, IndexedQuestion } from './course-index.ts';
import { lessonsOf } from './course-index.ts';
import type { Entry } from './entry.ts';
import { countingFacts, wordingKey } from './facts.ts';

export type LessonState = 'new' | 'begun' | 'done';

export interface LessonProgress {
  readonly lesson: string;
  readonly state: LessonState;
  readonly read: boolean;
  /** Predictions committed to in their present wording, of all. */
  readonly predicted: number;
  readonly predictions: number;
  /** Questions answered right in their present wording, of all. */
  readonly right: number;
  readonly questions: number;
  /** What was settled in an earlier wording and asks again. */
  readonly corrected: { readonly questions: readonly string[]; readonly predictions: readonly string[] };
  /** Part of the lesson that is done, 0 to 1: the reading, each prediction and each question are one step. */
  readonly share: number;
}

/** What the facts say about lessons, gathered once for all of them. */
interface Gathered {
  readonly begun: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  /** Wordings of predictions committed to, and their names in any wording. */
  readonly predicted: ReadonlySet<string>;
  readonly predictedOnce: ReadonlySet<string>;
  /** Wordings of questions answered right, and their ids in any wording. */
  readonly right: ReadonlySet<string>;
  readonly rightOnce: ReadonlySet<string>;
}

/** Progress in every lesson of the course, in course order. */
export function lessonProgress(entries: readonly Entry[], index: CourseIndex): readonly LessonProgress[] {
  const gathered = gather(countingFacts(entries));
  return lessonsOf(index).map((lesson) => progressIn(lesson, gathered));
}

function gather(facts: readonly Entry[]): Gathered {
  const begun = new Set<string>();
  const read = new Set<string>();
  const predicted = new Set<string>();
  const predictedOnce = new Set<string>();
  const right = new Set<string>();
  const rightOnce = new Set<string>();
  for (const fact of facts) {
    const lesson = lessonWorkedOn(fact);
    if (lesson !== undefined) begun.add(lesson);
    if (fact.kind === 'lesson-read') read.add(fact.lesson);
    if (fact.kind === 'prediction-made') {
      predicted.add(wordingKey(`${fact.lesson}/${fact.prediction}`, fact.hash));
      predictedOnce.add(`${fact.lesson}/${fact.prediction}`);
    }
    if (fact.kind === 'answer-given' && fact.correct) {
      right.add(wordingKey(fact.question, fact.hash));
      rightOnce.add(fact.question);
    }
  }
  return { begun, read, predicted, predictedOnce, right, rightOnce };
}

/** The lesson whose page a fact was made on, if it was made on one. */
export function lessonWorkedOn(fact: Entry): string | undefined {
  switch (fact.kind) {
    case 'lesson-opened':
    case 'time-spent':
    case 'lesson-read':
    case 'prediction-made':
      return fact.lesson;
    case 'answer-given':
      return fact.place === 'lesson' ? fact.question.slice(0, fact.question.indexOf('/')) : undefined;
    default:
      return undefined;
  }
}

function progressIn(lesson: IndexedLesson, facts: Gathered): LessonProgress {
  const read = facts.read.has(lesson.id);
  const nameOf = (prediction: string) => `${lesson.id}/${prediction}`;
  const openPredictions = lesson.predictions.filter(
    ({ id, hash }) => !facts.predicted.has(wordingKey(nameOf(id), hash)),
  );
  const openQuestions = lesson.questions.filter(({ id, hash }) => !facts.right.has(wordingKey(id, hash)));
  const steps = 1 + lesson.predictions.length + lesson.questions.length;
  const open = (read ? 0 : 1) + openPredictions.length + openQuestions.length;
  const begun = facts.begun.has(lesson.id) || open < steps;
  return {
    lesson: lesson.id,
    state: open === 0 ? 'done' : begun ? 'begun' : 'new',
    read,
    predicted: lesson.predictions.length - openPredictions.length,
    predictions: lesson.predictions.length,
    right: lesson.questions.length - openQuestions.length,
    questions: lesson.questions.length,
    corrected: {
      questions: idsOf(openQuestions).filter((id) => facts.rightOnce.has(id)),
      predictions: idsOf(openPredictions).filter((id) => facts.predictedOnce.has(nameOf(id))),
    },
    share: (steps - open) / steps,
  };
}

const idsOf = (asked: readonly Pick<IndexedQuestion, 'id'>[]): readonly string[] => asked.map(({ id }) => id);
