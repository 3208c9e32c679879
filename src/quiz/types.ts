/**
 * Every question type by its name in quiz.yaml: how it is asked and graded, and how it is written. To add one, write
 * `src/quiz/<name>.ts`, enter it here, and give it a view in `src/components/quiz/types/` and a test.
 */
import { fillTheConfiguration, fillTheConfigurationSource } from './fill-the-configuration.ts';
import { findTheMistake, findTheMistakeSource } from './find-the-mistake.ts';
import { matching, matchingSource } from './matching.ts';
import { number, numberSource } from './number.ts';
import { ordering, orderingSource } from './ordering.ts';
import { predictTheRun, predictTheRunSource } from './predict-the-run.ts';
import type { Question, QuestionType } from './question.ts';
import { severalChoices, severalChoicesSource } from './several-choices.ts';
import { shortText, shortTextSource } from './short-text.ts';
import { singleChoice, singleChoiceSource } from './single-choice.ts';
import type { QuestionSource } from './source.ts';
import { trueFalseWithReason, trueFalseWithReasonSource } from './true-false-with-reason.ts';

/** What pages need. */
export const questionTypes: Readonly<Record<string, QuestionType>> = {
  'single-choice': singleChoice,
  'several-choices': severalChoices,
  'true-false-with-reason': trueFalseWithReason,
  'short-text': shortText,
  number,
  ordering,
  matching,
  'predict-the-run': predictTheRun,
  'find-the-mistake': findTheMistake,
  'fill-the-configuration': fillTheConfiguration,
};

/** What the build needs; pages carry none of it. */
export const questionSources: Readonly<Record<string, QuestionSource>> = {
  'single-choice': singleChoiceSource,
  'several-choices': severalChoicesSource,
  'true-false-with-reason': trueFalseWithReasonSource,
  'short-text': shortTextSource,
  number: numberSource,
  ordering: orderingSource,
  matching: matchingSource,
  'predict-the-run': predictTheRunSource,
  'find-the-mistake': findTheMistakeSource,
  'fill-the-configuration': fillTheConfigurationSource,
};

/** The type of a question. @throws when there is none of that name, which the build does not let pass */
export function typeOf({ type }: Pick<Question, 'type'>): QuestionType {
  const found = Object.hasOwn(questionTypes, type) ? questionTypes[type] : undefined;
  if (!found) throw new Error(`There is no question type "${type}".`);
  return found;
}
