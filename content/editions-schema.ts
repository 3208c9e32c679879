/** What `content/earlier-editions.yaml` may hold: what earlier editions of the course asked, as progress codes know it. */
import { z } from 'zod';
import { sentence, slug } from './schema.ts';

/** One thing that a code speaks of, in the wording it had. */
const itemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), lesson: slug }),
  z.strictObject({ kind: z.literal('read'), lesson: slug }),
  z.strictObject({ kind: z.literal('prediction'), lesson: slug, prediction: sentence, hash: sentence }),
  z.strictObject({ kind: z.literal('question'), question: sentence, hash: sentence }),
  z.strictObject({ kind: z.literal('challenge'), challenge: slug, hash: sentence }),
  z.strictObject({ kind: z.literal('checklist'), item: slug }),
]);

/** Groups of things as they were; written by `npm run keep-edition`, never by hand. */
export const earlierEditionsSchema = z.array(
  z.strictObject({ name: sentence, lesson: slug.optional(), items: z.array(itemSchema) }),
);
