/**
 * Several choices: any number of options is right, and each is judged. The answer is right when exactly those are chosen.
 *
 * ```yaml
 * - id: what-survives
 *   type: several-choices
 *   topic: warm-start
 *   point: same environment, no INIT
 *   stem: A second order finds the environment of the first one idle. What is still there?
 *   options:                      # two or more; at least one right and at least one wrong
 *     - text: The open database connection
 *       correct: true
 *       reply: It belongs to the process, and the process was frozen, not ended.
 *     - text: The first order’s event
 *       reply: Each invocation gets an event of its own; the first is gone unless your code kept it.
 *       disprovedBy: …            # as in single-choice
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

/** Indices of the chosen options in the order of quiz.yaml, ascending. */
type Given = readonly number[];

const rightOnes = ({ options }: Choices): number[] => options.flatMap(({ right }, at) => (right ? [at] : []));

export const severalChoices: QuestionType<Choices, Given> = {
  label: 'One or more answers',
  read: ({ body }, kept) =>
    Array.isArray(kept) && kept.every((one) => isOptionOf(body, one))
      ? [...new Set(kept)].sort((a, b) => a - b)
      : undefined,
  lacks: (_, given) => (given === undefined || given.length === 0 ? 'Choose one or more answers first.' : undefined),
  grade({ body }, given) {
    const replies = body.options.map((option, at) => {
      const right = option.right === given.includes(at);
      return replyTo(body, at).map((reply) => ({ ...reply, right }));
    });
    return { correct: replies.flat().every(({ right }) => right), replies: replies.flat() };
  },
  key: ({ body }) => rightOnes(body),
  /** Each option chosen wrongly or left out, with the others as they should be. */
  foreseen: ({ body }) => {
    const key = rightOnes(body);
    return body.options.map((option, at) =>
      option.right ? key.filter((one) => one !== at) : [...key, at].sort((a, b) => a - b),
    );
  },
  sheet: ({ body }) => optionSheet(body),
};

interface Authored {
  readonly options: readonly OptionSource[];
  readonly keepOrder?: boolean | undefined;
}

export const severalChoicesSource: QuestionSource<Authored, Choices> = {
  fields: () => ({ options: z.array(optionSource()), keepOrder: keepOrder(), explanation: sentence.optional() }),
  prepare({ options, keepOrder }, preparation) {
    const right = options.filter(({ correct }) => correct).length;
    if (right === 0) preparation.report(['options'], 'has no correct option.', 'Mark one or more `correct: true`.');
    if (right > 0 && right === options.length) {
      preparation.report(['options'], 'has no wrong option.', 'Add what people wrongly believe.');
    }
    return prepareOptions(options, keepOrder, preparation, ['options']);
  },
  check: ({ body }, report) => checkOptions(body, report, ['options']),
};
