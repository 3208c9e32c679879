/**
 * A question as pages have it: JSON, prepared from quiz.yaml when the site is built. `QuestionData` may still hold open
 * numbers that are drawn from a seed; drawing closes them and gives a `Question`, which views show and types grade.
 */
import type { Fact } from '../../sandbox/facts.ts';
import type { FunctionDefinition } from '../../sandbox/worker/session.types.ts';

/** A piece of a text. Pages show it as text, never as HTML. */
export type Part = string | { readonly code: string } | { readonly emphasis: string };
export type Text = readonly Part[];

/** A piece whose `{= expression}` waits for drawn numbers. */
export interface OpenPart {
  readonly '{=}': string;
  readonly as?: 'code' | 'emphasis';
}
export type OpenText = readonly (Part | OpenPart)[];

/** A number, or a text of a run. */
export type Value = number | string;
/** A value that waits for drawn numbers. */
export interface OpenValue {
  readonly '=': string;
}

/** One number to draw: a range of equal steps, or one of several. */
export type Drawing = { readonly from: number; readonly to: number; readonly step: number } | readonly number[];

/** A run of a function: what the learner predicts, or what disproves a wrong option. */
export interface RunData {
  readonly definition: FunctionDefinition;
  readonly steps: readonly RunStep[];
  /** What to look at in it. */
  readonly look?: Text;
  /** The facts that turn usage into money. */
  readonly prices: readonly Fact[];
  /** What the sandbox measured when the site was built, by the numbers drawn and by what was measured: `billed(1)`. */
  readonly measured?: Readonly<Record<string, Measured>>;
}
export type Measured = Readonly<Record<string, Value>>;

/** What is done in a run; before drawing the numbers may be open. */
export type RunStep =
  | { readonly kind: 'invoke'; readonly event: string; readonly payload: string; readonly count: number }
  | { readonly kind: 'wait'; readonly milliseconds: number };

interface Asked {
  /** `<lesson>/<id>` */
  readonly id: string;
  /** Changes with what is asked and with its answer, not with the words said afterwards. */
  readonly hash: string;
  /** Name of its type in `questionTypes`. */
  readonly type: string;
  readonly lesson: { readonly id: string; readonly label: string };
  readonly topic: string;
  /** The teaching point it asks about. */
  readonly point: string;
  /** The heading under which the lesson teaches it. */
  readonly section: { readonly id: string; readonly title: string };
}

export interface QuestionData extends Asked {
  readonly stem: OpenText;
  readonly explanation: OpenText;
  /** What the type needs: options, items, key. */
  readonly body: unknown;
  readonly run?: RunData;
  /** The numbers to draw, in order. */
  readonly draw: Readonly<Record<string, Drawing>>;
  /** Further numbers, computed from them in order. */
  readonly computed: Readonly<Record<string, string>>;
}

export interface Question<Body = unknown> extends Asked {
  readonly stem: Text;
  readonly explanation: Text;
  readonly body: Body;
  readonly run?: RunData;
  /** Where drawn numbers and the order of options come from. */
  readonly seed: number;
  /** Another seed asks for other numbers. */
  readonly redrawable: boolean;
}

/** What is said to an answer, or to a part of it. */
export interface Reply {
  /** Which option, item, line or part it is about, as its type counts them; the whole answer when left out. */
  readonly at?: number;
  readonly right: boolean;
  readonly text: Text;
  /** A run that disproves the belief behind a wrong answer. */
  readonly run?: RunData;
}

export interface Grade {
  readonly correct: boolean;
  readonly replies: readonly Reply[];
}

/** A line of the answer sheet: an option, an item, a pair, with what is said about it. */
export interface SheetLine {
  readonly answer: Text;
  readonly right: boolean;
  readonly reply?: Text;
}

/** How a type of question is asked and graded. `Given` is an answer as JSON, the way the learner's record keeps it. */
export interface QuestionType<Body = unknown, Given = unknown> {
  /** Two or three words over the question: `One answer`. */
  readonly label: string;
  /** The sandbox runs the question's run again when an answer is checked. */
  readonly runs?: true;
  /** An answer of this question from what was kept; nothing when it is none. */
  read(question: Question<Body>, kept: unknown): Given | undefined;
  /** What is missing before it can be checked, as a sentence; nothing when it can. */
  lacks(question: Question<Body>, given: Given | undefined): string | undefined;
  /** `given` is complete. */
  grade(question: Question<Body>, given: Given): Grade;
  key(question: Question<Body>): Given;
  /** The wrong answers that the author foresaw. */
  foreseen(question: Question<Body>): readonly Given[];
  /** All there is to say, for paper and reports. */
  sheet(question: Question<Body>): readonly SheetLine[];
}
