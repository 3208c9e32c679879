/** How a question is shown somewhere, and what it tells whoever shows it. Types only. */
import type { AnswerPlace, Confidence } from '../../progress/entry.ts';
import type { Grade } from '../../quiz/question.ts';

/** An answer as the learner's record keeps it. */
export interface AnswerDraft {
  /** `<lesson>/<id>` */
  readonly question: string;
  readonly hash: string;
  /** As the question's type keeps it; JSON. `undefined` while nothing was chosen or typed. */
  readonly given: unknown;
  readonly seed: number;
  readonly confidence?: Confidence;
  /** Whether it could be graded. */
  readonly complete: boolean;
}

export interface GradedAnswer extends AnswerDraft {
  readonly correct: boolean;
  readonly grade: Grade;
  /** The question draws numbers, so the seed belongs to the answer. */
  readonly redrawable: boolean;
  /** How many answers were graded since the question was mounted, this one included. */
  readonly attempt: number;
}

export interface QuestionOptions {
  /** In an exam nothing is graded and nothing is said: answers are only collected, see `onchange`. */
  readonly place: AnswerPlace;
  /** Over the question: `Question 2 of 9`. */
  readonly number?: string;
  /** Which numbers are drawn and how options are ordered; that of the built page when left out. */
  readonly seed?: number;
  /** An answer to begin with, such as one of an exam that goes on after a reload. What is no answer is left away. */
  readonly given?: unknown;
  readonly confidence?: Confidence;
  /**
   * Shows `given` graded from the beginning, or the key where it is no answer. In an exam it can then not be changed any
   * more: that is its report.
   */
  readonly graded?: boolean;
  /** Address of the site's root as seen from this page (`../`), for the link to the lesson; `undefined` in the lesson itself. */
  readonly root?: string;
  /** After an answer was graded. */
  readonly onanswer?: (answer: GradedAnswer) => void;
  /** After anything was chosen, typed or taken back. */
  readonly onchange?: (draft: AnswerDraft) => void;
}
