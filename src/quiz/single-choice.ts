/**
 * Single choice: one option is right.
 *
 * ```yaml
 * - id: burst-of-six
 *   type: single-choice
 *   topic: cold-start
 *   point: when it occurs
 *   stem: Two environments of `checkout` are idle. Six orders arrive in the same millisecond. How many start cold?
 *   options:                      # two or more, exactly one of them correct
 *     - text: One
 *       reply: That would be so if one new environment took all the orders that are left.
 *       disprovedBy:              # a run that the learner can start from the reply
 *         function: checkout
 *         steps: [{ invoke: order, count: 2 }, { wait: 5s }, { invoke: order, count: 6 }]
 *         look: Four lanes begin with init when the six arrive.
 *     - text: Four
 *       correct: true
 *       reply: Two orders go to the two idle environments; each of the other four waits for an init of its own.
 *   keepOrder: true               # left out, options are shuffled unless they are numbers or name each other
 *   explanation: …                # may be left out: the replies say it
 * ```
 */
import { z } from 'zod';
import { sentence } from '../../content/schema.ts';
import {
  checkOptions,
  isOptionOf,
  keepOrder,
  optionSheet,
  optionSource,
  prepareOptions,
  replyTo,
  type Choices,
  type OptionSource,
} from './options.ts';
import type { QuestionType } from './question.ts';
import type { QuestionSource } from './source.ts';

/** Index of the chosen option, in the order of quiz.yaml. */
type Given = number;

export const singleChoice: QuestionType<Choices, Given> = {
  label: 'One answer',
  read: ({ body }, kept) => (isOptionOf(body, kept) ? kept : undefined),
  lacks: (_, given) => (given === undefined ? 'Choose an answer first.' : undefined),
  grade({ body }, given) {
    const correct = body.options[given]?.right === true;
    const right = body.options.findIndex((option) => option.right);
    return { correct, replies: correct ? replyTo(body, given) : [...replyTo(body, given), ...replyTo(body, right)] };
  },
  key: ({ body }) => body.options.findIndex(({ right }) => right),
  foreseen: ({ body }) => body.options.flatMap(({ right }, at) => (right ? [] : [at])),
  sheet: ({ body }) => optionSheet(body),
};

interface Authored {
  readonly options: readonly OptionSource[];
  readonly keepOrder?: boolean | undefined;
}

export const singleChoiceSource: QuestionSource<Authored, Choices> = {
  fields: () => ({ options: z.array(optionSource()), keepOrder: keepOrder(), explanation: sentence.optional() }),
  prepare({ options, keepOrder }, preparation) {
    const right = options.filter(({ correct }) => correct).length;
    if (right !== 1) {
      preparation.report(
        ['options'],
        `must have exactly one correct option; ${right} are.`,
        'Mark one `correct: true`.',
      );
    }
    return prepareOptions(options, keepOrder, preparation, ['options']);
  },
  check: ({ body }, report) => checkOptions(body, report, ['options']),
};
