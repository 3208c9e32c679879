/** What the files about the whole course may hold: the topics to cover, the glossary, and the corrections of common notes. */
import { z } from 'zod';
import { day, sentence, slug } from './schema.ts';

/** One entry of `content/topics.yaml`: what a lesson has to teach and a question has to ask. */
export const topicSchema = z.strictObject({
  id: slug,
  title: sentence,
  /** Number of the unit where it belongs. */
  unit: z.int().min(1),
  /** Each is taught in a section of a lesson and asked by a question, which name it by exactly these words. */
  points: z.array(sentence).min(1, 'must name at least one point'),
});

/** `content/topics.yaml` */
export const topicFileSchema = z.array(topicSchema);

/** One entry of `content/glossary.yaml`. */
export const termSchema = z.strictObject({
  id: slug,
  /** As it is written in the middle of a sentence. */
  term: sentence,
  /** One sentence. Inline text: `code`, *emphasis* and {fact some-id}. */
  meaning: sentence,
  /** Id of the lesson that teaches it, once there is one. */
  lesson: slug.optional(),
});

/** `content/glossary.yaml` */
export const glossarySchema = z.array(termSchema);

/** One entry of a file in `content/corrections/`, one file a unit: a belief that common notes spread, and what holds. */
export const correctionSchema = z.strictObject({
  id: slug,
  /** The belief in the words people use, as a sentence without quotation marks. */
  claim: sentence,
  /** Never or not true; true once; true only with the addition; or told both ways. */
  verdict: z.enum(['wrong', 'outdated', 'imprecise', 'contradictory']),
  /** What is true, in one to three sentences. Inline text. */
  truth: sentence,
  /** Since when it is so, where it changed: a day, a month or a year. */
  since: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/, 'must be a year, a month or a day like 2025-08-01')
    .optional(),
  source: z.url({ protocol: /^https$/, error: 'must be an https address' }),
  /** Day of the last check against the source; null when nobody has looked yet. */
  checked: day.nullable(),
  /** Id of the topic it belongs to. */
  topic: slug,
});

/** A file in `content/corrections/`. */
export const correctionFileSchema = z.array(correctionSchema);

export type Topic = z.infer<typeof topicSchema>;
export type Term = z.infer<typeof termSchema>;
export type Correction = z.infer<typeof correctionSchema>;
