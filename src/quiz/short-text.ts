/**
 * Short text: a word or a few, typed. Case, spaces, hyphens, quotes, an article and one slip of the finger are forgiven.
 *
 * ```yaml
 * - id: where-init-shows
 *   type: short-text
 *   topic: cold-start
 *   point: visible as Init Duration
 *   stem: Which part of a REPORT line is there for cold starts only?
 *   accept: [Init Duration, '@initDuration']   # the first is shown as the answer
 *   wrong:                        # wrong answers that people give, each with its reply
 *     - answers: [INIT_START, INIT_START line]
 *       reply: That is a line of its own, before START.
 *   otherwise: Compare the two REPORT lines of your run.   # to any other wrong answer
 *   exact: true                   # left out, or true for names in which case and signs count
 *   explanation: …
 * ```
 */
import type { QuestionType, Text } from './question.ts';
import type { QuestionSource } from './source.ts';
import { exactWriting, isSlip, normalWriting } from './written.ts';

export interface ShortTextBody {
  readonly accept: readonly string[];
  readonly wrong: readonly { readonly answers: readonly string[]; readonly reply: Text }[];
  readonly otherwise: Text;
  readonly exact: boolean;
}

const writing = ({ exact }: Pick<ShortTextBody, 'exact'>) => (exact ? exactWriting : normalWriting);

/** Whether one of these forms is what was written. */
function matches(body: Pick<ShortTextBody, 'exact'>, forms: readonly string[], given: string): boolean {
  const normal = writing(body);
  return forms.some((form) => normal(form) === normal(given));
}

export const shortText: QuestionType<ShortTextBody, string> = {
  label: 'In your words',
  read: (_, kept) => (typeof kept === 'string' ? kept : undefined),
  lacks: (_, given) => (given === undefined || given.trim() === '' ? 'Write an answer first.' : undefined),
  grade({ body }, given) {
    if (matches(body, body.accept, given)) return { correct: true, replies: [{ right: true, text: [] }] };
    const foreseen = body.wrong.find(({ answers }) => matches(body, answers, given));
    const slip = foreseen || body.exact ? undefined : body.accept.find((form) => isSlip(given, form));
    if (slip) return { correct: true, replies: [{ right: true, text: ['It is written ', { code: slip }, '.'] }] };
    return { correct: false, replies: [{ right: false, text: foreseen?.reply ?? body.otherwise }] };
  },
  key: ({ body }) => body.accept[0] ?? '',
  foreseen: ({ body }) => body.wrong.flatMap(({ answers }) => answers),
  sheet: ({ body }) => [
    { answer: [body.accept.join(', or ')], right: true },
    ...body.wrong.map(({ answers, reply }) => ({ answer: [answers.join(', ')], right: false, reply })),
  ],
};

interface Authored {
  readonly accept: readonly string[];
  readonly wrong: readonly { readonly answers: readonly string[]; readonly reply: string }[];
  readonly otherwise: string;
  readonly exact: boolean;
}

export const shortTextSource: QuestionSource<Authored, ShortTextBody> = {
  fields: ({ z, sentence }) => ({
    accept: z.array(sentence).min(1, 'must accept at least one answer'),
    wrong: z.array(z.strictObject({ answers: z.array(sentence).min(1), reply: sentence })).default([]),
    otherwise: sentence,
    exact: z.boolean().default(false),
  }),
  prepare: ({ accept, wrong, otherwise, exact }, preparation) => ({
    accept: accept.map((form, at) => preparation.plain(form, ['accept', at])),
    wrong: wrong.map(({ answers, reply }, at) => ({
      answers: answers.map((form, index) => preparation.plain(form, ['wrong', at, 'answers', index])),
      reply: preparation.text(reply, ['wrong', at, 'reply']),
    })),
    otherwise: preparation.text(otherwise, ['otherwise']),
    exact,
  }),
};
