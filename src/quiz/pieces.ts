/**
 * The pieces that the schemas of questions are made of. The build hands them to the types, so that pages, which only grade,
 * load no schemas.
 */
import { z } from 'zod';
import { functionSchema, sentence, slug } from '../../content/schema.ts';

/** A drawn or computed number's name. */
const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be a name like n or perRequest');

/** A number, or an expression that gives one. */
const amount = z.union([z.number(), sentence], 'must be a number or an expression');

/** One step of a run; counts and waits may be drawn: `{ invoke: order, count: n }`, `{ wait: gap * 60, unit: s }`. */
const runStep = z.union(
  [
    z.strictObject({ invoke: slug, count: amount.default(1) }),
    z.strictObject({ wait: z.string().regex(/^\d+(ms|s|m|h)$/) }),
    z.strictObject({ wait: amount, unit: z.enum(['ms', 's', 'm', 'h']) }),
  ],
  'must be a step like `invoke: order`, `wait: 15m`, or `wait: gap` with `unit: m`',
);

const { MemorySize, Timeout, Runtime, Handler, Architectures, ...rest } = functionSchema.omit({ recorded: true }).shape;

/** What a run may set instead of the function's own configuration. Nothing by default. */
const configuration = z.strictObject({
  ...rest,
  MemorySize: MemorySize.unwrap().optional(),
  Timeout: Timeout.unwrap().optional(),
  Runtime: Runtime.unwrap().optional(),
  Handler: Handler.unwrap().optional(),
  Architectures: Architectures.unwrap().optional(),
});

/** A run of a function that stands in the lesson's folder. */
const run = z.strictObject({
  function: slug,
  /** Instead of what its function.yaml says. */
  configuration: configuration.optional(),
  /** Changes of its files: each text stands in its file once, and becomes another. */
  edit: z.array(z.strictObject({ file: sentence, text: sentence, with: z.string() })).optional(),
  steps: z.array(runStep).min(1, 'must have at least one step'),
  /** What to look at in it: inline text. */
  look: sentence.optional(),
});
export type RunSource = z.output<typeof run>;

/** What every question has. */
export const questionFields = {
  id: slug,
  topic: slug,
  point: sentence,
  alsoAsks: z.record(slug, z.array(sentence).min(1)).default({}),
  section: slug.optional(),
  stem: sentence,
  /** Why the answer is what it is: inline text. */
  explanation: sentence,
  draw: z
    .record(
      name,
      z.union(
        [
          z.strictObject({ from: z.number(), to: z.number(), step: z.number().positive().default(1) }),
          z.array(z.number()).min(2),
        ],
        'must be a range like { from: 2, to: 9 } or a list of numbers',
      ),
    )
    .default({}),
  computed: z.record(name, sentence).default({}),
  run: run.optional(),
};
export type QuestionFields = Omit<z.output<z.ZodObject<typeof questionFields>>, 'explanation'> & {
  /** Types whose replies say it may go without. */
  readonly explanation?: string | undefined;
};

/** A wrong answer that the author foresaw, with what to tell whoever gives it. */
const foreseen = z.strictObject({ answer: amount, reply: sentence });

/** One option to choose. */
const option = z.strictObject({
  text: sentence,
  correct: z.boolean().default(false),
  /** Why it is right, or which belief it comes from and what would happen if that belief were true. */
  reply: sentence,
  /** A run that the learner can start and in which the wrong option does not come true. */
  disprovedBy: run.optional(),
});
export type OptionSource = z.output<typeof option>;

/** True keeps options in the order in which they are written; it is seen by itself when they are numbers or name each other. */
const keepOrder = z.boolean().optional();

/** A number to be typed. */
const typedNumber = {
  answer: amount,
  unit: z.string().trim().default(''),
  tolerance: z
    .union(
      [z.strictObject({ percent: z.number().positive() }), z.strictObject({ by: z.number().positive() })],
      'must be like { percent: 1 } or { by: 5 }',
    )
    .optional(),
  wrong: z.array(foreseen).default([]),
};
export type TypedNumber = z.output<z.ZodObject<typeof typedNumber>>;

export const pieces = { z, sentence, amount, run, option, keepOrder, typedNumber };
export type Pieces = typeof pieces;
