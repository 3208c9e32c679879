/**
 * Ordering: things are put in the order in which they happen, with buttons.
 *
 * ```yaml
 * - id: steps-of-a-cold-start
 *   type: ordering
 *   topic: cold-start
 *   point: what happens step by step
 *   stem: A request finds no idle environment. Put in order what happens.
 *   items:                        # three to seven, in the right order
 *     - text: Lambda finds room and fetches your code
 *       reply: Nothing can start before there is a place and a program.   # why it stands here
 *     - text: The code outside the handler runs
 *       reply: It is part of init, and needs the runtime.
 *     - text: The handler is called
 *       reply: It is called once init has ended, and is given the event.
 *   explanation: …
 * ```
 */
import { z } from 'zod';
import { sentence } from '../../content/schema.ts';
import type { Question, QuestionType, Text } from './question.ts';
import { orderOf } from './random.ts';
import type { QuestionSource } from './source.ts';
import { plainText } from './text.ts';

export interface OrderingBody {
  readonly items: readonly { readonly text: Text; readonly reply: Text }[];
}

/** Indices of the items in the order of quiz.yaml, as the learner put them. */
type Given = readonly number[];

/** The order in which the items are shown at first: never the right one. */
export function firstOrder({ body, seed }: Question<OrderingBody>): Given {
  const order = orderOf(body.items.length, seed);
  return order.every((item, at) => item === at) ? [...order.slice(1), 0] : order;
}

export const ordering: QuestionType<OrderingBody, Given> = {
  label: 'Put in order',
  read({ body }, kept) {
    const all = Array.isArray(kept) && kept.length === body.items.length && new Set(kept).size === kept.length;
    return all && kept.every((item) => Object.hasOwn(body.items, item as PropertyKey)) ? (kept as number[]) : undefined;
  },
  lacks: (_, given) => (given === undefined ? 'Move the steps into order first.' : undefined),
  /** `at` counts places, from the top of the learner's order. */
  grade({ body }, given) {
    const replies = given.map((item, at) => ({ at, right: item === at, text: body.items[item]?.reply ?? [] }));
    return { correct: replies.every(({ right }) => right), replies };
  },
  key: ({ body }) => body.items.map((_, at) => at),
  /** Each two neighbours swapped, and all turned around. */
  foreseen({ body }) {
    const key = body.items.map((_, at) => at);
    const swapped = key.slice(1).map((at) => key.map((item) => (item === at ? at - 1 : item === at - 1 ? at : item)));
    return [...swapped, key.toReversed()];
  },
  sheet: ({ body }) => body.items.map(({ text, reply }) => ({ answer: text, right: true, reply })),
};

interface Authored {
  readonly items: readonly { readonly text: string; readonly reply: string }[];
}

export const orderingSource: QuestionSource<Authored, OrderingBody> = {
  fields: () => ({
    items: z
      .array(z.strictObject({ text: sentence, reply: sentence }))
      .min(3, 'must have three items or more')
      .max(7, 'must have seven items or fewer'),
  }),
  prepare: ({ items }, preparation) => ({
    items: items.map(({ text, reply }, at) => ({
      text: preparation.text(text, ['items', at, 'text']),
      reply: preparation.text(reply, ['items', at, 'reply']),
    })),
  }),
  check({ body }, report) {
    const texts = body.items.map(({ text }) => plainText(text).toLowerCase());
    texts.forEach((text, at) => {
      const other = texts.indexOf(text);
      if (other !== at) report(['items', at], `reads the same as item ${other + 1}.`, 'Say what tells them apart.');
    });
  },
};
