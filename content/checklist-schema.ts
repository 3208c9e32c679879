/** What `content/checklist.yaml` may hold: the statements by which a learner checks themselves, and what each means. */
import { z } from 'zod';
import { sentence, slug } from './schema.ts';

const itemSchema = z.strictObject({
  /** The item's identity in a learner's record. Never changes. */
  id: slug,
  /** What a learner claims, beginning with `I can`. */
  statement: z.string().regex(/^I can .+\.$/, 'must be a sentence that begins with “I can”'),
  /** What somebody can do who says yes: things that can be tried. Inline text. */
  means: z.array(sentence).min(1, 'must say what yes means'),
  /**
   * Ids of topics in `content/topics.yaml`. The lessons, questions and challenges on these are the evidence; those that
   * are written later add themselves.
   */
  topics: z.array(slug).min(1, 'must name at least one topic'),
});

/** `content/checklist.yaml`: parts with a heading, in order. */
export const checklistSchema = z
  .array(
    z.strictObject({
      part: sentence,
      items: z.array(itemSchema).min(1, 'must hold at least one item'),
    }),
  )
  .refine((parts) => {
    const ids = parts.flatMap(({ items }) => items.map(({ id }) => id));
    return new Set(ids).size === ids.length;
  }, 'must not use an id twice');

export type ChecklistItem = z.infer<typeof itemSchema>;
export type ChecklistPart = z.infer<typeof checklistSchema>[number];
