/** What a fact from outside must be. Fields that do not belong are left out, optional ones that are wrong too. */
import { z } from 'zod';
import type { Entry } from '../entry.ts';
import { unknownDate } from '../possible-dates.ts';
import { plainValue } from './plain-value.ts';

/** The latest date that JavaScript has. */
const lastMoment = 8.64e15;

/** An id or a name: short, printable, and nothing that an object has by itself. */
const name = z
  .string('is missing or not a text')
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_ .:@/#+~-]{0,199}$/u, 'is not a name')
  .refine((text) => !(text in {}), 'is not a name');

/** ms since the Unix epoch, an ISO date, or null for unknown. */
const at = z.unknown().transform((value, context) => {
  const moment = value === null ? unknownDate : typeof value === 'string' ? Date.parse(value) : value;
  if (typeof moment === 'number' && moment >= 0 && moment <= lastMoment) return Math.round(moment);
  context.addIssue({ code: 'custom', message: 'is not a date' });
  return z.NEVER;
});

/** Plain JSON of at most so many characters, without the keys that an object has by itself. */
const json = (most: number) =>
  z.unknown().transform((value, context) => {
    const plain = plainValue(value, most);
    if (plain.ok) return plain.value;
    context.addIssue({ code: 'custom', message: plain.reason });
    return z.NEVER;
  });

const seconds = z.number('is not a number').min(0, 'is below 0');
const written = { id: name, at };
const day = 24 * 60 * 60;

const kinds = {
  'lesson-opened': z.object({ lesson: name }),
  'time-spent': z.object({ lesson: name, seconds: seconds.max(day, 'is more than a day') }),
  'lesson-read': z.object({ lesson: name }),
  'prediction-made': z.object({ lesson: name, prediction: name, hash: name, held: z.boolean('is not true or false') }),
  'answer-given': z.object({
    question: name,
    hash: name,
    correct: z.boolean('is not true or false'),
    given: json(20_000).prefault(null),
    place: z.enum(['lesson', 'review', 'exam', 'practice'], 'is not a place that exists'),
    confidence: z.enum(['guess', 'think-so', 'sure']).optional().catch(undefined),
    seed: z.int().optional().catch(undefined),
  }),
  'card-reviewed': z.object({
    question: name,
    hash: name,
    rating: z.enum(['again', 'hard', 'good', 'easy'], 'is not a rating that exists'),
  }),
  'review-undone': z.object({ review: name }),
  'exam-finished': z.object({
    exam: name,
    seconds: seconds.max(30 * day, 'is more than a month'),
    questions: z
      .array(z.object({ question: name, correct: z.boolean('is not true or false') }), 'is not a list')
      .max(1000, 'are more than 1000'),
  }),
  'challenge-passed': z.object({ challenge: name, hash: name, hints: z.int('is not a number').min(0).max(1000) }),
  'checklist-item-set': z.object({
    item: name,
    value: z.enum(['not-yet', 'think-so', 'can-show'], 'is not a value that exists'),
  }),
  'draft-kept': z.object({ draft: name, version: name, value: json(1_000_000) }),
  'setting-chosen': z.object({ setting: name, value: json(20_000) }),
} satisfies Record<Entry['kind'], z.ZodObject>;

const schemas = new Map<string, z.ZodType>(
  Object.entries(kinds).map(([kind, fields]) => [
    kind,
    z.object({ ...written, kind: z.literal(kind), ...(fields.shape as z.ZodRawShape) }),
  ]),
);

/** One fact checked: itself, what is wrong with it, or a kind that this edition of the course does not know. */
export type CheckedEntry =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly unknownKind: string }
  | { readonly ok: false; readonly reason: string };

export function checkEntry(value: unknown): CheckedEntry {
  const kind: unknown = typeof value === 'object' && value !== null && Reflect.get(value, 'kind');
  if (typeof kind !== 'string') return { ok: false, reason: 'is not a fact' };
  const schema = schemas.get(kind);
  if (!schema) return { ok: false, unknownKind: kind.slice(0, 40) };
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, entry: withoutUndefined(result.data as object) as Entry };
  const issue = result.error.issues[0];
  return { ok: false, reason: `${kind}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
}

function withoutUndefined(entry: object): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
