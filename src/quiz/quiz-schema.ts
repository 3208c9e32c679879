/** What `quiz.yaml` may hold: questions of the types that there are. */
import { z } from 'zod';
import { pieces, questionFields, type QuestionFields } from './pieces.ts';
import { questionSources } from './types.ts';

/** A question as its author wrote it; the rest is known to its type. */
export type AuthoredQuestion = QuestionFields & { readonly type: string };

const names = Object.keys(questionSources);

const questionSchema = z.discriminatedUnion(
  'type',
  Object.entries(questionSources).map(([name, source]) =>
    z.strictObject({ ...questionFields, type: z.literal(name), ...source.fields(pieces) }),
  ) as unknown as [z.ZodObject<{ type: z.ZodLiteral<string> }>],
  { error: `is no type of question; there are ${names.join(', ')}` },
) as unknown as z.ZodType<AuthoredQuestion>;

export const quizSchema = z.strictObject({
  questions: z.array(questionSchema).min(1, 'must hold at least one question'),
});
