/**
 * True or false, with the reason: the stem is a claim; verdict and reason must both be right.
 *
 * ```yaml
 * - id: ping-keeps-warm
 *   type: true-false-with-reason
 *   topic: warm-start
 *   point: no published idle lifetime
 *   stem: A ping every five minutes means that no customer meets a cold start.
 *   answer: false
 *   otherVerdict: It keeps one environment busy now and then …   # to whoever says true
 *   reasons:                      # as the options of single-choice: exactly one is correct
 *     - text: The ping holds one environment; a second customer at the same moment needs another.
 *       correct: true
 *       reply: An environment serves one request at a time.
 *     - text: Pings are not billed, so Lambda ignores them.
 *       reply: A ping is a request like any other, billed and all.
 *   explanation: …                # may be left out: the replies say it
 * ```
 */
import { checkOptions, isOptionOf, prepareOptions, replyTo, type Choices } from './options.ts';
import type { OptionSource } from './pieces.ts';
import type { QuestionType, Text } from './question.ts';
import type { QuestionSource } from './source.ts';

export interface TrueFalseBody extends Choices {
  readonly verdict: boolean;
  readonly otherVerdict: Text;
}

/** `reason` is an index in the order of quiz.yaml. */
interface Given {
  readonly verdict: boolean;
  readonly reason: number;
}

const keyOf = ({ verdict, options }: TrueFalseBody): Given => ({
  verdict,
  reason: options.findIndex(({ right }) => right),
});

export const trueFalseWithReason: QuestionType<TrueFalseBody, Partial<Given>> = {
  label: 'True or false, and why',
  read({ body }, kept) {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { verdict, reason } = kept as Record<string, unknown>;
    return {
      ...(typeof verdict === 'boolean' && { verdict }),
      ...(isOptionOf(body, reason) && { reason }),
    };
  },
  lacks(_, given) {
    if (given?.verdict === undefined) return 'Say first whether it is true or false.';
    return given.reason === undefined ? 'Choose the reason too.' : undefined;
  },
  /** A reply without `at` is about the verdict. */
  grade({ body }, { verdict, reason = -1 }) {
    const key = keyOf(body);
    const judged = verdict === key.verdict;
    const reasoned = reason === key.reason;
    const replies = [
      ...(judged ? [] : [{ right: false, text: body.otherVerdict }]),
      ...replyTo(body, reason),
      ...(reasoned ? [] : replyTo(body, key.reason)),
    ];
    return { correct: judged && reasoned, replies };
  },
  key: ({ body }) => keyOf(body),
  foreseen({ body }) {
    const key = keyOf(body);
    const wrong = body.options.flatMap(({ right }, reason) => (right ? [] : [reason]));
    return [{ ...key, verdict: !key.verdict }, ...wrong.map((reason) => ({ ...key, reason }))];
  },
  sheet: ({ body }) => [
    { answer: [body.verdict ? 'True' : 'False'], right: true },
    { answer: [body.verdict ? 'False' : 'True'], right: false, reply: body.otherVerdict },
    ...body.options.map(({ text, right, reply }) => ({ answer: text, right, reply })),
  ],
};

interface Authored {
  readonly answer: boolean;
  readonly otherVerdict: string;
  readonly reasons: readonly OptionSource[];
  readonly keepOrder?: boolean | undefined;
}

export const trueFalseWithReasonSource: QuestionSource<Authored, TrueFalseBody> = {
  fields: ({ z, option, keepOrder, sentence }) => ({
    answer: z.boolean(),
    otherVerdict: sentence,
    reasons: z.array(option),
    keepOrder,
    explanation: sentence.optional(),
  }),
  async prepare({ answer, otherVerdict, reasons, keepOrder }, preparation) {
    const right = reasons.filter(({ correct }) => correct).length;
    if (right !== 1) {
      preparation.report(
        ['reasons'],
        `must have exactly one correct reason; ${right} are.`,
        'Mark one `correct: true`.',
      );
    }
    return {
      ...(await prepareOptions(reasons, keepOrder, preparation, ['reasons'])),
      verdict: answer,
      otherVerdict: preparation.text(otherVerdict, ['otherVerdict']),
    };
  },
  check: ({ body }, report) => checkOptions(body, report, ['reasons']),
};
