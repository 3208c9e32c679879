/**
 * Number: typed, with or without its unit. `8 ms`, `0.008 s` and `8` are one answer; `1,024` and `1024` too.
 *
 * ```yaml
 * - id: billed-cold-start
 *   type: number
 *   topic: cold-start
 *   point: billed since Aug 2025
 *   draw: { n: { from: 2, to: 9 } }
 *   stem: '{= n} cold starts, each with {fact report-billed-init-example.init} of init and … . What is billed in all?'
 *   answer: n * ceil(fact('report-billed-init-example.init') + fact('report-billed-init-example.duration'))
 *   unit: ms                      # ms, s, min, h, d, B, KB, MB, GB, TB, USD, %, or a word for what is counted
 *   tolerance: { percent: 1 }     # or { by: 5 } in the unit; left out, only the number itself is right
 *   wrong:                        # wrong answers that people give, each with its reply
 *     - answer: n * ceil(fact('report-billed-init-example.duration'))
 *       reply: Init was free until {fact billing-init}. Since then it is billed too.
 *   otherwise: Add init and handler, round up once, then multiply.   # to any other wrong answer
 *   explanation: …
 * ```
 */
import { knownUnits, readQuantity, writeQuantity } from './quantity.ts';
import type { TypedNumber } from './pieces.ts';
import type { QuestionType, Text } from './question.ts';
import type { Preparation, QuestionSource } from './source.ts';

/** How far from the answer is still right: percent of it, or so many of the unit. */
export type Tolerance = { readonly percent: number } | { readonly by: number };

/** A number to be typed. */
export interface NumberField {
  readonly answer: number;
  readonly unit: string;
  readonly tolerance: Tolerance;
  readonly wrong: readonly { readonly answer: number; readonly reply: Text }[];
  readonly otherwise: Text;
}

/** Why what was typed cannot be taken as an answer. */
export function lacksNumber({ unit }: Pick<NumberField, 'unit'>, given: string | undefined): string | undefined {
  if (given === undefined || given.trim() === '') return 'Write a number first.';
  const read = readQuantity(given, unit);
  if (read.ok) return undefined;
  if (read.problem === 'other unit')
    return `Write it in ${unit || 'no unit'}${knownUnits.includes(unit) ? ' or a unit of the same kind' : ''}.`;
  return `Write a number, such as ${writeQuantity(12, unit)}.`;
}

const near = (value: number, answer: number, tolerance: Tolerance): boolean => {
  const most = 'by' in tolerance ? tolerance.by : (Math.abs(answer) * tolerance.percent) / 100;
  return Math.abs(value - answer) <= most + Math.abs(answer) * 1e-9;
};

/** How closely the number has to be met, for the learner; empty when exactly. */
export function toleranceWords({ tolerance, unit }: NumberField): string {
  if ('percent' in tolerance) return `within ${tolerance.percent}%`;
  return tolerance.by === 0 ? '' : `within ${writeQuantity(tolerance.by, unit)}`;
}

/** Whether it is right, and the reply when it is not. */
export function gradeNumber(field: NumberField, given: string): { correct: boolean; reply: Text } {
  const read = readQuantity(given, field.unit);
  if (!read.ok) return { correct: false, reply: field.otherwise };
  if (near(read.value, field.answer, field.tolerance)) return { correct: true, reply: [] };
  // A foreseen answer is met as closely as the right one, but the right one goes first.
  const foreseen = field.wrong.find(({ answer }) => near(read.value, answer, field.tolerance));
  return { correct: false, reply: foreseen?.reply ?? field.otherwise };
}

/** What makes the number unanswerable: no tolerance where it needs one, or a foreseen wrong answer that is right. */
export function checkNumber(
  field: NumberField,
  report: Preparation['report'],
  path: readonly (string | number)[],
): void {
  const { answer, tolerance, wrong, unit } = field;
  const exact = 'by' in tolerance && tolerance.by === 0;
  if (typeof answer !== 'number') {
    report([...path, 'answer'], `is not a number but ${JSON.stringify(answer)}.`, 'Give a number, or offer options.');
  } else if (exact && Number(answer.toFixed(2)) !== answer) {
    const mend = 'Add `tolerance: { percent: 1 }`, and say in the stem how closely to answer.';
    report([...path, 'answer'], `is ${writeQuantity(answer, unit)}, which nobody types to the last digit.`, mend);
  }
  wrong.forEach(({ answer: other }, at) => {
    if (!near(other, answer, tolerance)) return;
    report([...path, 'wrong', at], `is ${writeQuantity(other, unit)}, which counts as right.`, 'Remove it.');
  });
}

export const number: QuestionType<NumberField, string> = {
  label: 'A number',
  read: (_, kept) => (typeof kept === 'string' ? kept : undefined),
  lacks: ({ body }, given) => lacksNumber(body, given),
  grade({ body }, given) {
    const { correct, reply } = gradeNumber(body, given);
    return { correct, replies: [{ right: correct, text: reply }] };
  },
  key: ({ body }) => writeQuantity(body.answer, body.unit),
  foreseen: ({ body }) => body.wrong.map(({ answer }) => writeQuantity(answer, body.unit)),
  sheet: ({ body }) => [
    { answer: [writeQuantity(body.answer, body.unit)], right: true },
    ...body.wrong.map(({ answer, reply }) => ({ answer: [writeQuantity(answer, body.unit)], right: false, reply })),
  ],
};

interface Authored extends TypedNumber {
  readonly otherwise: string;
}

/** The field with open texts and values. */
export function prepareNumber(authored: Authored, preparation: Preparation, path: readonly (string | number)[]) {
  const { answer, unit, tolerance = { by: 0 }, wrong, otherwise } = authored;
  return {
    answer: preparation.value(answer, [...path, 'answer']),
    unit,
    tolerance,
    wrong: wrong.map((one, at) => ({
      answer: preparation.value(one.answer, [...path, 'wrong', at, 'answer']),
      reply: preparation.text(one.reply, [...path, 'wrong', at, 'reply']),
    })),
    otherwise: preparation.text(otherwise, [...path, 'otherwise']),
  };
}

export const numberSource: QuestionSource<Authored, NumberField> = {
  fields: ({ typedNumber, sentence }) => ({ ...typedNumber, otherwise: sentence }),
  prepare: (authored, preparation) => prepareNumber(authored, preparation, []),
  check: ({ body }, report) => checkNumber(body, report, []),
};
