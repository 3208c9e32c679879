/**
 * Matching: each thing on the left gets one of the choices, from a list.
 *
 * ```yaml
 * - id: where-it-belongs
 *   type: matching
 *   topic: init-code
 *   point: clients outside handler
 *   stem: Where does each line belong?
 *   pairs:                        # two or more; several may have the same right side
 *     - left: '`const s3 = new S3Client({});`'
 *       right: outside the handler
 *       reply: One client serves all requests of the environment.
 *     - left: '`let total = 0;` for one order'
 *       right: inside the handler
 *       reply: Outside, the next order would begin with this one’s total.
 *   others: [nowhere]             # further choices that fit nothing; text without styles, like the right sides
 *   explanation: …
 * ```
 */
import { z } from 'zod';
import { sentence } from '../../content/schema.ts';
import type { QuestionType, Text } from './question.ts';
import { standInOrder } from './options.ts';
import type { QuestionSource } from './source.ts';

export interface MatchingBody {
  readonly pairs: readonly { readonly left: Text; readonly right: string; readonly reply: Text }[];
  /** The choices: right sides and others, each once. */
  readonly choices: readonly string[];
  readonly inOrder: boolean;
}

/** The choice for each pair, as text; `null` where there is none yet. */
type Given = readonly (string | null)[];

export const matching: QuestionType<MatchingBody, Given> = {
  label: 'Match',
  read: ({ body }, kept) =>
    Array.isArray(kept) && kept.length === body.pairs.length
      ? kept.map((one: unknown) => (typeof one === 'string' && body.choices.includes(one) ? one : null))
      : undefined,
  lacks({ body }, given) {
    const open = body.pairs.filter((_, at) => given?.[at] == null).length;
    if (open === 0) return undefined;
    return open === 1 ? 'One is not matched yet.' : `${open} are not matched yet.`;
  },
  grade({ body }, given) {
    const replies = body.pairs.map(({ right, reply }, at) => ({ at, right: given[at] === right, text: reply }));
    return { correct: replies.every(({ right }) => right), replies };
  },
  key: ({ body }) => body.pairs.map(({ right }) => right),
  /** For each pair, every other choice. */
  foreseen({ body }) {
    const key = body.pairs.map(({ right }) => right);
    return key.flatMap((right, at) =>
      body.choices.filter((choice) => choice !== right).map((choice) => key.with(at, choice)),
    );
  },
  sheet: ({ body }) =>
    body.pairs.map(({ left, right, reply }) => ({ answer: [...left, ` → ${right}`], right: true, reply })),
};

interface Authored {
  readonly pairs: readonly { readonly left: string; readonly right: string; readonly reply: string }[];
  readonly others: readonly string[];
}

export const matchingSource: QuestionSource<Authored, MatchingBody> = {
  fields: () => ({
    pairs: z
      .array(z.strictObject({ left: sentence, right: sentence, reply: sentence }))
      .min(2, 'must have two pairs or more')
      .max(8, 'must have eight pairs or fewer'),
    others: z.array(sentence).default([]),
  }),
  prepare({ pairs, others }, preparation) {
    const rights = new Set(pairs.map(({ right }) => right));
    others.forEach((other, at) => {
      if (rights.has(other)) preparation.report(['others', at], 'is the right side of a pair.', 'Remove it here.');
    });
    if (rights.size + others.length < 2) {
      preparation.report(['pairs'], 'leave only one choice.', 'Add others that fit nothing.');
    }
    return {
      pairs: pairs.map(({ left, right, reply }, at) => ({
        left: preparation.text(left, ['pairs', at, 'left']),
        right: preparation.plain(right, ['pairs', at, 'right']),
        reply: preparation.text(reply, ['pairs', at, 'reply']),
      })),
      choices: [...rights, ...others].map((choice) => preparation.plain(choice, ['pairs'])),
      inOrder: standInOrder([...rights, ...others]),
    };
  },
  check({ body }, report) {
    if (new Set(body.choices).size < body.choices.length) {
      report(['pairs'], 'have choices that read the same.', 'Change one of them.');
    }
  },
};
