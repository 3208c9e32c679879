/**
 * The learner's record is a set of small facts, each written once. Everything a page shows about a learner is derived
 * from them. Merging two records is the union of their facts; of the facts that hold one value at a time (a draft, a
 * setting, a checklist item) the latest counts.
 */

/** What every fact has. */
interface Written {
  /** Unique on all devices: the same id is the same fact. */
  readonly id: string;
  /** Real time, ms since the Unix epoch. */
  readonly at: number;
}

/** A lesson's page was opened. */
export interface LessonOpened extends Written {
  readonly kind: 'lesson-opened';
  readonly lesson: string;
}

/** Time in which a lesson's page was in view and in use. */
export interface TimeSpent extends Written {
  readonly kind: 'time-spent';
  readonly lesson: string;
  readonly seconds: number;
}

/** The lesson's text was read to its end. */
export interface LessonRead extends Written {
  readonly kind: 'lesson-read';
  readonly lesson: string;
}

/** A prediction before a run was committed to. `prediction` is the group name of the lesson's `<Predict>`. */
export interface PredictionMade extends Written {
  readonly kind: 'prediction-made';
  readonly lesson: string;
  readonly prediction: string;
  /** What was asked, as a hash: a corrected question asks again. */
  readonly hash: string;
  readonly held: boolean;
}

/** Where an answer was given. Practice is cramming: it says what one knows and moves no due date. */
export type AnswerPlace = 'lesson' | 'review' | 'exam' | 'practice';

/** How sure the learner said they were. */
export type Confidence = 'guess' | 'think-so' | 'sure';

/** A question was answered and graded. */
export interface AnswerGiven extends Written {
  readonly kind: 'answer-given';
  /** `<lesson id>/<question id>` */
  readonly question: string;
  /** Hash of what was asked: an answer to another wording does not count for this one. */
  readonly hash: string;
  readonly correct: boolean;
  /** What was chosen or typed, as the question's type keeps it. */
  readonly given: unknown;
  readonly place: AnswerPlace;
  readonly confidence?: Confidence;
  /** Which numbers were drawn, for a question that draws them. */
  readonly seed?: number;
}

/** A card of spaced repetition was rated. */
export interface CardReviewed extends Written {
  readonly kind: 'card-reviewed';
  readonly question: string;
  readonly hash: string;
  readonly rating: 'again' | 'hard' | 'good' | 'easy';
}

/** A review was taken back. `review` is the id of the fact that no longer counts. */
export interface ReviewUndone extends Written {
  readonly kind: 'review-undone';
  readonly review: string;
}

/** An exam was handed in. */
export interface ExamFinished extends Written {
  readonly kind: 'exam-finished';
  readonly exam: string;
  readonly seconds: number;
  readonly questions: readonly { readonly question: string; readonly correct: boolean }[];
}

/** All checks of a challenge passed. */
export interface ChallengePassed extends Written {
  readonly kind: 'challenge-passed';
  readonly challenge: string;
  /** Hash of brief and checks. */
  readonly hash: string;
  /** How many hints had been opened by then. */
  readonly hints: number;
}

/** Self-assessment of one item of the checklist; the latest counts. */
export interface ChecklistItemSet extends Written {
  readonly kind: 'checklist-item-set';
  readonly item: string;
  readonly value: 'not-yet' | 'think-so' | 'can-show';
}

/** What a learner typed, as the editor that owns it keeps it; the latest counts, and `null` means there is none. */
export interface DraftKept extends Written {
  readonly kind: 'draft-kept';
  /** Which editor: `<lesson>/<function>`, `challenge/<name>`. */
  readonly draft: string;
  /** Version of the text it was made from. */
  readonly version: string;
  readonly value: unknown;
}

/** A choice about the course itself; the latest counts. */
export interface SettingChosen extends Written {
  readonly kind: 'setting-chosen';
  readonly setting: string;
  readonly value: unknown;
}

export type Entry =
  | LessonOpened
  | TimeSpent
  | LessonRead
  | PredictionMade
  | AnswerGiven
  | CardReviewed
  | ReviewUndone
  | ExamFinished
  | ChallengePassed
  | ChecklistItemSet
  | DraftKept
  | SettingChosen;

/** A fact before it is written: the record adds `id` and `at`. */
export type NewEntry = Entry extends infer Each ? (Each extends Entry ? Omit<Each, keyof Written> : never) : never;

/** The record of one learner on one device, as pages use it. */
export interface LearnerRecord {
  /** All facts that are known, in the order in which they happened. */
  readonly entries: readonly Entry[];
  /** Writes a fact; it counts at once, in every tab. Never rejects: what cannot be stored counts until the tab is closed. */
  add(entry: NewEntry): Promise<Entry>;
  /** Calls back after every change, also those made in other tabs. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}
