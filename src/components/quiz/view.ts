/** What the view of every question type is given, and the views by the names of their types. Types only, but for the names. */
import type { Grade, Question } from '../../quiz/question.ts';

export interface ViewProps<Body = unknown, Given = unknown> {
  readonly question: Question<Body>;
  /** The answer so far. */
  readonly given: Given | undefined;
  /** What was said to it, once it is graded. Changing the answer takes the grade away. */
  readonly grade: Grade | undefined;
  /** Unique on the page: ids and names of the view's elements begin with it. */
  readonly id: string;
  /** The id of the element with the question's text. */
  readonly labelledby: string;
  readonly onchange: (given: Given) => void;
}

/** The file of a type's view: `single-choice` is shown by `types/SingleChoice.svelte`. */
export const viewFile = (type: string): string =>
  `./types/${type.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}.svelte`;
