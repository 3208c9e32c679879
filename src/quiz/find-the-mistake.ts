/**
 * Find the mistake: code or a configuration is shown, and the learner chooses the line that is wrong.
 *
 * ```yaml
 * - id: total-of-the-last-customer
 *   type: find-the-mistake
 *   topic: init-code
 *   point: reused in warm environments
 *   stem: Now and then an order is billed for the items of another customer. Which line is to blame?
 *   name: index.mjs               # what the text is; its ending says how it is coloured
 *   code: |
 *     const items = [];
 *
 *     export const handler = async (event) => {
 *       items.push(...event.items);
 *       return items.length;
 *     };
 *   mistake:
 *     at: const items = []        # text that only this line has; a list where each of several lines counts
 *     reply: It runs once per environment, so the list goes on growing with every order.
 *     mended: const items = [];   # how it is mended: the line or lines as they should be, shown afterwards
 *   lines:                        # other lines that people choose, each with its reply
 *     - at: items.push
 *       reply: Adding is right; what it adds to is not.
 *   otherwise: This line does the same for every request.   # to any other line
 *   explanation: …
 * ```
 */
import { z } from 'zod';
import { sentence } from '../../content/schema.ts';
import type { QuestionType, Text } from './question.ts';
import type { Preparation, QuestionSource } from './source.ts';

export interface MistakeBody {
  readonly name: string;
  readonly lines: readonly string[];
  /** Indices of the lines that are wrong; choosing one of them is right. */
  readonly mistakes: readonly number[];
  readonly reply: Text;
  readonly mended: string;
  readonly wrong: readonly { readonly line: number; readonly reply: Text }[];
  readonly otherwise: Text;
}

export const findTheMistake: QuestionType<MistakeBody, number> = {
  label: 'Find the mistake',
  read: ({ body }, kept) => (typeof kept === 'number' && body.lines[kept]?.trim() ? kept : undefined),
  lacks: (_, given) => (given === undefined ? 'Choose a line first.' : undefined),
  /** `at` is the index of a line. */
  grade({ body }, given) {
    const right = { right: true, text: body.reply };
    if (body.mistakes.includes(given)) return { correct: true, replies: [{ at: given, ...right }] };
    const text = body.wrong.find(({ line }) => line === given)?.reply ?? body.otherwise;
    return {
      correct: false,
      replies: [
        { at: given, right: false, text },
        { at: body.mistakes[0] ?? 0, ...right },
      ],
    };
  },
  key: ({ body }) => body.mistakes[0] ?? 0,
  foreseen: ({ body }) =>
    body.lines.flatMap((line, at) => (line.trim() === '' || body.mistakes.includes(at) ? [] : [at])),
  sheet: ({ body }) => [
    ...body.mistakes.map((at) => ({
      answer: [`Line ${at + 1}: `, { code: body.lines[at]?.trim() ?? '' }],
      right: true,
      reply: [...body.reply, ' Mended: ', { code: body.mended.trim() }],
    })),
    ...body.wrong.map(({ line, reply }) => ({
      answer: [`Line ${line + 1}: `, { code: body.lines[line]?.trim() ?? '' }],
      right: false,
      reply,
    })),
  ],
};

const at = () => z.union([sentence, z.array(sentence).min(1)], 'must be text of the line, or a list of such texts');

interface Authored {
  readonly name: string;
  readonly code: string;
  readonly mistake: { readonly at: string | readonly string[]; readonly reply: string; readonly mended: string };
  readonly lines: readonly { readonly at: string; readonly reply: string }[];
  readonly otherwise: string;
}

/** The line that has this text, and only it. */
function lineWith(text: string, lines: readonly string[], report: (reason: string, mend: string) => void): number {
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index] : []));
  if (found.length === 0) report(`"${text}" is in no line of the code.`, 'Copy it from the line that is meant.');
  if (found.length > 1) report(`"${text}" is in ${found.length} lines of the code.`, 'Copy more of the line.');
  return found[0] ?? -1;
}

export const findTheMistakeSource: QuestionSource<Authored, MistakeBody> = {
  fields: () => ({
    name: sentence,
    code: z.string().min(1),
    mistake: z.strictObject({ at: at(), reply: sentence, mended: z.string().min(1) }),
    lines: z.array(z.strictObject({ at: sentence, reply: sentence })).default([]),
    otherwise: sentence,
  }),
  prepare({ name, code, mistake, lines: others, otherwise }, preparation: Preparation) {
    const lines = code.trimEnd().split('\n');
    const find = (text: string, path: (string | number)[]) =>
      lineWith(text, lines, (reason, mend) => preparation.report(path, reason, mend));
    const mistakes = [mistake.at].flat().map((text) => find(text, ['mistake', 'at']));
    const wrong = others.map(({ at: text, reply }, index) => ({
      line: find(text, ['lines', index, 'at']),
      reply: preparation.text(reply, ['lines', index, 'reply']),
    }));
    wrong.forEach(({ line }, index) => {
      if (!mistakes.includes(line)) return;
      preparation.report(['lines', index, 'at'], 'is the line with the mistake.', 'Name another line, or remove it.');
    });
    return {
      name,
      lines,
      mistakes,
      reply: preparation.text(mistake.reply, ['mistake', 'reply']),
      mended: mistake.mended.trimEnd(),
      wrong,
      otherwise: preparation.text(otherwise, ['otherwise']),
    };
  },
};
