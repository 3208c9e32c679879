/**
 * Predict the run: a function, its configuration, and a sequence of requests and waits; the learner says what will happen.
 * No answer is written down: the sandbox runs it when the site is built, and again in the page when the answer is checked.
 *
 * ```yaml
 * - id: three-after-a-pause
 *   type: predict-the-run
 *   topic: cold-start
 *   point: when it occurs
 *   stem: One order, half a minute of nothing, then three orders at once.
 *   run:                          # as in `source.ts`; with `draw`, counts and waits may be drawn
 *     function: checkout
 *     steps: [{ invoke: order }, { wait: 30s }, { invoke: order, count: 3 }]
 *   asks:                         # one or more; the answer is an expression of the run, see measurements.ts
 *     - question: The first order starts
 *       answer: start(1)          # start and status are chosen from what there is; everything else is a number …
 *       reply: No environment exists yet.
 *     - question: How many of the four start cold?
 *       answer: coldStarts()
 *       unit: orders              # unit, tolerance and wrong as in number.ts
 *       wrong: [{ answer: 4, reply: The idle environment takes one of the three. }]
 *       reply: The first, and two of the three.
 *     - question: For the first order Lambda bills
 *       answer: billed(1)
 *       unit: ms
 *       options:                  # … or options, of which the run makes exactly one right
 *         - value: ceil(duration(1))
 *           reply: Init is billed too.
 *         - value: ceil(init(1) + duration(1))
 *           text: '{= ceil(init(1) + duration(1))} ms, init and handler'   # left out, it is value and unit
 *           reply: Both, rounded up once.
 *       reply: Init and handler are added and rounded up.
 *   explanation: …
 * ```
 */
import { checkNumber, gradeNumber, lacksNumber, type NumberField, type Tolerance } from './number.ts';
import { writeQuantity } from './quantity.ts';
import type { TypedNumber } from './pieces.ts';
import type { QuestionType, Text, Value } from './question.ts';
import type { Path, Preparation, QuestionSource } from './source.ts';
import { plainText } from './text.ts';

interface Choice {
  readonly text: Text;
  readonly value: Value;
  /** Said instead of the part's own reply when this one is chosen. */
  readonly reply?: Text;
}

/** One thing asked of the run. */
export type Ask = {
  readonly question: Text;
  /** Why it is so. */
  readonly reply: Text;
} & (
  | { readonly options: readonly Choice[]; readonly answer: Value }
  | { readonly options?: undefined; readonly field: NumberField }
);

export interface PredictBody {
  readonly asks: readonly Ask[];
}

/** For each part the index of an option, or the number as it was typed; `null` where there is none yet. */
type Given = readonly (number | string | null)[];

function gradePart(ask: Ask, given: number | string | null | undefined): { right: boolean; text: Text } {
  if (ask.options) {
    const chosen = typeof given === 'number' ? ask.options[given] : undefined;
    return { right: chosen?.value === ask.answer, text: chosen?.reply ?? ask.reply };
  }
  const { correct, reply } = gradeNumber(ask.field, String(given ?? ''));
  return { right: correct, text: correct ? ask.reply : reply };
}

const keyOfPart = (ask: Ask): number | string =>
  ask.options
    ? ask.options.findIndex(({ value }) => value === ask.answer)
    : writeQuantity(ask.field.answer, ask.field.unit);

const wrongOfPart = (ask: Ask): (number | string)[] =>
  ask.options
    ? ask.options.flatMap(({ value }, at) => (value === ask.answer ? [] : [at]))
    : ask.field.wrong.map(({ answer }) => writeQuantity(answer, ask.field.unit));

/** What happens, as it is written on the answer sheet. */
export function answerOfPart(ask: Ask): Text {
  if (!ask.options) return [writeQuantity(ask.field.answer, ask.field.unit)];
  return ask.options.find(({ value }) => value === ask.answer)?.text ?? [String(ask.answer)];
}

export const predictTheRun: QuestionType<PredictBody, Given> = {
  label: 'Predict the run',
  runs: true,
  read({ body }, kept) {
    if (!Array.isArray(kept) || kept.length !== body.asks.length) return undefined;
    return body.asks.map((ask, at) => {
      const one: unknown = kept[at];
      if (ask.options) return typeof one === 'number' && Object.hasOwn(ask.options, one) ? one : null;
      return typeof one === 'string' ? one : null;
    });
  },
  lacks({ body }, given) {
    const open = body.asks.findIndex((ask, at) => (ask.options ? given?.[at] == null : !given?.[at]));
    if (open >= 0) return body.asks.length === 1 ? 'Say what happens first.' : `Part ${open + 1} has no answer yet.`;
    for (const [at, ask] of body.asks.entries()) {
      const lack = ask.options ? undefined : lacksNumber(ask.field, String(given?.[at]));
      if (lack !== undefined) return body.asks.length === 1 ? lack : `Part ${at + 1}: ${lack}`;
    }
    return undefined;
  },
  grade({ body }, given) {
    const replies = body.asks.map((ask, at) => ({ at, ...gradePart(ask, given[at]) }));
    return { correct: replies.every(({ right }) => right), replies };
  },
  key: ({ body }) => body.asks.map(keyOfPart),
  foreseen({ body }) {
    const key = body.asks.map(keyOfPart);
    return body.asks.flatMap((ask, at) => wrongOfPart(ask).map((wrong) => key.with(at, wrong)));
  },
  sheet: ({ body }) =>
    body.asks.map((ask) => ({ answer: [...ask.question, ' ', ...answerOfPart(ask)], right: true, reply: ask.reply })),
};

interface AskAuthored extends TypedNumber {
  readonly question: string;
  readonly answer: string;
  readonly reply: string;
  readonly options?: readonly { readonly value: number | string; readonly text?: string; readonly reply?: string }[];
}

interface Authored {
  readonly asks: readonly AskAuthored[];
}

/** What there is to choose from where the answer is one of a few words. */
const words: readonly { readonly of: RegExp; readonly options: readonly string[] }[] = [
  { of: /^start\(/, options: ['cold', 'warm'] },
  { of: /^status\(/, options: ['success', 'error', 'timeout', 'throttled'] },
];

function prepareAsk(ask: AskAuthored, preparation: Preparation, path: Path): unknown {
  const { question, answer, reply, unit, tolerance = { by: 0 } satisfies Tolerance, wrong } = ask;
  const texts = {
    question: preparation.text(question, [...path, 'question']),
    reply: preparation.text(reply, [...path, 'reply']),
  };
  const value = preparation.value(answer, [...path, 'answer']);
  const chosen =
    ask.options ?? words.find(({ of }) => of.test(answer))?.options.map((word) => ({ value: `'${word}'`, text: word }));
  if (!chosen) {
    const foreseen = wrong.map((one, at) => ({
      answer: preparation.value(one.answer, [...path, 'wrong', at, 'answer']),
      reply: preparation.text(one.reply, [...path, 'wrong', at, 'reply']),
    }));
    return { ...texts, field: { answer: value, unit, tolerance, wrong: foreseen, otherwise: texts.reply } };
  }
  const options = chosen.map((option, at) => {
    const place = [...path, 'options', at];
    const shown = option.text ?? `{= ${option.value}}${unit === '' ? '' : ` ${unit}`}`;
    return {
      text: preparation.text(shown, [...place, 'text']),
      value: preparation.value(option.value, [...place, 'value']),
      ...('reply' in option && option.reply && { reply: preparation.text(option.reply, [...place, 'reply']) }),
    };
  });
  return { ...texts, options, answer: value };
}

export const predictTheRunSource: QuestionSource<Authored, PredictBody> = {
  fields: ({ z, sentence, amount, run, typedNumber }) => {
    const option = z.strictObject({ value: amount, text: sentence.optional(), reply: sentence.optional() });
    const options = z.array(option).min(2, 'must offer at least two options').optional();
    const ask = z.strictObject({ ...typedNumber, question: sentence, answer: sentence, reply: sentence, options });
    return { run, asks: z.array(ask).min(1, 'must ask at least one thing') };
  },
  prepare: ({ asks }, preparation) => ({ asks: asks.map((ask, at) => prepareAsk(ask, preparation, ['asks', at])) }),
  check({ body }, report) {
    body.asks.forEach((ask, at) => {
      if (!ask.options) {
        checkNumber(ask.field, report, ['asks', at]);
        return;
      }
      const right = ask.options.filter(({ value }) => value === ask.answer).length;
      if (right !== 1) {
        const reason = `has ${right} options that the run makes right; it gives ${JSON.stringify(ask.answer)}.`;
        report(['asks', at, 'options'], reason, 'Make exactly one of them come true.');
      }
      const texts = ask.options.map(({ text }) => plainText(text));
      if (new Set(texts).size < texts.length) {
        report(['asks', at, 'options'], `read the same: ${texts.join(', ')}.`, 'Change one of them.');
      }
    });
  },
};
