/**
 * What the course asks of a learner, as pages read it: a small JSON file made at build time. It names everything that a
 * fact in the record can be about, with the hash of what is asked now, and holds no text of a question and no answer.
 */

/** A `<Predict>` of a lesson. */
export interface IndexedPrediction {
  /** Its group name, as in `PredictionMade.prediction`; also the `id` of its element on the lesson's page. */
  readonly id: string;
  readonly hash: string;
}

/** A question of a lesson's quiz. */
export interface IndexedQuestion {
  /** `<lesson id>/<question id>`, as in `AnswerGiven.question`. */
  readonly id: string;
  readonly hash: string;
  /** Id of the topic it asks about. */
  readonly topic: string;
  /** The teaching point it asks about, in a few words. */
  readonly point: string;
  /** Id of the heading in its lesson under which the point is taught; without one, the lesson's beginning. */
  readonly section?: string | undefined;
}

/** A heading of a lesson, so that a link can say where it leads. */
export interface IndexedSection {
  readonly id: string;
  readonly title: string;
}

export interface IndexedLesson {
  readonly id: string;
  /** A few words for lists. */
  readonly label: string;
  /** Address from the site's root, without a slash in front: `lessons/<id>/`. */
  readonly href: string;
  readonly minutes: number;
  /** Ids of the topics it teaches. */
  readonly topics: readonly string[];
  readonly sections: readonly IndexedSection[];
  readonly predictions: readonly IndexedPrediction[];
  readonly questions: readonly IndexedQuestion[];
}

export interface IndexedUnit {
  readonly number: number;
  readonly title: string;
  readonly lessons: readonly IndexedLesson[];
}

export interface IndexedChallenge {
  readonly id: string;
  readonly title: string;
  /** Hash of brief and checks, as in `ChallengePassed.hash`. */
  readonly hash: string;
  /** Address from the site's root, without a slash in front. */
  readonly href: string;
  readonly topics: readonly string[];
}

export interface IndexedChecklistItem {
  readonly id: string;
  /** The statement a learner rates. */
  readonly title: string;
  /** Ids of the topics whose lessons, questions and challenges show it. */
  readonly topics: readonly string[];
}

export interface CourseIndex {
  readonly units: readonly IndexedUnit[];
  /** Titles of all topics that a lesson or a question names, by id, in the order of the course. */
  readonly topics: Readonly<Record<string, string>>;
  readonly challenges: readonly IndexedChallenge[];
  readonly checklist: readonly IndexedChecklistItem[];
}

/** All lessons in course order. */
export const lessonsOf = (index: CourseIndex): readonly IndexedLesson[] =>
  index.units.flatMap(({ lessons }) => lessons);

/** All questions in course order. */
export const questionsOf = (index: CourseIndex): readonly IndexedQuestion[] =>
  lessonsOf(index).flatMap(({ questions }) => questions);

/** The lesson a question belongs to: its id is the part in front of the slash. */
export const lessonOf = (question: string): string => question.slice(0, question.indexOf('/'));
